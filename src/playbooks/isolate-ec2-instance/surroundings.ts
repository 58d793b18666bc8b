import type { Instance } from '@aws-sdk/client-ec2';
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Told } from '../../domain/errors';
import type { Aws } from '../../operations/aws';
import { all } from '../../operations/pages';
import { readGroup as readScaling } from '../../operations/autoscaling/scaling-group';

/** Its place in an Auto Scaling group. */
export interface GroupFacts {
  name: string;
  min: number;
  desired: number;
  lifecycle: string;
  /** Zones among which it may end and start others of it. */
  balances: readonly string[];
}

/** A target group in which it is registered, by its id or by an address. */
export interface TargetGroupFacts {
  arn: string;
  targets: readonly { id: string; port?: number }[];
  /** Healthy targets that stay. */
  healthy: number;
}

export const surroundingsPermissions = [
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeAutoScalingInstances',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
  'ssm:DescribeInstanceInformation',
] as const;

export const readGroup = async (aws: Aws, id: string): Promise<GroupFacts | undefined> => {
  const asked = { InstanceIds: [id] };
  const found = await aws.call('autoscaling:DescribeAutoScalingInstances', asked);
  const name = found.AutoScalingInstances?.[0]?.AutoScalingGroupName;
  if (!name) return undefined;
  const group = await readScaling(aws, name, id);
  if (!group?.member) return undefined;
  const { min, desired, member, balances } = group;
  return { name, min, desired, lifecycle: member.lifecycle, balances };
};

/** More of them in one VPC are not looked through, and that is said. */
const mostTargetGroups = 200;
/** So many questions at once. */
const hands = 8;

export const readTargetGroups = async (
  aws: Aws,
  instance: Instance,
): Promise<TargetGroupFacts[]> => {
  const near = (await targetGroups(aws)).filter(({ VpcId }) => VpcId === instance.VpcId);
  if (near.length > mostTargetGroups)
    throw new Told(`${near.length} in its VPC are too many to look through`);
  const own = namesOf(instance);
  const found: TargetGroupFacts[] = [];
  const work = async (): Promise<void> => {
    for (let group = near.shift(); group; group = near.shift()) {
      const facts = await registeredIn(aws, group, own);
      if (facts) found.push(facts);
    }
  };
  await Promise.all(Array.from({ length: hands }, work));
  return found.sort((a, b) => (a.arn < b.arn ? -1 : 1));
};

const targetGroups = (aws: Aws): Promise<TargetGroup[]> =>
  all(async (Marker) => {
    const page = await aws.call('elasticloadbalancing:DescribeTargetGroups', {
      ...(Marker && { Marker }),
    });
    return { items: page.TargetGroups, next: page.NextMarker };
  });

/** Target groups know it by its id, or by one of its addresses. */
const namesOf = ({ InstanceId, NetworkInterfaces = [] }: Instance): ReadonlySet<string> =>
  new Set([
    ...(InstanceId ? [InstanceId] : []),
    ...NetworkInterfaces.flatMap(({ PrivateIpAddresses = [], Ipv6Addresses = [] }) => [
      ...PrivateIpAddresses.flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []),
      ...Ipv6Addresses.flatMap(({ Ipv6Address }) => Ipv6Address ?? []),
    ]),
  ]);

const registeredIn = async (
  aws: Aws,
  { TargetGroupArn: arn = '' }: TargetGroup,
  own: ReadonlySet<string>,
): Promise<TargetGroupFacts | undefined> => {
  const { TargetHealthDescriptions = [] } = await aws.call(
    'elasticloadbalancing:DescribeTargetHealth',
    { TargetGroupArn: arn },
  );
  const there = TargetHealthDescriptions.map(({ Target, TargetHealth }) => ({
    id: Target?.Id ?? '',
    ...(Target?.Port !== undefined && { port: Target.Port }),
    state: TargetHealth?.State,
  }));
  const targets = there
    .filter(({ id, state }) => own.has(id) && state !== 'draining')
    .map(({ state: _, ...target }) => target);
  const healthy = there.filter(({ id, state }) => !own.has(id) && state === 'healthy').length;
  return targets.length > 0 ? { arn, targets, healthy } : undefined;
};

export const readBalancers = async (aws: Aws, id: string): Promise<string[]> => {
  const balancers = await all(async (Marker) => {
    const page = await aws.call('classic-elb:DescribeLoadBalancers', { ...(Marker && { Marker }) });
    return { items: page.LoadBalancerDescriptions, next: page.NextMarker };
  });
  return balancers
    .filter(({ Instances = [] }) => Instances.some(({ InstanceId }) => InstanceId === id))
    .map(({ LoadBalancerName = '' }) => LoadBalancerName)
    .sort();
};

/** What Systems Manager says of the agent on it. */
export const readManaged = async (aws: Aws, id: string): Promise<string> => {
  const Filters = [{ Key: 'InstanceIds', Values: [id] }];
  const { InstanceInformationList = [] } = await aws.call('ssm:DescribeInstanceInformation', {
    Filters,
  });
  return InstanceInformationList[0]?.PingStatus ?? 'unknown to it';
};
