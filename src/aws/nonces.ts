import { createHash } from 'node:crypto';
import { keys } from './keys';
import type { Table } from './table';

/** Remembers a signature for as long as it would be accepted. */
export interface Nonces {
  /** `false` when this very request was taken before. */
  take(signature: string): Promise<boolean>;
}

/** Twice the guard's window: it looks 300 s back and 300 s ahead. */
const seconds = 600;

export const noncesOn = (table: Table, now: () => Date): Nonces => ({
  take(signature) {
    const digest = createHash('sha256').update(signature).digest('hex');
    const ttl = Math.floor(now().getTime() / 1000) + seconds;
    return table.putNew({ ...keys.nonce(digest), kind: 'nonce', ttl });
  },
});
