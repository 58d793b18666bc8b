import fc from 'fast-check';
import type { NetworkInterface } from '@aws-sdk/client-ec2';
import { attach, own } from '../operations/samples/ec2-isolation';
import { Network } from './memory-interfaces';

const cidr = fc.constantFrom('10.0.0.0/8', '192.0.2.0/24', '0.0.0.0/0');

/** What stands in a VPC under a name of ours: its name, whether it has our tag, and whether it has rules. */
const standings = {
  none: () => ['', false, false],
  ours: (name) => [name, true, false],
  'ours, changed by others': (name) => [name, true, true],
  'not ours': (name) => [name, false, true],
  'not ours, in capitals': (name) => [name.toUpperCase(), true, true],
  'ours by the tag only': (name) => [`web-of-${name}`, true, true],
} satisfies Record<string, (name: string) => [string, boolean, boolean]>;
const standing = fc.constantFrom(...(Object.keys(standings) as (keyof typeof standings)[]));
const owner = fc.constantFrom<NetworkInterface[]>(
  {},
  {},
  {},
  { RequesterManaged: true, RequesterId: 'amazon-elb' },
  { Operator: { Managed: true, Principal: 'eks.amazonaws.com' } },
);

const anInterface = fc.record({
  groups: fc.integer({ min: 1, max: 5 }),
  sources: fc.array(cidr, { minLength: 1, maxLength: 3 }),
  owner,
  vpc: fc.constantFrom('vpc-1', 'vpc-1', 'vpc-1', 'vpc-2'),
});

/** How an instance's interfaces and the groups around them may stand: 1 to 4 interfaces, one of them its own. */
export const worlds = fc.record({
  interfaces: fc
    .array(anInterface, { minLength: 1, maxLength: 4 })
    .map(([first, ...more]) => [{ ...first!, owner: {} }, ...more]),
  quarantine: standing,
  transition: standing,
  ipv6: fc.boolean(),
  pageSize: fc.constantFrom(1, 2, 1000),
  lag: fc.integer({ min: 0, max: 2 }),
});
type World = typeof worlds extends fc.Arbitrary<infer W> ? W : never;

export const networkOf = (world: World): Network => {
  const network = new Network();
  Object.assign(network, { ipv6: world.ipv6, pageSize: world.pageSize, lag: world.lag });
  for (const [at, each] of world.interfaces.entries()) {
    const groups = Array.from({ length: each.groups }, (_, n) => `web-${at}-${n}`);
    attach(network, `eni-${at}`, { groups, VpcId: each.vpc, ...each.owner });
    for (const CidrIp of new Set(each.sources)) openUp(network, `web-${at}-0`, CidrIp);
  }
  attach(network, 'eni-peer', { groups: ['peer'], Attachment: { InstanceId: 'i-peer' } });
  for (const purpose of ['quarantine', 'transition'] as const) {
    const [name, tagged, opened] = standings[world[purpose]](`drawbridge-${purpose}`);
    if (name) network.group(name, tagged ? own(purpose) : {});
    if (name && opened) openUp(network, name, '198.51.100.0/24');
  }
  return network;
};

const openUp = (network: Network, name: string, CidrIp: string): void => {
  const group = network.groups.find((each) => each.name === name);
  if (!group) throw new TypeError(`no group ${name}`);
  for (const egress of [false, true])
    network.open(
      group,
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp }] },
      egress,
    );
};

/** What an interface lets through, by rule. */
export const reachOf = (network: Network, id: string): ReadonlySet<string> =>
  new Set(
    network
      .groupsOf(id)
      .flatMap((groupId) => network.find(groupId).rules)
      .map(({ IsEgress = false, IpProtocol, FromPort, CidrIpv4, CidrIpv6 }) =>
        [IsEgress, IpProtocol, FromPort, CidrIpv4, CidrIpv6].join(' '),
      ),
  );

/** Every interface, with its groups and tags: what an isolation and its way back must leave as it was. */
export const picture = ({ interfaces }: Network) =>
  interfaces.map(({ NetworkInterfaceId, Groups, TagSet = [] }) => ({
    NetworkInterfaceId,
    Groups,
    TagSet,
  }));
