import type { Instance, InstanceStateName, Tag } from '@aws-sdk/client-ec2';
import { memoryAttributes, type MemoryProtection } from './memory-attributes';
import { awsError, type Handlers } from './memory-aws';

/**
 * EC2 instances with their metadata options, power and tags: what a call leaves out stays as it is.
 * @param lag so many reads after a change still tell `pending`, or `stopping`
 * @param protection how they are protected
 */
export const memoryInstances = (
  all: readonly Instance[],
  { lag = 0, ...protection }: { lag?: number } & MemoryProtection = {},
): Handlers => {
  const instances = new Map(all.map((each) => [each.InstanceId, each]));
  let [pending, moving] = [0, 0];
  const find = (id: string | undefined): Instance => {
    const found = instances.get(id);
    if (!found) throw awsError('InvalidInstanceID.NotFound');
    return found;
  };
  const change = (id: string | undefined, more: Partial<Instance>) =>
    instances.set(id, { ...find(id), ...more });
  const attributes = memoryAttributes({ find, change }, protection);
  /** By way of another state, for as long as it lags. */
  const power = (id: string, from: InstanceStateName, to: InstanceStateName) => {
    const state = moving > 0 ? undefined : find(id).State?.Name;
    if (state === to) return;
    if (state !== from) throw awsError('IncorrectInstanceState');
    change(id, { State: { Name: to } });
    moving = lag;
  };
  const onTheWay = (instance: Instance): Instance => {
    const Name = instance.State?.Name === 'stopped' ? 'stopping' : 'pending';
    return moving > 0 ? { ...instance, State: { Name } } : instance;
  };
  const retag = (ids: readonly string[], edit: (old: Tag[]) => Tag[]) => {
    for (const id of ids) change(id, { Tags: edit(find(id).Tags ?? []) });
    return {};
  };
  return {
    'ec2:DescribeInstances': ({ InstanceIds = [] }) => {
      const State = pending > 0 ? ('pending' as const) : ('applied' as const);
      const found = InstanceIds.map(find).map((each) =>
        onTheWay(
          each.MetadataOptions
            ? { ...each, MetadataOptions: { State, ...each.MetadataOptions } }
            : each,
        ),
      );
      pending = Math.max(pending - 1, 0);
      moving = Math.max(moving - 1, 0);
      return { Reservations: [{ Instances: found }] };
    },
    'ec2:ModifyInstanceMetadataOptions': ({ InstanceId, ...wanted }) => {
      const instance = find(InstanceId);
      if (instance.State?.Name === 'terminated') throw awsError('IncorrectInstanceState');
      const MetadataOptions = { ...instance.MetadataOptions, ...wanted };
      change(InstanceId, { MetadataOptions });
      pending = lag;
      return { InstanceMetadataOptions: MetadataOptions };
    },
    ...attributes.handlers,
    'ec2:StopInstances': ({ InstanceIds = [], Hibernate = false }) => {
      if (InstanceIds.some(attributes.mayNotStop)) throw awsError('OperationNotPermitted');
      for (const id of InstanceIds) {
        if (Hibernate && !find(id).HibernationOptions?.Configured)
          throw awsError('UnsupportedHibernationConfiguration');
        power(id, 'running', 'stopped');
      }
      return {};
    },
    'ec2:StartInstances': ({ InstanceIds = [] }) => {
      for (const id of InstanceIds) power(id, 'stopped', 'running');
      return {};
    },
    'ec2:CreateTags': ({ Resources = [], Tags = [] }) =>
      retag(Resources, (old) => [
        ...old.filter(({ Key }) => !Tags.some((each) => each.Key === Key)),
        ...Tags,
      ]),
    // With a value, a tag goes only where it has that value.
    'ec2:DeleteTags': ({ Resources = [], Tags = [] }) =>
      retag(Resources, (old) =>
        old.filter(
          (tag) =>
            !Tags.some(({ Key, Value = tag.Value }) => Key === tag.Key && Value === tag.Value),
        ),
      ),
  };
};
