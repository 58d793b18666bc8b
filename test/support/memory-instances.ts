import type { Instance } from '@aws-sdk/client-ec2';
import { awsError, type Handlers } from './memory-aws';

/**
 * EC2 instances and their metadata options: what a call leaves out stays as it is.
 * @param lag so many reads after a change still tell `pending`
 */
export const memoryInstances = (all: readonly Instance[], { lag = 0 } = {}): Handlers => {
  const instances = new Map(all.map((each) => [each.InstanceId, each]));
  let pending = 0;
  const find = (id: string | undefined): Instance => {
    const found = instances.get(id);
    if (!found) throw awsError('InvalidInstanceID.NotFound');
    return found;
  };
  return {
    'ec2:DescribeInstances': ({ InstanceIds = [] }) => {
      const State = pending > 0 ? ('pending' as const) : ('applied' as const);
      pending = Math.max(pending - 1, 0);
      const found = InstanceIds.map(find).map((each) =>
        each.MetadataOptions
          ? { ...each, MetadataOptions: { State, ...each.MetadataOptions } }
          : each,
      );
      return { Reservations: [{ Instances: found }] };
    },
    'ec2:ModifyInstanceMetadataOptions': ({ InstanceId, ...wanted }) => {
      const instance = find(InstanceId);
      if (instance.State?.Name === 'terminated') throw awsError('IncorrectInstanceState');
      const MetadataOptions = { ...instance.MetadataOptions, ...wanted };
      instances.set(InstanceId, { ...instance, MetadataOptions });
      pending = lag;
      return { InstanceMetadataOptions: MetadataOptions };
    },
  };
};
