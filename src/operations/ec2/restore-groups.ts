import { Told } from '../../domain/errors';
import type { Aws } from '../aws';
import type { Attached, Interfaces } from './attached-interfaces';
import { likelyPurposeOf, listGroups } from './own-groups';
import { forgetGroups, recordedGroups } from './recorded-groups';
import { attempt, setGroups } from './swap-groups';

const savedOf = (before: Interfaces, id: string): readonly string[] | undefined =>
  before.gone ? undefined : before.interfaces.find((each) => each.id === id)?.groups;

/** Interfaces that are in groups of Drawbridge's in which they were not before. */
export const leftover = (before: Interfaces, now: Interfaces): Attached[] =>
  before.gone || now.gone
    ? []
    : now.interfaces.filter(({ id, ours }) => {
        const saved = savedOf(before, id) ?? [];
        return ours.some((group) => !saved.includes(group));
      });

/**
 * Gives each interface its groups back, in their order; groups that others added meanwhile stay beside them. Where groups
 * are gone, those that are left are given back, and this is told once; where none is left, it stays in quarantine.
 */
export const giveBack = async (aws: Aws, before: Interfaces, now: Interfaces): Promise<void> => {
  // A release that broke off may have left notes on interfaces that have their groups.
  await forgetGroups(aws, notedOn(now));
  const left = leftover(before, now);
  if (left.length === 0) return;
  const backs = await backsOf(aws, before, left);
  const whole = backs.filter(({ missing }) => missing.length === 0);
  const partly = backs.filter(({ missing }) => missing.length > 0);
  // First what leaves nothing to tell: after an error the rest is still to do, and is told then.
  for (const some of [whole, partly]) {
    const failed = await setAll(aws, some);
    if (failed) throw failed;
  }
  const words = backs.flatMap(wordsOf);
  if (words.length > 0) throw new Told(words.join(' '));
};

/** Interfaces out of our groups with a note on them, which nobody needs any more. */
export const notedOn = (now: Interfaces): string[] =>
  now.gone ? [] : now.interfaces.flatMap(({ id, noted }) => (noted ? [id] : []));

interface Back {
  each: Attached;
  groups: readonly string[];
  missing: readonly string[];
}

const backsOf = async (
  aws: Aws,
  before: Interfaces,
  left: readonly Attached[],
): Promise<Back[]> => {
  const attachedSince = left.flatMap(({ id }) => (savedOf(before, id) ? [] : [id]));
  const recorded = await recordedGroups(aws, attachedSince);
  const savedFor = ({ id }: Attached) => savedOf(before, id) ?? recorded.get(id) ?? [];
  const there = await standing(aws, left.flatMap(savedFor));
  return left.map((each) => {
    const saved = savedFor(each);
    return {
      each,
      groups: saved.filter((id) => there.has(id)),
      missing: saved.filter((id) => !there.has(id)),
    };
  });
};

/** Nobody is put back on a transition group, where another isolation may have left the interface. */
const standing = async (aws: Aws, groupIds: readonly string[]): Promise<ReadonlySet<string>> => {
  const Values = [...new Set(groupIds)];
  const found = Values.length > 0 ? await listGroups(aws, { Name: 'group-id', Values }) : [];
  const fit = found.filter((group) => likelyPurposeOf(group) !== 'transition');
  return new Set(fit.map(({ GroupId = '' }) => GroupId));
};

const setAll = async (aws: Aws, backs: readonly Back[]): Promise<Error | undefined> => {
  const failures: Error[] = [];
  const done: string[] = [];
  for (const { each, groups } of backs.filter((back) => back.groups.length > 0)) {
    const added = each.groups.filter((id) => !each.ours.includes(id) && !groups.includes(id));
    const failed = await attempt(() => setGroups(aws, each.id, [...groups, ...added]));
    failures.push(...failed);
    if (failed.length === 0) done.push(each.id);
  }
  failures.push(...(await attempt(() => forgetGroups(aws, done))));
  return failures[0];
};

const wordsOf = ({ each: { id }, groups, missing }: Back): string[] => {
  if (groups.length > 0)
    return missing.length === 0
      ? []
      : [`${id} has its groups back but for ${missing.join(', ')}, which cannot be given back.`];
  const why =
    missing.length > 0 ? `${missing.join(', ')} cannot be given back` : 'its groups are not known';
  return [`${id} stays in quarantine: ${why}. Give it groups by hand, then try again.`];
};
