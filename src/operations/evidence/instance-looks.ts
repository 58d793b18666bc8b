import type { Filter, Instance, InstanceAttributeName } from '@aws-sdk/client-ec2';
import { Told } from '../../domain/errors';
import type { Aws } from '../aws';
import { all } from '../pages';

/** What can be asked for with nothing but the instance's id. */
export type InstanceLook = (aws: Aws, instanceId: string) => Promise<unknown>;

const where = (Name: string, ...Values: string[]): Filter[] => [{ Name, Values }];

export const instanceOf = async (aws: Aws, instanceId: string): Promise<Instance> => {
  const asked = { InstanceIds: [instanceId] };
  const { Reservations = [] } = await aws.call('ec2:DescribeInstances', asked);
  const found = Reservations[0]?.Instances?.[0];
  if (!found) throw new Told('AWS knows no such instance.');
  return found;
};

const attribute =
  (Attribute: InstanceAttributeName): InstanceLook =>
  async (aws, InstanceId) => {
    const asked = { InstanceId, Attribute };
    const { $metadata: _, ...found } = await aws.call('ec2:DescribeInstanceAttribute', asked);
    return found;
  };

export const instanceLooks: Readonly<Record<string, InstanceLook>> = {
  interfaces: (aws, id) =>
    all(async (NextToken) => {
      const found = await aws.call('ec2:DescribeNetworkInterfaces', {
        Filters: where('attachment.instance-id', id),
        ...(NextToken && { NextToken }),
      });
      return { items: found.NetworkInterfaces, next: found.NextToken };
    }),
  volumes: (aws, id) =>
    all(async (NextToken) => {
      const found = await aws.call('ec2:DescribeVolumes', {
        Filters: where('attachment.instance-id', id),
        ...(NextToken && { NextToken }),
      });
      return { items: found.Volumes, next: found.NextToken };
    }),
  terminationProtection: attribute('disableApiTermination'),
  stopProtection: attribute('disableApiStop'),
  shutdownBehaviour: attribute('instanceInitiatedShutdownBehavior'),
  userData: attribute('userData'),
  profiles: (aws, id) =>
    all(async (NextToken) => {
      const found = await aws.call('ec2:DescribeIamInstanceProfileAssociations', {
        Filters: where('instance-id', id),
        ...(NextToken && { NextToken }),
      });
      return { items: found.IamInstanceProfileAssociations, next: found.NextToken };
    }),
  addresses: async (aws, id) =>
    (await aws.call('ec2:DescribeAddresses', { Filters: where('instance-id', id) })).Addresses ??
    [],
  async autoScaling(aws, id) {
    const { AutoScalingInstances: [member] = [] } = await aws.call(
      'autoscaling:DescribeAutoScalingInstances',
      { InstanceIds: [id] },
    );
    if (!member?.AutoScalingGroupName) return null;
    const { AutoScalingGroups: [group] = [] } = await aws.call(
      'autoscaling:DescribeAutoScalingGroups',
      { AutoScalingGroupNames: [member.AutoScalingGroupName] },
    );
    return { member, group };
  },
  async classicLoadBalancers(aws, id) {
    const balancers = await all(async (Marker) => {
      const found = await aws.call('classic-elb:DescribeLoadBalancers', {
        ...(Marker && { Marker }),
      });
      return { items: found.LoadBalancerDescriptions, next: found.NextMarker };
    });
    return balancers.filter(({ Instances = [] }) =>
      Instances.some(({ InstanceId }) => InstanceId === id),
    );
  },
  async systemsManager(aws, id) {
    const { InstanceInformationList: [found] = [] } = await aws.call(
      'ssm:DescribeInstanceInformation',
      { Filters: [{ Key: 'InstanceIds', Values: [id] }] },
    );
    return found ?? null;
  },
};

export const instancePermissions = [
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeAutoScalingInstances',
  'ec2:DescribeAddresses',
  'ec2:DescribeIamInstanceProfileAssociations',
  'ec2:DescribeInstanceAttribute',
  'ec2:DescribeInstances',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeVolumes',
  'elasticloadbalancing:DescribeLoadBalancers',
  'ssm:DescribeInstanceInformation',
] as const;
