import * as z from 'zod/mini';
import { GroupId } from './group';
import { CaseId } from './ids';

/**
 * What the outbox has to show. It names, it does not carry: the card or the thread entry is made from the state at the
 * moment of sending, so late, doubled and disordered messages all end in the same Slack.
 */
export const Message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('card'), case: CaseId, mark: z.string() }),
  z.object({ kind: z.literal('entry'), case: CaseId, seq: z.int() }),
  /** Findings that share a card. */
  z.object({ kind: z.literal('group'), id: GroupId, mark: z.string() }),
  /** Something arrived that could not be read; it is kept under this id. */
  z.object({ kind: z.literal('unread'), id: z.string(), because: z.string() }),
]);
export type Message = z.infer<typeof Message>;
