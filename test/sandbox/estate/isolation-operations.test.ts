import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AttachNetworkInterfaceCommand,
  CreateNetworkInterfaceCommand,
  DescribeInstancesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { STSClient } from '@aws-sdk/client-sts';
import {
  botAccount,
  externalId,
  seedEstate,
  workloads,
  type Estate,
} from '../../../sandbox/estate';
import { asAccount } from '../../../sandbox/stack';
import { estateThrough } from '../../../src/aws/estate';
import type { Json } from '../../../src/domain/canonical';
import { Target } from '../../../src/domain/target';
import { operationOf } from '../../../src/operations';
import { startLocalAws, until, type LocalAws } from './local-aws';
import { localEvidence } from './local-evidence';

let aws: LocalAws;
let estate: Estate;
let sessions: ReturnType<typeof estateThrough>;

beforeAll(async () => {
  aws = await startLocalAws();
  process.env['AWS_ENDPOINT_URL'] = aws.edge.url;
  estate = await seedEstate(aws.edge.url);
  const role = { name: 'DrawbridgeResponder', externalId, partition: 'aws' };
  const noTools = { endpoints: [], secretOf: () => Promise.resolve(''), now: () => new Date() };
  const sts = new STSClient(asAccount(aws.edge.url, botAccount));
  sessions = estateThrough(sts, role, noTools, await localEvidence(aws));
}, 60_000);
afterAll(async () => {
  delete process.env['AWS_ENDPOINT_URL'];
  await aws.close();
}, 30_000);

/** One step under the sessions of its operation, forth and back. */
const step = async (kind: string, input: Json) => {
  const operation = operationOf(kind);
  if (operation.irreversible !== undefined) throw new TypeError(`${kind} has no way back`);
  const { permissions } = operation;
  const id = estate.servers.worker;
  const target = Target.parse({
    kind: 'AwsEc2Instance',
    id,
    account: workloads,
    region: 'us-east-1',
  });
  const session = (...actions: (readonly string[])[]) =>
    sessions.session(target, actions.flat(), { name: 'Rita', remediation: 'rem-0000000000' });
  const run = 'rem-0000000000/0';
  /** As it is once AWS has taken a change over. */
  const read = () =>
    until(async () => {
      const state = await operation.read(await session(permissions.read), input, run);
      return operation.pending?.(state, input) ? undefined : { state };
    }).then(({ state }) => state);
  const before = await read();
  expect([kind, operation.holds(before, input)]).toEqual([kind, false]);
  for (let tried = 0; tried < 2; tried += 1)
    await operation.apply(await session(permissions.apply), input, await read(), run);
  const after = await read();
  expect([kind, operation.holds(after, input)]).toEqual([kind, true]);
  return async () => {
    await operation.undo(await session(permissions.undo), input, before, await read());
    const end = await read();
    expect([kind, operation.restored(end, input, before)]).toEqual([kind, true]);
    expect(end).toEqual(before);
  };
};

/** A second interface, and an Elastic IP address on it. */
const grow = async (InstanceId: string) => {
  const ec2 = new EC2Client(asAccount(aws.edge.url, workloads));
  const { Reservations } = await ec2.send(
    new DescribeInstancesCommand({ InstanceIds: [InstanceId] }),
  );
  const { SubnetId, VpcId = '' } = Reservations?.[0]?.Instances?.[0] ?? {};
  const { NetworkInterface } = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }));
  const { NetworkInterfaceId, PrivateIpAddress } = NetworkInterface ?? {};
  await ec2.send(
    new AttachNetworkInterfaceCommand({ InstanceId, NetworkInterfaceId, DeviceIndex: 1 }),
  );
  const { AllocationId = '' } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  await ec2.send(
    new AssociateAddressCommand({ AllocationId, NetworkInterfaceId, PrivateIpAddress }),
  );
  return { vpcId: VpcId, allocation: AllocationId };
};

// The web server's group would end it for being cut off: see the standby that comes first in a plan.
test('a seeded server is cut off in every way, and comes back as it was', async () => {
  const instanceId = estate.servers.worker;
  const { vpcId, allocation } = await grow(instanceId);
  aws.edge.reset();

  const undos = [
    await step('ec2.quarantine-interfaces', { instanceId, vpcId, waitSeconds: 1 }),
    await step('ec2.disassociate-addresses', { instanceId, allocationIds: [allocation] }),
    await step('ec2.disable-metadata', { instanceId }),
    await step('ec2.stop-instance', { instanceId, hibernate: false, stopProtection: true }),
    await step('ec2.tag-instance', { instanceId, tags: { 'drawbridge:isolated': 'yes' } }),
  ];
  for (const undo of undos.reverse()) await undo();

  expect(aws.edge.calls({}).filter(({ error }) => /AccessDenied/.test(error ?? ''))).toEqual([]);
}, 60_000);
