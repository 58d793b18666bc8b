import * as z from 'zod/mini';
import { GroupId } from '../src/domain/group';
import { AccountId, FindingKey, Region, RemediationId } from '../src/domain/ids';

const text = (max: number) => z.string().check(z.maxLength(max));
const finding = FindingKey;
const id = RemediationId;
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** Bounded so that, however it is escaped, the JSON stays within the 2,000 characters of a button's value. */
const offer = {
  finding,
  playbook: z.string().check(z.regex(/^[a-z0-9-]{1,60}$/)),
  target: text(300),
};
const channel = text(20);
/** A target that no finding named. */
const place = {
  playbook: offer.playbook,
  target: offer.target,
  account: AccountId,
  region: Region,
};
/** What has a card: a finding, or a remediation that a command asked for. */
const ofCase = { finding: z.union([FindingKey, RemediationId]) };
/** Place in a list. */
export const From = z.string().check(z.regex(/^\d{1,6}$/));

/** What a person can want of the data gate. The gate's own desk reads what is in it; the door only passes it on. */
export const gateActs = [
  'run',
  'approve',
  'deny',
  'delete',
  'choose',
  'samples',
  'sample',
  'abort',
  'resume',
  'reopen',
  'spare',
  'create',
  'identifier',
] as const;
/** `at`: a held object. `filter`: which of them are shown. In a window nobody else knows the channel. */
const gate = {
  run: text(40),
  act: z.enum(gateActs),
  at: z.optional(text(20)),
  filter: z.optional(text(8)),
};

/** What a button asks for. The value names things; who may do what is decided on the server. */
const clicks = {
  'remediation.preview': z.object(offer),
  'remediation.approve': z.object({ id, hash }),
  'remediation.deny': z.object({ id, hash }),
  'remediation.undo': z.object({ id }),
  'remediation.cancel': z.object({ id }),
  'case.preview': z.object(place),
  'finding.details': z.object(ofCase),
  'finding.acknowledge': z.object({ finding }),
  'finding.assign': z.object({ finding }),
  'finding.suppress': z.object({ finding }),
  'finding.lift': z.object({ finding }),
  'finding.file': z.object({ ...ofCase, channel }),
  'finding.card': z.object({ finding, channel }),
  'group.show': z.object({ group: GroupId, from: From }),
  'findings.page': z.object({ text: text(300), from: text(600) }),
  gate: z.object({ ...gate, channel: z.optional(channel) }),
} as const;

/** What a modal sends when its form is submitted. */
const forms = {
  'remediation.request': z.object({ ...offer, channel }),
  'case.request': z.object({ ...place, channel }),
  'remediation.deny': z.object({ id, hash, channel }),
  'remediation.approve': z.object({ id, hash, channel }),
  'remediation.undo': z.object({ id, channel, seen: hash }),
  'finding.assign': z.object({ finding, channel }),
  'finding.suppress': z.object({ finding, channel }),
  gate: z.object({ ...gate, channel, seen: z.optional(hash), text: z.optional(text(2000)) }),
} as const;

type Kinds<T extends Record<string, z.ZodMiniType>> = {
  [K in keyof T]: { kind: K } & z.infer<T[K]>;
}[keyof T];
export type Click = Kinds<typeof clicks>;
export type Form = Kinds<typeof forms>;

/** Raised when the payload's shape changes, so that a button of an old card is recognised as old. */
const version = 'v1';

/** Would the server read this button back as what it was made from? A name from outside can be too long for it. */
export const fitsClick = ({ kind, ...payload }: Click): boolean =>
  clicks[kind].safeParse(payload).success && JSON.stringify(payload).length <= 2000;

/** `action_id` and `value` of a button. `place` keeps action ids unique within one message. */
export const encodeClick = (
  { kind, ...payload }: Click,
  place = 0,
): { action_id: string; value: string } => ({
  action_id: `${version}:${kind}:${place}`,
  value: JSON.stringify(payload),
});

export const encodeForm = ({
  kind,
  ...payload
}: Form): { callback_id: string; private_metadata: string } => ({
  callback_id: `${version}:${kind}`,
  private_metadata: JSON.stringify(payload),
});

/** `undefined` for anything that is not exactly one of ours: an old card, another app's id, a forged value. */
export const decodeClick = (actionId: string, value: string | undefined): Click | undefined => {
  const [of, kind = '', place] = actionId.split(':');
  return of === version && place !== undefined ? decode<Click>(clicks, kind, value) : undefined;
};

export const decodeForm = (callbackId: string, metadata: string): Form | undefined => {
  const [of, kind = ''] = callbackId.split(':');
  return of === version ? decode<Form>(forms, kind, metadata) : undefined;
};

const decode = <T>(
  shapes: Record<string, z.ZodMiniType>,
  kind: string,
  text: string | undefined,
): T | undefined => {
  const shape = Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
  if (!shape || text === undefined) return undefined;
  try {
    const parsed = shape.safeParse(JSON.parse(text));
    return parsed.success ? ({ kind, ...(parsed.data as object) } as T) : undefined;
  } catch {
    return undefined;
  }
};
