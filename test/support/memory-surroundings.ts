import type { Instance } from '@aws-sdk/client-ec2';
import type { AwsCall } from '../../src/operations/aws';
import { account, region } from './builders';
import { awsError, type Handlers } from './memory-aws';

const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;

export const webServer: Instance = {
  InstanceId: 'i-1',
  InstanceType: 't3.small',
  VpcId: 'vpc-1',
  SubnetId: 'subnet-1',
  State: { Name: 'running' },
  LaunchTime: new Date('2026-01-01T00:00:00.000Z'),
  SecurityGroups: [{ GroupId: 'sg-1' }],
  NetworkInterfaces: [
    {
      NetworkInterfaceId: 'eni-1',
      Groups: [{ GroupId: 'sg-1' }, { GroupId: 'sg-2' }],
      PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.4' }],
    },
  ],
  IamInstanceProfile: { Arn: `arn:aws:iam::${account}:instance-profile/apps/web` },
};

interface Surroundings {
  instance?: Instance;
  /** Calls that this session may not make. */
  denied?: readonly AwsCall[];
}

/** What stands around an instance, each call answered as far as evidence asks for it; lists come in two pages. */
export const memorySurroundings = ({
  instance = webServer,
  denied = [],
}: Surroundings = {}): Handlers => {
  const answers: Handlers = {
    'ec2:DescribeInstances': ({ InstanceIds = [] }) => ({
      Reservations: InstanceIds.includes(instance.InstanceId ?? '')
        ? [{ Instances: [instance] }]
        : [],
    }),
    'ec2:DescribeNetworkInterfaces': ({ NextToken }) =>
      NextToken
        ? { NetworkInterfaces: [{ NetworkInterfaceId: 'eni-2' }] }
        : { NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1' }], NextToken: 'more' },
    'ec2:DescribeVolumes': ({ NextToken }) =>
      NextToken
        ? { Volumes: [{ VolumeId: 'vol-2' }] }
        : { Volumes: [{ VolumeId: 'vol-1' }], NextToken: 'more' },
    'ec2:DescribeInstanceAttribute': ({ Attribute }) => ({
      InstanceId: 'i-1',
      ...(Attribute === 'userData' && { UserData: { Value: 'IyEvYmluL3No' } }),
      ...(Attribute === 'disableApiTermination' && { DisableApiTermination: { Value: false } }),
    }),
    'ec2:DescribeIamInstanceProfileAssociations': () => ({
      IamInstanceProfileAssociations: [{ AssociationId: 'iip-assoc-1' }],
    }),
    'ec2:DescribeAddresses': () => ({ Addresses: [{ AllocationId: 'eipalloc-1' }] }),
    'ec2:DescribeSecurityGroups': ({ GroupIds = [] }) => ({
      SecurityGroups: GroupIds.map((GroupId) => ({ GroupId })),
    }),
    'ec2:DescribeSecurityGroupRules': ({ NextToken }) =>
      NextToken
        ? { SecurityGroupRules: [{ SecurityGroupRuleId: 'sgr-2' }] }
        : { SecurityGroupRules: [{ SecurityGroupRuleId: 'sgr-1' }], NextToken: 'more' },
    'ec2:DescribeRouteTables': () => ({ RouteTables: [{ RouteTableId: 'rtb-1' }] }),
    'ec2:DescribeNetworkAcls': () => ({ NetworkAcls: [{ NetworkAclId: 'acl-1' }] }),
    'ec2:DescribeFlowLogs': () => ({ FlowLogs: [{ FlowLogId: 'fl-1' }] }),
    'ec2:DescribeInstanceTypes': () => ({ InstanceTypes: [{ Hypervisor: 'nitro' }] }),
    'autoscaling:DescribeAutoScalingInstances': () => ({
      AutoScalingInstances: [
        {
          InstanceId: 'i-1',
          AutoScalingGroupName: 'web',
          AvailabilityZone: `${region}a`,
          LifecycleState: 'InService',
          HealthStatus: 'HEALTHY',
          ProtectedFromScaleIn: false,
        },
      ],
    }),
    'autoscaling:DescribeAutoScalingGroups': () => ({
      AutoScalingGroups: [
        {
          AutoScalingGroupName: 'web',
          MinSize: 1,
          MaxSize: 3,
          DesiredCapacity: 2,
          DefaultCooldown: 300,
          AvailabilityZones: [`${region}a`],
          HealthCheckType: 'EC2',
          CreatedTime: new Date(0),
        },
      ],
    }),
    'classic-elb:DescribeLoadBalancers': ({ Marker }) =>
      Marker
        ? { LoadBalancerDescriptions: [{ Instances: [{ InstanceId: 'i-1' }] }] }
        : {
            LoadBalancerDescriptions: [{ Instances: [{ InstanceId: 'i-9' }] }],
            NextMarker: 'more',
          },
    'elasticloadbalancing:DescribeTargetGroups': ({ Marker }) =>
      Marker
        ? { TargetGroups: [{ TargetGroupArn: arn('elb', 'targetgroup/far'), VpcId: 'vpc-9' }] }
        : {
            TargetGroups: [
              { TargetGroupArn: arn('elb', 'targetgroup/by-id'), VpcId: 'vpc-1' },
              { TargetGroupArn: arn('elb', 'targetgroup/by-ip'), VpcId: 'vpc-1' },
              { TargetGroupArn: arn('elb', 'targetgroup/other'), VpcId: 'vpc-1' },
            ],
            NextMarker: 'more',
          },
    'elasticloadbalancing:DescribeTargetHealth': ({ TargetGroupArn = '' }) => {
      const ids: Record<string, string> = { 'by-id': 'i-1', 'by-ip': '10.0.0.4' };
      const Id = ids[TargetGroupArn.split('/')[1] ?? ''] ?? 'i-9';
      return { TargetHealthDescriptions: [{ Target: { Id, Port: 443 } }] };
    },
    'iam:GetInstanceProfile': ({ InstanceProfileName }) => {
      const Roles = [
        {
          RoleName: 'web-role',
          RoleId: 'AROA',
          Arn: `arn:aws:iam::${account}:role/web-role`,
          Path: '/',
          CreateDate: new Date(0),
        },
      ];
      const profile = { InstanceProfileId: 'AIPA', Path: '/apps/', CreateDate: new Date(0) };
      const Arn = `arn:aws:iam::${account}:instance-profile/apps/web`;
      return { InstanceProfile: { ...profile, InstanceProfileName, Arn, Roles } };
    },
    'iam:GetRole': ({ RoleName }) => ({
      Role: {
        RoleName,
        RoleId: 'AROA',
        Arn: `arn:aws:iam::${account}:role/web-role`,
        Path: '/',
        CreateDate: new Date(0),
      },
    }),
    'iam:ListAttachedRolePolicies': ({ Marker }) => ({
      AttachedPolicies: [{ PolicyName: Marker ? 'Second' : 'First' }],
      ...(!Marker && { IsTruncated: true, Marker: 'more' }),
    }),
    'iam:ListRolePolicies': () => ({ PolicyNames: ['inline'] }),
    'iam:ListInstanceProfilesForRole': () => ({ InstanceProfiles: [] }),
    'ssm:DescribeInstanceInformation': () => ({
      InstanceInformationList: [{ InstanceId: 'i-1', PingStatus: 'Online' }],
    }),
  };
  return { ...answers, ...Object.fromEntries(denied.map((call) => [call, refuse])) };
};

const refuse = (): never => {
  throw awsError('AccessDenied', { $fault: 'client' });
};
