import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import {
  DescribeAddressesCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  type InstanceAttributeName,
} from '@aws-sdk/client-ec2';
import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
import { workloads } from './road';

const settings = (world: World) => asAccount(world.edge.url, workloads);

/**
 * All that an isolation may touch, field by field and without what AWS gives anew: what a release must bring back. Read from
 * AWS itself, past the product.
 */
export const pictureOf = async (world: World, id: string) => {
  const [instance, interfaces, flags, profile, role, group, targets, addresses] = await Promise.all(
    [
      instanceOf(world, id),
      interfacesOf(world, id),
      flagsOf(world, id),
      profileOf(world, id),
      policiesOf(world),
      groupOf(world),
      targetsOf(world, id),
      addressesOf(world, id),
    ],
  );
  const rules = await Promise.all(
    [...new Set(interfaces.flatMap(({ groups }) => groups))].map((each) => rulesOf(world, each)),
  );
  return { instance, interfaces, flags, profile, role, group, targets, addresses, rules };
};
export type Picture = Awaited<ReturnType<typeof pictureOf>>;

const instanceOf = async (world: World, id: string) => {
  const { Reservations } = await new EC2Client(settings(world)).send(
    new DescribeInstancesCommand({ InstanceIds: [id] }),
  );
  const found = Reservations?.[0]?.Instances?.[0];
  const tags = (found?.Tags ?? []).map(({ Key, Value }) => `${Key}=${Value}`).sort();
  const disks = (found?.BlockDeviceMappings ?? []).map(({ DeviceName, Ebs }) => [
    DeviceName,
    Ebs?.VolumeId,
    Ebs?.DeleteOnTermination,
  ]);
  return {
    state: found?.State?.Name,
    tags,
    disks,
    metadata: found?.MetadataOptions,
    sourceDestCheck: found?.SourceDestCheck,
    address: found?.PrivateIpAddress,
  };
};

/** Those that are its own: in what order an interface has its groups counts, too. */
export const interfacesOf = async (world: World, id: string) => {
  const Filters = [{ Name: 'attachment.instance-id', Values: [id] }];
  const { NetworkInterfaces = [] } = await new EC2Client(settings(world)).send(
    new DescribeNetworkInterfacesCommand({ Filters }),
  );
  return NetworkInterfaces.map((each) => ({
    id: each.NetworkInterfaceId ?? '',
    groups: (each.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    names: (each.Groups ?? []).flatMap(({ GroupName }) => GroupName ?? []),
    check: each.SourceDestCheck,
    addresses: (each.PrivateIpAddresses ?? []).map(({ PrivateIpAddress }) => PrivateIpAddress),
    attached: [each.Attachment?.DeviceIndex, each.Attachment?.DeleteOnTermination],
    tags: (each.TagSet ?? []).map(({ Key, Value }) => `${Key}=${Value}`).sort(),
  })).sort((a, b) => (a.id < b.id ? -1 : 1));
};

export const rulesOf = async (world: World, group: string): Promise<string[]> => {
  const { SecurityGroupRules = [] } = await new EC2Client(settings(world)).send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [group] }] }),
  );
  return SecurityGroupRules.map((rule) =>
    [
      group,
      rule.IsEgress ? 'out' : 'in',
      rule.IpProtocol,
      `${rule.FromPort}-${rule.ToPort}`,
      rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.ReferencedGroupInfo?.GroupId,
    ].join(' '),
  ).sort();
};

const attributes: readonly InstanceAttributeName[] = [
  'disableApiTermination',
  'disableApiStop',
  'instanceInitiatedShutdownBehavior',
];

const flagsOf = async (world: World, InstanceId: string) => {
  const ec2 = new EC2Client(settings(world));
  const all = attributes.map(async (Attribute) => {
    const found = await ec2.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute }));
    return (
      found.DisableApiTermination?.Value ??
      found.DisableApiStop?.Value ??
      found.InstanceInitiatedShutdownBehavior?.Value
    );
  });
  return Promise.all(all);
};

