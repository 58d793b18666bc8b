import type { Instance } from '@aws-sdk/client-ec2';
import type { TargetDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { EnterStandby } from '../../../src/operations/autoscaling/enter-standby';
import type { ProtectInstance } from '../../../src/operations/ec2/protect-instance';
import type { DeregisterClassic } from '../../../src/operations/elb/deregister-classic';
import type { DeregisterTargets } from '../../../src/operations/elb/deregister-targets';
import type { MemoryProtection } from '../../support/memory-attributes';
import { memoryAutoscaling, type MemoryGroup } from '../../support/memory-autoscaling';
import { MemoryAws } from '../../support/memory-aws';
import { memoryClassicElb } from '../../support/memory-classic-elb';
import { memoryElb } from '../../support/memory-elb';
import { memoryInstances } from '../../support/memory-instances';
import { anInstance, instanceId } from './ec2-instances';
import type { Sample } from './sample';

export { instanceId };

export const disk = (DeviceName: string, VolumeId: string, DeleteOnTermination: boolean) => ({
  DeviceName,
  Ebs: { VolumeId, DeleteOnTermination },
});
/** A root that goes with the instance, and data that stays. */
export const twoDisks: Instance = {
  RootDeviceType: 'ebs',
  BlockDeviceMappings: [disk('/dev/xvda', 'vol-root', true), disk('/dev/sdf', 'vol-data', false)],
};
export const protect: ProtectInstance = {
  instanceId,
  spot: false,
  volumes: ['vol-root', 'vol-data'],
};
const protection = (
  name: string,
  instance: Instance,
  stands: MemoryProtection = {},
  input: ProtectInstance = protect,
): Sample => ({
  name,
  input,
  world: () =>
    new MemoryAws(memoryInstances([anInstance({ ...twoDisks, ...instance })], { ...stands })),
});

export const protectInstance: readonly Sample[] = [
  protection('nothing protected', {}, { shutdown: 'terminate' }),
  protection('protected from termination', {}, { terminationProtected: true }),
  protection('a stopped instance', { State: { Name: 'stopped' } }, { stopProtected: true }),
  protection(
    'a Spot instance',
    { InstanceLifecycle: 'spot' },
    { shutdown: 'terminate' },
    { ...protect, spot: true },
  ),
  protection(
    'a root on instance store',
    { RootDeviceType: 'instance-store', BlockDeviceMappings: [disk('/dev/sdf', 'vol-data', true)] },
    { shutdown: 'terminate' },
  ),
  protection('one volume asked for', {}, {}, { ...protect, volumes: ['vol-root'] }),
  protection(
    'nothing to do',
    { BlockDeviceMappings: [disk('/dev/xvda', 'vol-root', false)] },
    { terminationProtected: true, stopProtected: true },
  ),
];

export const standby: EnterStandby = { instanceId, group: 'web' };
export const groupOf = (more: Partial<MemoryGroup> = {}): MemoryGroup => ({
  min: 1,
  max: 4,
  desired: 2,
  members: [
    { id: 'i-other', lifecycle: 'InService' },
    { id: instanceId, lifecycle: 'InService' },
  ],
  ...more,
});
const group = (name: string, more?: () => Partial<MemoryGroup>): Sample => ({
  name,
  input: standby,
  world: () => new MemoryAws(memoryAutoscaling(new Map([['web', groupOf(more?.())]]))),
});

export const enterStandby: readonly Sample[] = [
  group('room below'),
  group('at its least size', () => ({ min: 2 })),
  group('the only instance', () => ({
    min: 1,
    desired: 1,
    members: [{ id: instanceId, lifecycle: 'InService', protected: true }],
  })),
  group('weights', () => ({
    min: 6,
    max: 12,
    desired: 8,
    members: [
      { id: 'i-other', lifecycle: 'InService', weight: 4 },
      { id: instanceId, lifecycle: 'InService', weight: 4 },
    ],
  })),
  group('on standby already', () => ({
    desired: 1,
    members: [{ id: instanceId, lifecycle: 'Standby' }],
  })),
  group('nothing to do', () => ({
    desired: 1,
    members: [{ id: instanceId, lifecycle: 'Standby', protected: true }],
  })),
  group('not of the group', () => ({ members: [{ id: 'i-other', lifecycle: 'InService' }] })),
  {
    name: 'no such group',
    input: standby,
    world: () => new MemoryAws(memoryAutoscaling(new Map())),
  },
];

export const targetGroup =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef';
export const targets: DeregisterTargets = { targetGroup, targets: [{ id: instanceId, port: 80 }] };
const registered = (
  name: string,
  all: readonly TargetDescription[] | undefined,
  input = targets,
): Sample => ({
  name,
  input,
  world: () => new MemoryAws(memoryElb(new Map(all && [[targetGroup, [...all]]]))),
});

export const deregisterTargets: readonly Sample[] = [
  registered('one port', [
    { Id: 'i-other', Port: 80 },
    { Id: instanceId, Port: 80 },
  ]),
  registered('two ports', [
    { Id: instanceId, Port: 80 },
    { Id: instanceId, Port: 8080, QuicServerId: '0x0123456789abcdef' },
  ]),
  registered('addresses', [{ Id: '10.0.0.7', Port: 443, AvailabilityZone: 'eu-west-1a' }], {
    targetGroup,
    targets: [{ id: '10.0.0.7', port: 443 }],
  }),
  registered('not registered', [{ Id: 'i-other', Port: 80 }]),
  registered('no such target group', undefined),
];

export const classic: DeregisterClassic = { loadBalancer: 'old-web', instanceId };
const balancer = (name: string, ...balancers: [string, string[]][]): Sample => ({
  name,
  input: classic,
  world: () =>
    new MemoryAws(memoryClassicElb(new Map(balancers.map(([name, ids]) => [name, new Set(ids)])))),
});

export const deregisterClassic: readonly Sample[] = [
  balancer('registered', ['old-web', [instanceId]]),
  balancer('not registered', ['old-web', ['i-other']]),
  balancer('no such load balancer'),
];
