import * as z from 'zod/mini';
import { ChannelId, type CaseId } from './ids';

/** Where the card of a case stands, what it shows, and up to which audit link its thread has been told. */
export const CardRecord = z.object({
  channel: ChannelId,
  ts: z.string(),
  shows: z.string(),
  told: z.int(),
});
export type CardRecord = z.infer<typeof CardRecord>;

export interface Cards {
  get(of: CaseId): Promise<CardRecord | undefined>;
  put(of: CaseId, card: CardRecord): Promise<void>;
}
