import { Told } from '../../domain/errors';
import type { Aws } from '../aws';
import type { Reversible } from '../operation';
import { tryEach } from '../try-each';
import { isLost, isSettled, readGroup, type Member } from './scaling-group';

/** Takes an instance out of the hands of its Auto Scaling group: no health check and no scale-in ends it there. */
export type EnterStandby = { readonly instanceId: string; readonly group: string };

/** The least size of the group, and the instance's place in it: absent when the group has no such instance. */
export type Place = { readonly gone: false; readonly min: number; readonly member?: Member };
type State = Place | { readonly gone: true };

const change = [
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:SetInstanceProtection',
  'autoscaling:UpdateAutoScalingGroup',
];

export const enterStandby: Reversible<EnterStandby, State> = {
  kind: 'autoscaling.enter-standby',
  describe: ({ instanceId, group }) =>
    `Put ${instanceId} on standby in its Auto Scaling group ${group.slice(0, 80)}`,
  async read(aws, { instanceId, group }) {
    const found = await readGroup(aws, group, instanceId);
    if (!found) return { gone: true };
    return { gone: false, min: found.min, ...(found.member && { member: found.member }) };
  },
  // A group ends no instance but its own.
  holds: (state) => {
    const member = memberOf(state);
    return !member || (member.lifecycle === 'Standby' && member.protected);
  },
  async apply(aws, input, now) {
    const member = memberOf(now);
    // On its way to InService, or lost: `pending` waits for the one and tells the other.
    if (!member || !isSettled(member)) return;
    await tryEach([
      ...(member.protected ? [] : [() => protect(aws, input, true)]),
      ...(member.lifecycle === 'Standby' ? [] : [() => enter(aws, input, member.weight)]),
    ]);
  },
  pending(state) {
    const member = memberOf(state);
    if (!member || isSettled(member)) return undefined;
    const words = `In its group the instance is ${member.lifecycle}`;
    return isLost(member)
      ? { failed: `${words}: from there it has no way to standby.` }
      : { running: words };
  },
  async undo(aws, input, before, now) {
    const { instanceId, group } = input;
    const old = touched(before);
    if (!old || before.gone) return;
    if (now.gone)
      throw new Told(`The group ${group} was deleted meanwhile: ${instanceId} stays on its own.`);
    if (wasServing(old) && now.member?.lifecycle === 'Standby') await exit(aws, input, old.weight);
    // Not before the instance is back: a group below its least size would launch another one.
    if (isLowered(now, before, old)) await setLeast(aws, group, before.min);
    const member = (await readGroup(aws, group, instanceId))?.member;
    if (!member || isLost(member))
      throw new Told(
        `${instanceId} left the group ${group} meanwhile (${member?.lifecycle ?? 'gone'}): it cannot be put back into service.`,
      );
    if (isSettled(member) && member.protected && !old.protected) await protect(aws, input, false);
  },
  restored(state, _, before) {
    const old = touched(before);
    if (!old || before.gone) return true;
    const member = memberOf(state);
    if (state.gone || !member || isLowered(state, before, old)) return false;
    const isBack = !wasServing(old) || member.lifecycle === 'InService';
    return isBack && (old.protected || !member.protected);
  },
  drift(after, now) {
    if (now.gone) return after.gone ? [] : ['the Auto Scaling group was deleted since'];
    if (after.gone) return ['the Auto Scaling group is there again'];
    const [was, is] = [after.member, now.member];
    return [
      ...(after.min === now.min
        ? []
        : [`the least size of the group changed since: ${after.min} → ${now.min}`]),
      ...(was?.lifecycle === is?.lifecycle
        ? []
        : [`in its group the instance became ${is?.lifecycle ?? 'a stranger'} since`]),
      ...(was && is && was.protected !== is.protected
        ? [`its protection from scale-in was switched ${is.protected ? 'on' : 'off'} since`]
        : []),
    ];
  },
  permissions: {
    read: ['autoscaling:DescribeAutoScalingGroups'],
    apply: [...change, 'autoscaling:EnterStandby'],
    undo: [...change, 'autoscaling:ExitStandby'],
  },
};

const memberOf = (state: State): Member | undefined => (state.gone ? undefined : state.member);

/** The instance as it stood, if we may have moved it. */
const touched = (before: State): Member | undefined => {
  const member = memberOf(before);
  return member && !isLost(member) ? member : undefined;
};

const wasServing = ({ lifecycle }: Member): boolean =>
  lifecycle !== 'Standby' && lifecycle !== 'EnteringStandby';

/** The least size that we leave: lower by what the instance stands for, so that it can be told from anyone else's change. */
const lowered = (min: number, weight: number): number => Math.max(0, min - weight);

/** Is the least size the one that we left? Another one is someone else's and stays. */
const isLowered = (now: Place, before: Place, old: Member): boolean =>
  wasServing(old) && now.min !== before.min && now.min === lowered(before.min, old.weight);

const protect = (aws: Aws, { instanceId, group }: EnterStandby, ProtectedFromScaleIn: boolean) =>
  aws.call('autoscaling:SetInstanceProtection', {
    AutoScalingGroupName: group,
    InstanceIds: [instanceId],
    ProtectedFromScaleIn,
  });

const setLeast = (aws: Aws, AutoScalingGroupName: string, MinSize: number) =>
  aws.call('autoscaling:UpdateAutoScalingGroup', { AutoScalingGroupName, MinSize });

/** With one less wanted: else the group launches another, and taking this one back would be one too many. */
const enter = async (aws: Aws, { instanceId, group }: EnterStandby, weight: number) => {
  const found = await readGroup(aws, group, instanceId);
  if (found && found.desired - weight < found.min)
    await setLeast(aws, group, lowered(found.min, weight));
  await aws.call('autoscaling:EnterStandby', {
    AutoScalingGroupName: group,
    InstanceIds: [instanceId],
    ShouldDecrementDesiredCapacity: true,
  });
};

/** Asks for one more again. The greatest size is the owner's to raise. */
const exit = async (aws: Aws, { instanceId, group }: EnterStandby, weight: number) => {
  const found = await readGroup(aws, group, instanceId);
  if (found && found.desired + weight > found.max)
    throw new Told(
      `The group ${group} wants ${found.desired} of at most ${found.max} already: make room for ${instanceId}, then undo again.`,
    );
  await aws.call('autoscaling:ExitStandby', {
    AutoScalingGroupName: group,
    InstanceIds: [instanceId],
  });
};
