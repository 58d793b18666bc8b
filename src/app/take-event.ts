import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Finding, Reading } from '../domain/finding';
import { askByRule } from './automatic';
import { takeIn, type IntakeDeps } from './intake';
import type { Deps } from './ports';

/** Takes one event, whatever it turned out to be. What looks like a finding and cannot be read is kept and told (law 9). */
export const takeEvent = async (
  deps: IntakeDeps &
    Pick<Deps, 'offers'> & {
      /** About an object that a run of the gate looks at: the run's card has it. */
      isOfGate?: (finding: Finding) => boolean;
    },
  reading: Reading,
  raw: string,
  messageId: string,
): Promise<Record<string, unknown>> => {
  switch (reading.kind) {
    case 'not a finding':
      return { notAFinding: reading.because };
    case 'unreadable':
      await deps.store.keepUnread(digest(raw), reading.because, raw);
      return { unreadable: reading.because };
    case 'findings': {
      const delivery = deliveryOf(raw) ?? messageId;
      const outcomes: string[] = [];
      for (const finding of reading.findings) {
        if (reading.via !== 'custom action' && deps.isOfGate?.(finding)) {
          outcomes.push('of the gate');
          continue;
        }
        outcomes.push(await takeIn(deps, finding, delivery, reading.via));
        await askByRule(deps, finding.key);
      }
      for (const part of reading.rejected)
        await deps.store.keepUnread(digest(part.raw), part.because, part.raw);
      return { outcomes, rejected: reading.rejected.length };
    }
  }
};

/** EventBridge gives each event an id and may deliver it twice; a message without one is its own delivery. */
const deliveryOf = (raw: string): string | undefined => {
  try {
    return z
      .object({ id: z.string().check(z.minLength(1), z.maxLength(180)) })
      .parse(JSON.parse(raw)).id;
  } catch {
    return undefined;
  }
};

const digest = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 32);