const profileOf = async (world: World, id: string) => {
  const { IamInstanceProfileAssociations = [] } = await new EC2Client(settings(world)).send(
    new DescribeIamInstanceProfileAssociationsCommand({
      Filters: [{ Name: 'instance-id', Values: [id] }],
    }),
  );
  return IamInstanceProfileAssociations.map(({ IamInstanceProfile, State }) => [
    IamInstanceProfile?.Arn,
    State,
  ]);
};

const roleOf = ({ estate }: World): string => estate?.identities.role ?? '';

const policiesOf = async (world: World) => {
  const iam = new IAMClient(settings(world));
  const RoleName = roleOf(world);
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  return Promise.all(
    PolicyNames.sort().map(async (PolicyName) => {
      const { PolicyDocument = '' } = await iam.send(
        new GetRolePolicyCommand({ RoleName, PolicyName }),
      );
      return [PolicyName, decodeURIComponent(PolicyDocument)];
    }),
  );
};

/** What IAM answers when this instance does with the role what the role is for. */
export const mayStill = async (world: World, instance: string): Promise<string | undefined> => {
  const { EvaluationResults = [] } = await new IAMClient(settings(world)).send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: `arn:aws:iam::${workloads}:role/${roleOf(world)}`,
      ActionNames: ['s3:GetObject'],
      ResourceArns: ['arn:aws:s3:::acme-marketing-assets/logo.svg'],
      ContextEntries: [
        {
          ContextKeyName: 'ec2:SourceInstanceARN',
          ContextKeyType: 'string',
          ContextKeyValues: [`arn:aws:ec2:us-east-1:${workloads}:instance/${instance}`],
        },
      ],
    }),
  );
  return EvaluationResults[0]?.EvalDecision;
};

const groupOf = async (world: World) => {
  const { AutoScalingGroups = [] } = await new AutoScalingClient(settings(world)).send(
    new DescribeAutoScalingGroupsCommand({
      AutoScalingGroupNames: [world.estate?.fleet.autoScalingGroup ?? ''],
    }),
  );
  const [group] = AutoScalingGroups;
  const members = (group?.Instances ?? []).map(
    ({ InstanceId, LifecycleState, ProtectedFromScaleIn = false }) =>
      `${InstanceId} ${LifecycleState} ${ProtectedFromScaleIn}`,
  );
  return {
    sizes: [group?.MinSize, group?.MaxSize],
    desired: group?.DesiredCapacity,
    members: members.sort(),
    suspended: (group?.SuspendedProcesses ?? []).map(({ ProcessName }) => ProcessName),
  };
};

/** Where it gets traffic. What is draining gets no new connections. */
const targetsOf = async (world: World, id: string): Promise<string[]> => {
  const balancing = new ElasticLoadBalancingV2Client(settings(world));
  const { TargetGroups = [] } = await balancing.send(new DescribeTargetGroupsCommand({}));
  const all = TargetGroups.map(async ({ TargetGroupArn, TargetGroupName }) => {
    const { TargetHealthDescriptions = [] } = await balancing.send(
      new DescribeTargetHealthCommand({ TargetGroupArn }),
    );
    return TargetHealthDescriptions.filter(
      ({ Target, TargetHealth }) => Target?.Id === id && TargetHealth?.State !== 'draining',
    ).map(({ Target }) => `${TargetGroupName} ${Target?.Port}`);
  });
  return (await Promise.all(all)).flat().sort();
};

const addressesOf = async (world: World, id: string): Promise<string[]> => {
  const { Addresses = [] } = await new EC2Client(settings(world)).send(
    new DescribeAddressesCommand({ Filters: [{ Name: 'instance-id', Values: [id] }] }),
  );
  return Addresses.map(
    ({ AllocationId, NetworkInterfaceId, PrivateIpAddress }) =>
      `${AllocationId} ${NetworkInterfaceId} ${PrivateIpAddress}`,
  ).sort();
};
