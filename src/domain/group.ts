import * as z from 'zod/mini';
import { hash } from './canonical';
import { nameOf, severities, Severity, type Finding } from './finding';
import { AccountId, ChannelId, FindingKey } from './ids';

export const GroupId = z
  .string()
  .check(z.regex(/^[0-9a-f]{32}$/))
  .brand<'GroupId'>();
export type GroupId = z.infer<typeof GroupId>;

/** Findings that share one card: too many at once, a day's list, or what came while it was quiet. */
export const Group = z.object({
  id: GroupId,
  kind: z.enum(['storm', 'digest', 'quiet']),
  channel: ChannelId,
  /** What its members have in common, in words; text from outside. */
  like: z.string(),
  since: z.string(),
});
export type Group = z.infer<typeof Group>;

/** As much of a member as its group's card needs without reading each finding. */
export const Member = z.object({
  key: FindingKey,
  severity: Severity,
  account: AccountId,
  at: z.string(),
});
export type Member = z.infer<typeof Member>;

/** Milliseconds that count as one storm. */
export const spell = 10 * 60_000;
/** Cards of their own that one kind of finding, and that one channel, gets in a spell. */
export const ownCards = { kind: 3, channel: 15 } as const;

const groupId = (...parts: string[]): GroupId => GroupId.parse(hash(parts).slice(0, 32));

/** Same control, or same product and type: what people would call the same. */
export const likeOf = (finding: Finding): string =>
  finding.control ? nameOf(finding) : `${finding.product}: ${finding.type}`;

/** The two storms that a finding may be part of: of its kind, and of its channel. */
export const stormsOf = (
  finding: Finding,
  channel: ChannelId,
  now: Date,
): { kind: Group; channel: Group } => {
  const since = new Date(Math.floor(now.getTime() / spell) * spell).toISOString();
  const kind = finding.control ?? `${finding.product}:${finding.type}`;
  const storm = (like: string, ...parts: string[]): Group => ({
    id: groupId('storm', channel, since, ...parts),
    kind: 'storm',
    channel,
    like,
    since,
  });
  return { kind: storm(likeOf(finding), kind), channel: storm('many different findings') };
};

/** The list that is posted at one moment: everything that waits for it is one group. */
export const listAt = (
  kind: 'digest' | 'quiet',
  channel: ChannelId,
  at: Date,
  now: Date,
): Group => ({
  id: groupId(kind, channel, at.toISOString()),
  kind,
  channel,
  like:
    kind === 'digest'
      ? 'findings of the day'
      : 'findings that waited for the end of the quiet hours',
  since: now.toISOString(),
});

/** Worst first, then newest: the order of lists everywhere. */
export const inOrder = (members: readonly Member[]): Member[] =>
  [...members].sort((a, b) => (rank(a) < rank(b) ? 1 : -1));

const rank = ({ severity, at, key }: Member): string =>
  `${severities.indexOf(severity)}${at}${key}`;
