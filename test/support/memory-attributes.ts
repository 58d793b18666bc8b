import type { Instance } from '@aws-sdk/client-ec2';
import { awsError, type Handlers } from './memory-aws';

export interface MemoryProtection {
  /** May the API not stop them? */
  stopProtected?: boolean;
  /** May the API not terminate them? */
  terminationProtected?: boolean;
  /** What a shutdown from inside does. */
  shutdown?: 'stop' | 'terminate';
}

/**
 * Attributes of EC2 instances: one per call, and not every instance takes each.
 * @param edit the instances that `ec2:DescribeInstances` tells of
 */
export const memoryAttributes = (
  edit: {
    find: (id: string | undefined) => Instance;
    change: (id: string | undefined, more: Partial<Instance>) => unknown;
  },
  { stopProtected = false, terminationProtected = false, shutdown = 'stop' }: MemoryProtection = {},
) => {
  const first = { stop: stopProtected, termination: terminationProtected, shutdown };
  const all = new Map<
    string | undefined,
    { stop: boolean; termination: boolean; shutdown: string }
  >();
  const of = (id: string | undefined) => {
    const found = all.get(id) ?? { ...first };
    all.set(edit.find(id).InstanceId, found);
    return found;
  };
  const takes = ({ InstanceLifecycle, RootDeviceType }: Instance, attribute: string) =>
    InstanceLifecycle !== 'spot' &&
    (attribute === 'DisableApiTermination' || RootDeviceType !== 'instance-store');
  const handlers: Handlers = {
    'ec2:DescribeInstanceAttribute': ({ InstanceId, Attribute }) => {
      const { stop, termination, shutdown } = of(InstanceId);
      if (Attribute === 'disableApiStop') return { InstanceId, DisableApiStop: { Value: stop } };
      if (Attribute === 'disableApiTermination')
        return { InstanceId, DisableApiTermination: { Value: termination } };
      if (Attribute !== 'instanceInitiatedShutdownBehavior')
        throw awsError('InvalidParameterValue');
      return { InstanceId, InstanceInitiatedShutdownBehavior: { Value: shutdown } };
    },
    'ec2:ModifyInstanceAttribute': ({ InstanceId, ...wanted }) => {
      const instance = edit.find(InstanceId);
      const [[attribute = '', ...more]] = [Object.keys(wanted)];
      if (more.length > 0) throw awsError('InvalidParameterCombination');
      if (instance.State?.Name === 'terminated') throw awsError('IncorrectInstanceState');
      if (wanted.BlockDeviceMappings) {
        const { BlockDeviceMappings: disks = [] } = instance;
        for (const { DeviceName } of wanted.BlockDeviceMappings)
          if (!disks.some((disk) => disk.DeviceName === DeviceName))
            throw awsError('InvalidInstanceAttributeValue');
        const BlockDeviceMappings = disks.map((disk) => {
          const given = wanted.BlockDeviceMappings?.find(
            (each) => each.DeviceName === disk.DeviceName,
          );
          const DeleteOnTermination = given?.Ebs?.DeleteOnTermination;
          return DeleteOnTermination === undefined
            ? disk
            : { ...disk, Ebs: { ...disk.Ebs, DeleteOnTermination } };
        });
        edit.change(InstanceId, { BlockDeviceMappings });
        return {};
      }
      if (!takes(instance, attribute)) throw awsError('UnsupportedOperation');
      const now = of(InstanceId);
      now.stop = wanted.DisableApiStop?.Value ?? now.stop;
      now.termination = wanted.DisableApiTermination?.Value ?? now.termination;
      now.shutdown = wanted.InstanceInitiatedShutdownBehavior?.Value ?? now.shutdown;
      return {};
    },
  };
  return { handlers, mayNotStop: (id: string) => of(id).stop };
};
