import { Told } from '../../domain/errors';
import type { Aws } from '../aws';

/** An instance's place in its Auto Scaling group. */
export type Member = {
  /** Auto Scaling's word: `InService`, `Standby`, `Terminating:Wait` … */
  readonly lifecycle: string;
  readonly protected: boolean;
  /** How much of the group's capacity it stands for: 1 unless the group weighs its instance types. */
  readonly weight: number;
};

export interface ScalingGroup {
  min: number;
  max: number;
  desired: number;
  /** Zones that it keeps in balance by itself, ending here and starting there; none where that is suspended. */
  balances: readonly string[];
  member?: Member;
}

/** The group with one of its instances; nothing where there is no such group. */
export const readGroup = async (
  aws: Aws,
  name: string,
  instanceId: string,
): Promise<ScalingGroup | undefined> => {
  const { AutoScalingGroups } = await aws.call('autoscaling:DescribeAutoScalingGroups', {
    AutoScalingGroupNames: [name],
  });
  const group = AutoScalingGroups?.find(
    ({ AutoScalingGroupName }) => AutoScalingGroupName === name,
  );
  if (!group) return undefined;
  const { MinSize: min, MaxSize: max, DesiredCapacity: desired, Instances = [] } = group;
  // Zero is a size like any other: not told is not zero (law 10).
  if (min === undefined || max === undefined || desired === undefined)
    throw new Told(`Auto Scaling does not tell the size of the group ${name}.`);
  const found = Instances.find(({ InstanceId }) => InstanceId === instanceId);
  const member: Member | undefined = found && {
    lifecycle: found.LifecycleState ?? 'unknown',
    protected: found.ProtectedFromScaleIn ?? false,
    weight: Number(found.WeightedCapacity ?? 1),
  };
  const suspended = group.SuspendedProcesses?.some(
    ({ ProcessName }) => ProcessName === 'AZRebalance',
  );
  const { AvailabilityZones: zones = [] } = group;
  const balances = suspended || zones.length < 2 ? [] : zones;
  return { min, max, desired, balances, ...(member && { member }) };
};

/** Only from these two places can it be moved, and its protection be switched. */
export const isSettled = ({ lifecycle }: Member): boolean =>
  lifecycle === 'InService' || lifecycle === 'Standby';

/** From here it never comes to InService by itself. */
export const isLost = ({ lifecycle }: Member): boolean =>
  /^(Terminat|Warmed|Quarantined)/.test(lifecycle);
