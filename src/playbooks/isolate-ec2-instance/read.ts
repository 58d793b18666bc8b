import type { Instance } from '@aws-sdk/client-ec2';
import type { Asked } from '../../domain/playbook';
import { unlessAbsent } from '../../operations/absent';
import type { Aws } from '../../operations/aws';
import { readInterfaces, type NotContained } from '../../operations/ec2/attached-interfaces';
import { forensicsOf } from '../../operations/evidence/share-snapshots';
import { readProtection, type Protection } from '../../operations/ec2/protection';
import { readShared, readStore } from './disks';
import { readRole, readSharers, rolePermissions, type RoleFacts } from './role';
import {
  readBalancers,
  readGroup,
  readManaged,
  readTargetGroups,
  surroundingsPermissions,
  type GroupFacts,
  type TargetGroupFacts,
} from './surroundings';
import { roleTagKey, tagOf } from './tags';

/** Where it is on the network. */
export interface InterfaceFacts {
  id: string;
  groups: readonly string[];
  publicIp: string;
  /** In the quarantine group alone. */
  contained: boolean;
}

export interface Found {
  kind: 'instance';
  name: string;
  /** EC2's word: `running`, `stopped` … */
  state: string;
  type: string;
  spot: boolean;
  /** Empty in EC2-Classic. */
  vpc: string;
  /** The service that runs it, as EKS Auto Mode does; empty if none. */
  operator: string;
  /** Does it pass on traffic that is not its own? */
  forwards: boolean;
  canHibernate: boolean;
  /** Its protection from being terminated; a Spot instance has none. */
  termination: 'on' | 'off' | 'none' | 'unknown';
  /** Ids of its EBS volumes, and those of them that others are attached to as well. */
  volumes: readonly string[];
  shared: readonly string[];
  /** Is anything on disks that no snapshot can hold? */
  instanceStore: boolean;
  metadata: 'on' | 'off';
  tags: Readonly<Record<string, string>>;
  interfaces: readonly InterfaceFacts[];
  notContained: readonly NotContained[];
  addresses: readonly { allocation: string; ip: string }[];
  /** ARN of the profile that is attached; empty if none. */
  profile: string;
  role: RoleFacts | undefined;
  /** Other instances that have the same role. */
  sharers: readonly string[];
  group: GroupFacts | undefined;
  targetGroups: readonly TargetGroupFacts[];
  balancers: readonly string[];
  /** What Systems Manager says of its agent; `unknown to it` if it knows none. */
  agent: string;
  /** The account that snapshots are shared with; empty if none. */
  forensics: string;
  /** What could not be read, and why: never taken for “there is none” (law 10). Containment does not need it. */
  unknown: readonly string[];
  /** The same of what it may still act or be reached by: with any of it, containment is partial. */
  unseen: readonly string[];
}

export type InstanceFacts = { kind: 'missing' } | { kind: 'ended'; state: string } | Found;

export const permissions = [
  'ec2:DescribeAddresses',
  'ec2:DescribeInstanceAttribute',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeInstances',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroupRules',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeVolumes',
  ...rolePermissions,
  ...surroundingsPermissions,
] as const;

