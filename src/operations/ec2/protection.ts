import type { Instance, InstanceAttributeName } from '@aws-sdk/client-ec2';
import { Told } from '../../domain/errors';
import type { Aws } from '../aws';
import { readInstance } from './require-imdsv2';

/** What keeps an instance from being lost. A part is absent where EC2 knows it not: see `readAttributes`. */
export type Protection = {
  readonly gone: false;
  readonly termination?: boolean;
  readonly stop?: boolean;
  /** What a shutdown from inside does: `stop` or `terminate`. */
  readonly shutdown?: string;
  /** Of the volumes asked for those that are attached, by device. */
  readonly disks: readonly Disk[];
};
export type Disk = {
  readonly volume: string;
  readonly device: string;
  /** Does it go with the instance? */
  readonly deletes: boolean;
};

export const readProtection = async (
  aws: Aws,
  instanceId: string,
  volumes: readonly string[],
): Promise<Protection | undefined> => {
  const instance = await readInstance(aws, instanceId);
  if (!instance) return undefined;
  const attributes = await readAttributes(aws, instanceId, instance);
  return { gone: false, ...attributes, disks: disksOf(instance, volumes) };
};

/** A Spot instance takes neither protection nor another shutdown behaviour, a root on instance store only the first. */
const readAttributes = async (
  aws: Aws,
  InstanceId: string,
  { InstanceLifecycle, RootDeviceType }: Instance,
): Promise<Omit<Protection, 'gone' | 'disks'>> => {
  if (InstanceLifecycle === 'spot') return {};
  const read = (Attribute: InstanceAttributeName) =>
    aws.call('ec2:DescribeInstanceAttribute', { InstanceId, Attribute });
  const { DisableApiTermination } = await read('disableApiTermination');
  const termination = known(DisableApiTermination?.Value);
  if (RootDeviceType === 'instance-store') return { termination };
  const { DisableApiStop } = await read('disableApiStop');
  const behavior = await read('instanceInitiatedShutdownBehavior');
  return {
    termination,
    stop: known(DisableApiStop?.Value),
    shutdown: known(behavior.InstanceInitiatedShutdownBehavior?.Value),
  };
};

/** @throws Told where EC2 does not tell: not told is not “unprotected”, and could not be restored (law 10) */
const known = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Told('EC2 does not tell how the instance is protected.');
  return value;
};

const disksOf = ({ BlockDeviceMappings = [] }: Instance, volumes: readonly string[]): Disk[] =>
  BlockDeviceMappings.flatMap(({ DeviceName: device, Ebs }) =>
    device && Ebs?.VolumeId && volumes.includes(Ebs.VolumeId)
      ? [{ volume: Ebs.VolumeId, device, deletes: known(Ebs.DeleteOnTermination) }]
      : [],
  ).sort((a, b) => (a.device < b.device ? -1 : 1));

/** In words, what others changed between the two. */
export const protectionDrift = (after: Protection, now: Protection): string[] => [
  ...switched('termination protection', after.termination, now.termination),
  ...switched('stop protection', after.stop, now.stop),
  ...(after.shutdown === now.shutdown
    ? []
    : [`a shutdown from inside became “${now.shutdown ?? 'unknown'}” since`]),
  ...after.disks.flatMap((disk) => diskDrift(disk, now.disks)),
];

const switched = (what: string, after: boolean | undefined, now: boolean | undefined): string[] =>
  after === now ? [] : [`${what} was switched ${now ? 'on' : 'off'} since`];

const diskDrift = ({ volume, deletes }: Disk, now: readonly Disk[]): string[] => {
  const same = now.find((disk) => disk.volume === volume);
  if (!same) return [`${volume} was detached since`];
  if (same.deletes === deletes) return [];
  return [`${volume} is ${same.deletes ? 'deleted' : 'kept'} with the instance since`];
};
