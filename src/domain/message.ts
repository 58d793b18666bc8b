import * as z from 'zod/mini';
import { GroupId } from './group';
import { CaseId, ChannelId } from './ids';

const card = z.object({ kind: z.literal('card'), case: CaseId, mark: z.string() });
/** Findings that share a card. */
const group = z.object({ kind: z.literal('group'), id: GroupId, mark: z.string() });

/**
 * What the outbox has to show. It names, it does not carry: the card or the thread entry is made from the state at the
 * moment of sending, so late, doubled and disordered messages all end in the same Slack.
 */
export const Message = z.discriminatedUnion('kind', [
  card,
  z.object({ kind: z.literal('entry'), case: CaseId, seq: z.int() }),
  group,
  /** Slack took no update of it: it is sent again then, while the channel's other messages go on. */
  z.object({
    kind: z.literal('later'),
    channel: ChannelId,
    at: z.string(),
    again: z.discriminatedUnion('kind', [card, group]),
  }),
  /** Something arrived that could not be read; it is kept under this id. */
  z.object({ kind: z.literal('unread'), id: z.string(), because: z.string() }),
]);
export type Message = z.infer<typeof Message>;
/** What can be shown again at any time, as it stands then. */
export type Renewed = Extract<Message, { kind: 'card' | 'group' }>;
