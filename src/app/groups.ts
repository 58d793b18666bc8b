import type { Finding } from '../domain/finding';
import { listAt, ownCards, stormsOf, type Group, type GroupId, type Member } from '../domain/group';
import type { ChannelId } from '../domain/ids';
import { isActionable } from '../domain/playbook';
import { digestAt, quietUntil, routeFor, type Policy } from '../domain/policy';
import type { FindingRecord } from './ports';

export interface Groups {
  /** Counts one more under this name, and says how many there are. A retry counts twice: it decides about cards, not about findings. */
  count(name: string): Promise<number>;
  /** Adds the member, once; the group's card is due at that moment. */
  join(group: Group, member: Member, showAt: string): Promise<void>;
  read(id: GroupId): Promise<{ group: Group; members: Member[] } | undefined>;
  /** Groups whose card is due; the mark stands for the members that had joined by then. */
  due(now: string): Promise<{ group: Group; mark: string }[]>;
  /** Shown as it stood then. If somebody has joined since, it stays due. */
  settle(id: GroupId, mark: string): Promise<void>;
}

export interface Grouping {
  /** The group in whose card a finding is shown, if it gets none of its own. */
  groupOf?: (finding: Finding, channel: ChannelId) => Promise<FindingRecord['group']>;
}

/** With its group, where it is shown from now on. What had a card keeps it, and what is not shown needs none. */
export const grouped = async (
  { groupOf }: Grouping,
  before: FindingRecord | undefined,
  record: FindingRecord,
): Promise<FindingRecord> => {
  const { finding, channel, loud } = record;
  const group = loud && !before?.loud && (await groupOf?.(finding, channel));
  return group ? { ...record, group } : record;
};

/** A group's card shows newcomers after this many milliseconds at the latest, plus a tick of housekeeping. */
const refresh = 30_000;

/**
 * Where a new finding is shown: on a card of its own, or in a group. Nothing is lost by it: a grouped finding has its
 * record, its trail and its remediations, and its own card as soon as somebody wants it.
 */
export const groupFor = async (
  { groups, policy, now }: { groups: Groups; policy: Policy; now: () => Date },
  finding: Finding,
  channel: ChannelId,
): Promise<{ id: GroupId; shown: 'soon' | 'later' } | undefined> => {
  if (!isActionable(finding)) return undefined;
  const at = now();
  const join = async (group: Group, showAt: Date, shown: 'soon' | 'later') => {
    const { key, severity, account } = finding;
    await groups.join(
      group,
      { key, severity, account, at: at.toISOString() },
      showAt.toISOString(),
    );
    return { id: group.id, shown };
  };
  const route = routeFor(policy, finding);
  if (route.show === 'digest') {
    const due = digestAt(policy, at);
    return join(listAt('digest', channel, due, at), due, 'later');
  }
  const quiet = quietUntil(policy, route, finding, at);
  if (quiet) return join(listAt('quiet', channel, quiet, at), quiet, 'later');
  const storms = stormsOf(finding, channel, at);
  const ofKind = await groups.count(storms.kind.id);
  const ofChannel = ofKind > ownCards.kind ? 0 : await groups.count(storms.channel.id);
  if (ofKind <= ownCards.kind && ofChannel <= ownCards.channel) return undefined;
  const storm = ofKind > ownCards.kind ? storms.kind : storms.channel;
  return join(storm, new Date(at.getTime() + refresh), 'soon');
};
