import type { Instance } from '@aws-sdk/client-ec2';
import * as fc from 'fast-check';
import { attach } from '../operations/samples/ec2-isolation';
import { instanceId } from '../operations/samples/ec2-instances';
import type { MemoryServer, Server } from './memory-server';
import { stateOf } from './server-state';

const interfaces = fc.array(
  fc.record({
    groups: fc.integer({ min: 1, max: 3 }),
    owner: fc.constantFrom('us', 'us', 'us', 'a service'),
  }),
  { maxLength: 3 },
);

/** Servers as they may stand in an account: 1–4 interfaces, 1–6 volumes, and what may be around them. */
export const anyServer: fc.Arbitrary<Server & { served: boolean }> = fc
  .record({
    more: interfaces,
    disks: fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
    spot: fc.boolean(),
    ipv6: fc.boolean(),
    inGroup: fc.boolean(),
    behind: fc.constantFrom<NonNullable<Server['behind']>>(false, true, 'targets', 'classic'),
    ping: fc.constantFrom<NonNullable<Server['ping']>>('Online', 'ConnectionLost', 'none'),
    withRole: fc.boolean(),
    elastic: fc.constantFrom<readonly number[]>([], [7], [7, 8]),
    peers: fc.constantFrom<readonly string[]>([], ['i-peer']),
  })
  .map(({ more, disks, spot, ipv6, ...around }) => ({
    ...around,
    served: more.some(({ owner }) => owner === 'a service'),
    instance: { ...disksOf(disks), ...(spot && { InstanceLifecycle: 'spot' as const }) },
    wire: (network) => {
      network.ipv6 = ipv6;
      for (const [index, { groups, owner }] of more.entries()) {
        const id = `eni-${index + 2}`;
        const names = Array.from({ length: groups }, (_, n) => `${id}-group-${n}`);
        const service = { RequesterManaged: true, RequesterId: 'amazon-elb' };
        attach(network, id, { groups: names, ...(owner === 'a service' && service) });
      }
    },
  }));

/** Whether each goes with the instance. */
const disksOf = (goes: readonly boolean[]): Instance => ({
  RootDeviceType: 'ebs',
  BlockDeviceMappings: goes.map((DeleteOnTermination, index) => ({
    DeviceName: `/dev/sd${'abcdef'.charAt(index)}`,
    Ebs: { VolumeId: `vol-${index}`, DeleteOnTermination },
  })),
});

export const anyOptions = fc.subarray([
  'host',
  'memory',
  'sessions',
  'addresses',
  'metadata',
  'stop',
]);

/**
 * Everything that AWS tells of a server and of what is around it, field by field. Left out, since a release cannot bring it
 * back as it was: ids of associations, which AWS gives anew; the two groups of ours in the VPC; sessions; snapshots.
 */
export const pictureOf = async (host: MemoryServer) => {
  const { aws, network } = host;
  const [{ Reservations = [] }, ...attributes] = await Promise.all([
    aws.call('ec2:DescribeInstances', { InstanceIds: [instanceId] }),
    ...attributeNames.map((Attribute) =>
      aws.call('ec2:DescribeInstanceAttribute', { InstanceId: instanceId, Attribute }),
    ),
  ]);
  return JSON.parse(
    JSON.stringify({
      instance: Reservations.flatMap(({ Instances = [] }) => Instances),
      attributes,
      // AWS tells of no tags and of an empty list of them alike.
      wires: network.interfaces.map(({ TagSet = [], ...each }) => ({ ...each, TagSet })),
      rules: network.groups.filter(({ tags }) => !('DrawbridgeGroup' in tags)),
      ...stateOf(host),
    }),
  ) as Record<string, unknown>;
};
const attributeNames = [
  'disableApiTermination',
  'disableApiStop',
  'instanceInitiatedShutdownBehavior',
] as const;
