import * as z from 'zod/mini';
import { From } from '../../../blocks/intent';
import { GroupId } from '../../domain/group';
import { FindingKey, RemediationId } from '../../domain/ids';

const text = (max: number) => z.string().check(z.maxLength(max));
const click = z.object({ user: text(20), team: text(20), channel: text(20) });
const reply = z.url();
/** A finding, or a remediation that a command asked for. */
const ofCase = z.union([FindingKey, RemediationId]);

/** What a person waits for. The slack function writes it down; the desk looks it up and answers. Nothing of it changes AWS. */
export const DeskTask = z.discriminatedUnion('what', [
  z.object({ what: z.literal('command'), command: text(40), text: text(1000), click, reply }),
  z.object({ what: z.literal('home'), user: text(20) }),
  z.object({ what: z.literal('details'), view: text(40), finding: ofCase, click }),
  z.object({ what: z.literal('page'), text: text(1000), from: text(600), click, reply }),
  z.object({ what: z.literal('group'), group: GroupId, from: From, click, reply }),
  z.object({ what: z.literal('file'), view: text(40), finding: ofCase, click }),
]);
export type DeskTask = z.infer<typeof DeskTask>;
