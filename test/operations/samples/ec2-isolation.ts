import type { Address, Instance, NetworkInterface } from '@aws-sdk/client-ec2';
import type { DisassociateAddresses } from '../../../src/operations/ec2/disassociate-addresses';
import type { StopInstance } from '../../../src/operations/ec2/stop-instance';
import type { QuarantineInterfaces } from '../../../src/operations/ec2/swap-groups';
import { MemoryAws } from '../../support/memory-aws';
import { memoryAddresses, type Addresses } from '../../support/memory-addresses';
import { memoryInstances } from '../../support/memory-instances';
import { memoryInterfaces, Network } from '../../support/memory-interfaces';
import { anInstance, instanceId } from './ec2-instances';
import type { Sample } from './sample';

export const input: QuarantineInterfaces = { instanceId, vpcId: 'vpc-1', waitSeconds: 10 };
export const own = (purpose: 'quarantine' | 'transition') => ({
  tags: { DrawbridgeGroup: purpose },
});
export const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
export const anybody = [{ CidrIp: '0.0.0.0/0' }];

/** An interface of the instance, in groups that are made for it unless they are given. */
export const attach = (
  network: Network,
  id: string,
  { groups = [`web-${id}`], ...more }: { groups?: string[] } & NetworkInterface = {},
): string[] => {
  const { VpcId = 'vpc-1' } = more;
  const standing = groups.map(
    (name) =>
      network.groups.find((each) => each.name === name && each.vpc === VpcId) ??
      network.group(name, { vpc: VpcId }),
  );
  network.interfaces.push({
    NetworkInterfaceId: id,
    VpcId,
    Attachment: { InstanceId: instanceId },
    Groups: standing.map(({ id: GroupId, name: GroupName }) => ({ GroupId, GroupName })),
    ...more,
  });
  return standing.map(({ id: GroupId }) => GroupId);
};

export const isolated = (network: Network, ...more: Instance[]): MemoryAws =>
  new MemoryAws(memoryInterfaces(network), memoryInstances([anInstance(), ...more]), {
    'clock:Pause': () => ({}),
  });

const quarantine = (name: string, build: (network: Network) => void): Sample => ({
  name,
  input,
  world: () => {
    const network = new Network();
    build(network);
    return isolated(network);
  },
});

export const quarantineInterfaces: readonly Sample[] = [
  quarantine('one interface', (network) => {
    network.ipv6 = true;
    attach(network, 'eni-1', { groups: ['web', 'admin'] });
  }),
  quarantine('several, of a service, of two VPCs, in pages', (network) => {
    network.pageSize = 1;
    attach(network, 'eni-1');
    attach(network, 'eni-2', { VpcId: 'vpc-2' });
    attach(network, 'eni-3', { RequesterManaged: true, RequesterId: 'amazon-elb' });
    attach(network, 'eni-4', { InterfaceType: 'trunk' });
  }),
  quarantine('groups of ours that others changed', (network) => {
    attach(network, 'eni-1');
    const shut = network.group('drawbridge-quarantine', own('quarantine'));
    network.open(shut, { ...ssh, IpRanges: anybody });
    network.open(shut, { IpProtocol: '-1', IpRanges: anybody }, true);
    network.group('drawbridge-transition', own('transition'));
  }),
  quarantine('groups of our name that are not ours', (network) => {
    attach(network, 'eni-1');
    const false1 = network.group('Drawbridge-Quarantine', own('quarantine'));
    network.open(false1, { ...ssh, IpRanges: anybody });
    network.group('drawbridge-transition');
  }),
  quarantine('one of two is in quarantine already', (network) => {
    network.group('drawbridge-quarantine', own('quarantine'));
    attach(network, 'eni-1', { groups: ['drawbridge-quarantine'] });
    attach(network, 'eni-2');
  }),
  quarantine('nothing to do', (network) => {
    network.group('drawbridge-quarantine', own('quarantine'));
    attach(network, 'eni-1', { groups: ['drawbridge-quarantine'] });
  }),
  {
    name: 'terminated',
    input,
    world: () => new MemoryAws(memoryInstances([anInstance({ State: { Name: 'terminated' } })])),
  },
];