/** The instance and its network must be known; what is around it may be unknown, and the plan says so. */
export const read = async (aws: Aws, { target }: Asked): Promise<InstanceFacts> => {
  const { id } = target;
  const instance = await instanceOf(aws, id);
  if (!instance) return { kind: 'missing' };
  const state = instance.State?.Name ?? 'unknown';
  if (state === 'terminated' || state === 'shutting-down') return { kind: 'ended', state };
  const vpc = instance.VpcId ?? '';
  const network = vpc
    ? await readInterfaces(aws, { instanceId: id, vpcId: vpc })
    : { gone: false as const, interfaces: [], notContained: [] };
  if (network.gone) return { kind: 'ended', state: 'terminated' };
  const unknown: string[] = [];
  const unseen: string[] = [];
  const part = partOf(unknown);
  const link = partOf(unseen);
  const volumes = volumesOf(instance);
  const profile = instance.IamInstanceProfile?.Arn ?? '';
  const known = roleTag(instance);
  const role = await link('its role', undefined, readRole(aws, target, profile, known));
  const [sharers, group, targetGroups, balancers, agent, addresses, shared, store, protection] =
    await Promise.all([
      part('who shares its role', [], readSharers(aws, target, role)),
      link('its Auto Scaling group', undefined, readGroup(aws, id)),
      link('target groups', [], readTargetGroups(aws, instance)),
      link('Classic Load Balancers', [], readBalancers(aws, id)),
      part('Systems Manager', 'unknown', readManaged(aws, id)),
      part('its Elastic IP addresses', [], readAddresses(aws, id)),
      part('who shares its volumes', [], readShared(aws, id)),
      part('its instance store', false, readStore(aws, instance)),
      part('its protection', undefined, readProtection(aws, id, volumes)),
    ]);
  return {
    kind: 'instance',
    name: tagOf(instance, 'Name'),
    state,
    type: instance.InstanceType ?? 'unknown',
    spot: instance.InstanceLifecycle === 'spot',
    vpc,
    operator: instance.Operator?.Managed ? (instance.Operator.Principal ?? 'an AWS service') : '',
    forwards: forwards(instance),
    canHibernate: instance.HibernationOptions?.Configured ?? false,
    termination: protection === undefined ? 'unknown' : terminationIn(protection),
    volumes,
    shared,
    instanceStore: store,
    metadata: instance.MetadataOptions?.HttpEndpoint === 'disabled' ? 'off' : 'on',
    tags: Object.fromEntries((instance.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    interfaces: network.interfaces.map(({ id: eni, groups, contained }) => ({
      id: eni,
      groups,
      contained,
      publicIp: publicIpOf(instance, eni),
    })),
    notContained: network.notContained,
    addresses,
    profile,
    role,
    sharers,
    group,
    targetGroups,
    balancers,
    agent,
    forensics: await forensicsOf(aws, target),
    unknown: unknown.sort(),
    unseen: unseen.sort(),
  };
};

const terminationIn = ({ termination }: Protection): Found['termination'] => {
  if (termination === undefined) return 'none';
  return termination ? 'on' : 'off';
};

/** One part of the look: what fails is named, and the rest goes on. */
const partOf =
  (unknown: string[]) =>
  async <T>(what: string, otherwise: T, look: Promise<T>): Promise<T> => {
    try {
      return await look;
    } catch (error) {
      // A slip of ours is no answer of AWS.
      if (!(error instanceof Error) || error instanceof TypeError) throw error;
      unknown.push(`${what} (${error.name === 'Told' ? error.message : error.name})`);
      return otherwise;
    }
  };

const instanceOf = async (aws: Aws, id: string): Promise<Instance | undefined> => {
  const call = aws.call('ec2:DescribeInstances', { InstanceIds: [id] });
  const found = await unlessAbsent(
    call,
    'InvalidInstanceID.NotFound',
    'InvalidInstanceID.Malformed',
  );
  return found?.Reservations?.flatMap(({ Instances = [] }) => Instances)[0];
};

/** The role whose credentials an earlier isolation denied: its profile is detached by now. */
const roleTag = (instance: Instance): string => tagOf(instance, roleTagKey);

const volumesOf = ({ BlockDeviceMappings = [] }: Instance): string[] =>
  BlockDeviceMappings.flatMap(({ Ebs }) => Ebs?.VolumeId ?? []).sort();

const forwards = ({ SourceDestCheck, NetworkInterfaces = [] }: Instance): boolean =>
  SourceDestCheck === false || NetworkInterfaces.some((each) => each.SourceDestCheck === false);

const publicIpOf = ({ NetworkInterfaces = [] }: Instance, id: string): string =>
  NetworkInterfaces.find(({ NetworkInterfaceId }) => NetworkInterfaceId === id)?.Association
    ?.PublicIp ?? '';

const readAddresses = async (aws: Aws, id: string) => {
  const Filters = [{ Name: 'instance-id', Values: [id] }];
  const { Addresses = [] } = await aws.call('ec2:DescribeAddresses', { Filters });
  return Addresses.map(({ AllocationId: allocation = '', PublicIp: ip = '' }) => ({
    allocation,
    ip,
  })).sort((a, b) => (a.allocation < b.allocation ? -1 : 1));
};
