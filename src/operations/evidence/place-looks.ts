import type { Filter, Instance } from '@aws-sdk/client-ec2';
import type { Aws } from '../aws';
import { all } from '../pages';

/** What is asked for by what the instance tells of itself; null where it has none. */
export type PlaceLook = (aws: Aws, instance: Instance) => Promise<unknown>;

const where = (Name: string, ...Values: string[]): Filter[] => [{ Name, Values }];

/** Groups in whose health the instance is looked for, at most: an account may have thousands. */
const mostTargetGroups = 100;

const groupsOf = ({ SecurityGroups = [], NetworkInterfaces = [] }: Instance): string[] => [
  ...new Set(
    [...SecurityGroups, ...NetworkInterfaces.flatMap(({ Groups = [] }) => Groups)].flatMap(
      ({ GroupId }) => GroupId ?? [],
    ),
  ),
];

const addressesOf = ({ NetworkInterfaces = [] }: Instance): string[] =>
  NetworkInterfaces.flatMap(({ PrivateIpAddresses = [] }) =>
    PrivateIpAddresses.flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []),
  );

export const placeLooks: Readonly<Record<string, PlaceLook>> = {
  async groups(aws, instance) {
    const GroupIds = groupsOf(instance);
    return GroupIds.length === 0
      ? []
      : all(async (NextToken) => {
          const found = await aws.call('ec2:DescribeSecurityGroups', {
            GroupIds,
            ...(NextToken && { NextToken }),
          });
          return { items: found.SecurityGroups, next: found.NextToken };
        });
  },
  async groupRules(aws, instance) {
    const ids = groupsOf(instance);
    return ids.length === 0
      ? []
      : all(async (NextToken) => {
          const found = await aws.call('ec2:DescribeSecurityGroupRules', {
            Filters: where('group-id', ...ids),
            ...(NextToken && { NextToken }),
          });
          return { items: found.SecurityGroupRules, next: found.NextToken };
        });
  },
  async routeTables(aws, { VpcId }) {
    if (!VpcId) return null;
    const asked = { Filters: where('vpc-id', VpcId) };
    return (await aws.call('ec2:DescribeRouteTables', asked)).RouteTables ?? [];
  },
  async networkAcls(aws, { VpcId }) {
    if (!VpcId) return null;
    const asked = { Filters: where('vpc-id', VpcId) };
    return (await aws.call('ec2:DescribeNetworkAcls', asked)).NetworkAcls ?? [];
  },
  async flowLogs(aws, { VpcId, SubnetId, NetworkInterfaces = [] }) {
    const places = [VpcId, SubnetId, ...NetworkInterfaces.map((each) => each.NetworkInterfaceId)];
    const ids = places.filter((id) => id !== undefined);
    if (ids.length === 0) return null;
    const asked = { Filter: where('resource-id', ...ids) };
    return (await aws.call('ec2:DescribeFlowLogs', asked)).FlowLogs ?? [];
  },
  async hardware(aws, { InstanceType }) {
    if (!InstanceType) return null;
    const asked = { InstanceTypes: [InstanceType] };
    return (await aws.call('ec2:DescribeInstanceTypes', asked)).InstanceTypes?.[0] ?? null;
  },
  async targetGroups(aws, instance) {
    const own = new Set([instance.InstanceId ?? '', ...addressesOf(instance)]);
    const groups = await all(async (Marker) => {
      const asked = { ...(Marker && { Marker }) };
      const found = await aws.call('elasticloadbalancing:DescribeTargetGroups', asked);
      return { items: found.TargetGroups, next: found.NextMarker };
    });
    const near = groups.filter(({ VpcId }) => VpcId === instance.VpcId);
    const registered = [];
    for (const group of near.slice(0, mostTargetGroups)) {
      const { TargetHealthDescriptions = [] } = await aws.call(
        'elasticloadbalancing:DescribeTargetHealth',
        { TargetGroupArn: group.TargetGroupArn },
      );
      const targets = TargetHealthDescriptions.filter(({ Target }) => own.has(Target?.Id ?? ''));
      if (targets.length > 0) registered.push({ group, targets });
    }
    return { registered, notLookedAt: Math.max(near.length - mostTargetGroups, 0) };
  },
};

export const placePermissions = [
  'ec2:DescribeFlowLogs',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeNetworkAcls',
  'ec2:DescribeRouteTables',
  'ec2:DescribeSecurityGroupRules',
  'ec2:DescribeSecurityGroups',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
] as const;