/** An Elastic IP address of the instance, unless more is said. */
export const anAddress = (n: number, more: Address = {}): Address => ({
  AllocationId: `eipalloc-${n}`,
  PublicIp: `203.0.113.${n}`,
  AssociationId: `eipassoc-old-${n}`,
  InstanceId: instanceId,
  NetworkInterfaceId: 'eni-1',
  PrivateIpAddress: `10.0.0.${n}`,
  ...more,
});

export const addressWorld = (...all: Address[]): Addresses => ({
  all,
  interfaces: { 'eni-1': instanceId, 'eni-2': instanceId, 'eni-9': 'i-other' },
});

const addresses = (name: string, ids: readonly number[], ...all: Address[]): Sample => {
  const allocationIds = ids.map((id) => `eipalloc-${id}`);
  const wanted: DisassociateAddresses = { instanceId, allocationIds };
  return {
    name,
    input: wanted,
    world: () => new MemoryAws(memoryAddresses(addressWorld(...all))),
  };
};

const elsewhere = { InstanceId: 'i-other', NetworkInterfaceId: 'eni-9' };

export const disassociateAddresses: readonly Sample[] = [
  addresses('one', [1], anAddress(1)),
  addresses(
    'two interfaces, and one of another instance',
    [1, 2],
    anAddress(1),
    anAddress(2, { NetworkInterfaceId: 'eni-2' }),
    anAddress(3, elsewhere),
  ),
  addresses('one that the plan did not know', [], anAddress(1)),
  addresses('moved to another instance', [1], anAddress(1, elsewhere)),
  addresses('none', []),
];

const metadata = (name: string, ...instances: Instance[]): Sample => ({
  name,
  input: { instanceId },
  world: () => new MemoryAws(memoryInstances(instances)),
});

export const disableMetadata: readonly Sample[] = [
  metadata('on', anInstance()),
  metadata('stopped', anInstance({ State: { Name: 'stopped' } })),
  metadata(
    'off already',
    anInstance({ MetadataOptions: { HttpTokens: 'optional', HttpEndpoint: 'disabled' } }),
  ),
  metadata('gone'),
];

const stop = (
  name: string,
  more: Partial<StopInstance>,
  instance: Instance,
  stopProtected = false,
): Sample => ({
  name,
  input: { instanceId, hibernate: false, stopProtection: false, ...more },
  world: () => new MemoryAws(memoryInstances([anInstance(instance)], { stopProtected })),
});

export const stopInstance: readonly Sample[] = [
  stop('running', {}, {}),
  stop('to hibernate', { hibernate: true }, { HibernationOptions: { Configured: true } }),
  stop('protected, and to stay so', { stopProtection: true }, {}, true),
  stop('to be protected', { stopProtection: true }, {}),
  stop('to lose its protection', {}, {}, true),
  stop('a Spot instance', { stopProtection: true }, { InstanceLifecycle: 'spot' }),
  stop('stopped already', {}, { State: { Name: 'stopped' } }),
  stop('stopped, to be protected', { stopProtection: true }, { State: { Name: 'stopped' } }),
  stop('terminated', {}, { State: { Name: 'terminated' } }),
];

const tag = (name: string, ...Tags: [string, string][]): Sample => ({
  name,
  input: { instanceId, tags: { 'drawbridge:isolated': 'yes', 'drawbridge:role': 'web' } },
  world: () =>
    new MemoryAws(
      memoryInstances([anInstance({ Tags: Tags.map(([Key, Value]) => ({ Key, Value })) })]),
    ),
});

export const tagInstance: readonly Sample[] = [
  tag('no tags'),
  tag('one that is overwritten, and others', ['drawbridge:isolated', 'no'], ['Name', 'web-1']),
  tag('tagged already', ['drawbridge:role', 'web'], ['drawbridge:isolated', 'yes']),
  { ...tag('gone'), world: () => new MemoryAws(memoryInstances([])) },
];
