import type { Instance } from '@aws-sdk/client-ec2';
import { canonical } from '../../src/domain/canonical';
import { policyName, quarantine } from '../../src/operations/iam/quarantine-policy';
import { groupOf, instanceId, targetGroup, twoDisks } from '../operations/samples/containment';
import { association, instanceArn, profile } from '../operations/samples/credentials';
import { anInstance } from '../operations/samples/ec2-instances';
import { addressWorld, anAddress, attach, own } from '../operations/samples/ec2-isolation';
import { memoryAddresses } from './memory-addresses';
import { memoryAutoscaling } from './memory-autoscaling';
import { MemoryAws, type Handlers } from './memory-aws';
import { memoryClassicElb } from './memory-classic-elb';
import { memoryCommands, type Commands } from './memory-commands';
import { memoryConsole } from './memory-console';
import { memoryElb } from './memory-elb';
import { memoryEvidence } from './memory-evidence';
import { memoryInstances } from './memory-instances';
import { memoryInterfaces, Network } from './memory-interfaces';
import { memoryProfiles } from './memory-profiles';
import { memoryRoles } from './memory-roles';
import { memorySessions, type MemorySession } from './memory-sessions';
import { memorySurroundings } from './memory-surroundings';
import { memoryVolumes } from './memory-volumes';

export interface Server {
  id?: string;
  /** The VPC, where it is shared with others; its interfaces are its own. */
  network?: Network;
  eni?: string;
  instance?: Instance;
  /** As an isolation leaves it. */
  isolated?: boolean;
  inGroup?: boolean;
  /** In a target group, behind a Classic Load Balancer, or both. */
  behind?: boolean | 'targets' | 'classic';
  /** How Systems Manager knows it. */
  ping?: Commands['ping'];
  withRole?: boolean;
  /** What takes the place of calls, such as refusals. */
  instead?: Handlers;
  peers?: readonly string[];
  /** Further interfaces and the like. */
  wire?: (network: Network) => void;
  /** Elastic IP addresses of its first interface. */
  elastic?: readonly number[];
}

const disksOf = ({ BlockDeviceMappings = [] }: Instance): string[] =>
  BlockDeviceMappings.flatMap(({ Ebs }) => Ebs?.VolumeId ?? []);

/** A web server with everything around it that an isolation touches, in one account that stays consistent. */
export const aServer = ({
  id = instanceId,
  network = new Network(),
  eni = 'eni-1',
  instance = {},
  isolated = false,
  inGroup = true,
  behind = true,
  ping = 'Online',
  withRole = true,
  instead = {},
  peers = ['i-peer'],
  wire = () => {},
  elastic = [7],
}: Server = {}) => {
  if (isolated) network.group('drawbridge-quarantine', own('quarantine'));
  attach(network, eni, {
    Attachment: { InstanceId: id },
    ...(isolated && { groups: ['drawbridge-quarantine'] }),
  });
  wire(network);
  const roles = new Map([['web', { policies: new Map<string, string>() }]]);
  if (isolated)
    roles
      .get('web')!
      .policies.set(policyName(instanceArn), canonical(quarantine(instanceArn, 'nothing')));
  const kept = (Ebs: object) => ({ ...Ebs, DeleteOnTermination: false });
  const standing = anInstance({
    InstanceId: id,
    InstanceType: 't3.small',
    VpcId: 'vpc-1',
    ...twoDisks,
    NetworkInterfaces: [
      {
        NetworkInterfaceId: eni,
        SourceDestCheck: true,
        Association: { PublicIp: '203.0.113.7' },
        PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.7' }],
      },
    ],
    Tags: [
      { Key: 'Name', Value: 'web-1' },
      ...(isolated
        ? [
            { Key: 'drawbridge:isolated', Value: 'yes' },
            { Key: 'drawbridge:role', Value: 'web' },
          ]
        : []),
    ],
    ...(isolated && {
      BlockDeviceMappings: (twoDisks.BlockDeviceMappings ?? []).map((each) => ({
        ...each,
        Ebs: kept(each.Ebs ?? {}),
      })),
    }),
    ...instance,
  });
  const associations = withRole && !isolated ? [association()] : [];
  const sessions: MemorySession[] = [
    {
      id: 's-1',
      target: id,
      owner: 'arn:aws:iam::111122223333:user/eve',
      status: 'Connected',
    },
  ];
  const members = isolated ? [{ id, lifecycle: 'Standby', protected: true }] : groupOf().members;
  const groups = new Map(inGroup ? [['web', groupOf({ members })]] : []);
  const targets = isolated ? [] : [{ Id: id, Port: 80 }];
  const targetGroups = new Map(
    behind === true || behind === 'targets'
      ? [[targetGroup, [{ Id: 'i-other', Port: 80 }, ...targets]]]
      : [],
  );
  const balancers = new Map(
    behind === true || behind === 'classic' ? [['old-web', new Set(isolated ? [] : [id])]] : [],
  );
  const instances = memoryInstances([standing], {
    shutdown: isolated ? 'stop' : 'terminate',
    stopProtected: isolated,
    terminationProtected: isolated,
  });
  const interfaces = memoryInterfaces(network);
  const evidence = memoryEvidence();
  const addresses = addressWorld(...elastic.map((each) => anAddress(each)));
  const attached = (): Instance =>
    associations.some(({ state }) => state.startsWith('associat'))
      ? { IamInstanceProfile: { Arn: profile } }
      : {};
  const classic = memoryClassicElb(balancers);
  const around: Handlers = {
    'ec2:DescribeInstances': (input) => {
      const [filter] = input.Filters ?? [];
      if (filter?.Name === 'iam-instance-profile.arn')
        return {
          Reservations: [{ Instances: peers.map((InstanceId) => ({ InstanceId })) }],
        };
      if (filter?.Name === 'instance-id') {
        const [begins = ''] = filter.Values ?? [];
        const fits = new RegExp(`^${begins.replaceAll('*', '.*')}$`).test(id);
        return { Reservations: fits ? [{ Instances: [standing] }] : [] };
      }
      const found = instances['ec2:DescribeInstances']!(input);
      return {
        Reservations: (found.Reservations ?? []).map(({ Instances = [] }) => ({
          Instances: Instances.map((each) => ({ ...each, ...attached() })),
        })),
      };
    },
    'ec2:CreateTags': (input) =>
      (input.Resources?.[0]?.startsWith('eni-') ? interfaces : instances)['ec2:CreateTags']!(input),
    'ec2:DeleteTags': (input) =>
      (input.Resources?.[0]?.startsWith('eni-') ? interfaces : instances)['ec2:DeleteTags']!(input),
    'ec2:DescribeInstanceTypes': () => ({ InstanceTypes: [{ InstanceStorageSupported: false }] }),
    'ec2:DescribeVolumes': () => ({
      Volumes: [{ VolumeId: 'vol-root', Attachments: [{ InstanceId: id }] }],
    }),
    'autoscaling:DescribeAutoScalingInstances': () => ({
      AutoScalingInstances: inGroup
        ? [
            {
              InstanceId: id,
              AutoScalingGroupName: 'web',
              AvailabilityZone: 'eu-west-1a',
              LifecycleState: 'InService',
              HealthStatus: 'HEALTHY',
              ProtectedFromScaleIn: false,
            },
          ]
        : [],
    }),
    'elasticloadbalancing:DescribeTargetGroups': () => ({
      TargetGroups: [...targetGroups.keys()].map((TargetGroupArn) => ({
        TargetGroupArn,
        VpcId: 'vpc-1',
      })),
    }),
    'classic-elb:DescribeLoadBalancers': ({ LoadBalancerNames = [...balancers.keys()] }) =>
      classic['classic-elb:DescribeLoadBalancers']!({ LoadBalancerNames }),
    'iam:GetInstanceProfile': ({ InstanceProfileName }) => ({
      InstanceProfile: {
        InstanceProfileName,
        InstanceProfileId: 'AIPA1',
        Path: '/',
        Arn: profile,
        CreateDate: new Date(0),
        Roles: [
          { RoleName: 'web', Path: '/', RoleId: 'AROA1', Arn: 'arn', CreateDate: new Date(0) },
        ],
      },
    }),
    'iam:ListInstanceProfilesForRole': () => ({
      InstanceProfiles: [
        {
          InstanceProfileName: 'web',
          InstanceProfileId: 'AIPA1',
          Path: '/',
          Arn: profile,
          CreateDate: new Date(0),
          Roles: [],
        },
      ],
    }),
  };
  const aws = new MemoryAws(
    instead,
    around,
    interfaces,
    instances,
    memoryAddresses(addresses),
    memoryAutoscaling(groups),
    memoryElb(targetGroups),
    classic,
    memoryProfiles(associations),
    memoryRoles(roles),
    memorySessions(sessions),
    memoryVolumes(disksOf(standing)).handlers,
    memoryCommands({ ping }).handlers,
    memoryConsole(),
    evidence.handlers,
    memorySurroundings(),
  );
  return {
    aws,
    network,
    roles,
    associations,
    sessions,
    groups,
    targetGroups,
    balancers,
    addresses,
    evidence,
  };
};
export type MemoryServer = ReturnType<typeof aServer>;
