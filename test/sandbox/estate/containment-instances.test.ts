import {
  DescribeInstanceAttributeCommand,
  type DescribeInstanceAttributeCommandInput,
  DescribeInstancesCommand,
  DescribeTagsCommand,
  EC2Client,
  GetConsoleOutputCommand,
  GetConsoleScreenshotCommand,
  ModifyInstanceAttributeCommand,
  type ModifyInstanceAttributeCommandInput,
  ModifyInstanceMetadataOptionsCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';

import { workloads } from '../../../sandbox/estate';
import { asAccount } from '../../../sandbox/stack';
import { launch, look, place, refusal, wish, type Place } from './hosts';
import { startLocalAws, type LocalAws } from './local-aws';

let aws: LocalAws;
let ec2: EC2Client;
let here: Place;
let host: string;

beforeAll(async () => {
  aws = await startLocalAws();
  ec2 = new EC2Client(asAccount(aws.edge.url, workloads));
  here = await place(ec2, '10.20');
  host = (await launch(ec2, here)).id;
}, 60_000);
afterAll(() => aws.close(), 30_000);

const change = (
  InstanceId: string,
  what: Omit<ModifyInstanceAttributeCommandInput, 'InstanceId'>,
) => ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, ...what }));

const read = (Attribute: DescribeInstanceAttributeCommandInput['Attribute']) =>
  ec2.send(new DescribeInstanceAttributeCommand({ InstanceId: host, Attribute }));

test('protections and the shutdown behaviour are read back, and the groups stay', async () => {
  await change(host, { DisableApiTermination: { Value: true } });
  await change(host, { DisableApiStop: { Value: true } });
  await change(host, { InstanceInitiatedShutdownBehavior: { Value: 'terminate' } });
  expect((await read('disableApiTermination')).DisableApiTermination?.Value).toBe(true);
  expect((await read('disableApiStop')).DisableApiStop?.Value).toBe(true);
  expect(
    (await read('instanceInitiatedShutdownBehavior')).InstanceInitiatedShutdownBehavior?.Value,
  ).toBe('terminate');
  expect((await look(ec2, host)).SecurityGroups).toMatchObject([{ GroupId: here.open }]);
  const InstanceIds = [host];
  const ends = [
    await refusal(ec2.send(new TerminateInstancesCommand({ InstanceIds }))),
    await refusal(ec2.send(new StopInstancesCommand({ InstanceIds }))),
  ];
  expect(ends).toEqual(['OperationNotPermitted', 'OperationNotPermitted']);
});

test('volumes can be kept when the instance ends, by the name of a device that there is', async () => {
  const keep = (DeviceName: string) =>
    change(host, {
      BlockDeviceMappings: [{ DeviceName, Ebs: { DeleteOnTermination: false } }],
    });
  expect(await refusal(keep('/dev/xvdz'))).toBe('InvalidInstanceAttributeValue');
  const before = (await look(ec2, host)).BlockDeviceMappings?.[0];
  await keep(before?.DeviceName ?? '');
  const kept = { DeviceName: before?.DeviceName, Ebs: { DeleteOnTermination: false } };
  expect((await look(ec2, host)).BlockDeviceMappings).toMatchObject([kept]);
  expect((await read('blockDeviceMapping')).BlockDeviceMappings).toMatchObject([kept]);
});

test('an instance changes one attribute per call, some only while it is stopped', async () => {
  const flag = { Value: true };
  expect(await refusal(change(host, { DisableApiStop: flag, DisableApiTermination: flag }))).toBe(
    'InvalidParameterCombination',
  );
  expect(await refusal(change(host, {}))).toBe('InvalidParameterCombination');
  expect(await refusal(change(host, { UserData: { Value: Buffer.from('x') } }))).toBe(
    'IncorrectInstanceState',
  );
});

test('a dry run changes nothing', async () => {
  const dry = change(host, { DisableApiStop: { Value: false }, DryRun: true });
  expect(await refusal(dry)).toBe('DryRunOperation');
  expect((await read('disableApiStop')).DisableApiStop?.Value).toBe(true);
});

test('a spot instance cannot be protected against termination, nor stopped', async () => {
  const spot = await launch(ec2, here, { InstanceMarketOptions: { MarketType: 'spot' } });
  expect((await look(ec2, spot.id)).InstanceLifecycle).toBe('spot');
  expect(await refusal(change(spot.id, { DisableApiTermination: { Value: true } }))).toBe(
    'UnsupportedOperation',
  );
  const stop = new StopInstancesCommand({ InstanceIds: [spot.id] });
  expect(await refusal(ec2.send(stop))).toBe('UnsupportedOperation');
});

test('protection can be asked for at launch', async () => {
  const { id } = await launch(ec2, here, { DisableApiTermination: true });
  const end = new TerminateInstancesCommand({ InstanceIds: [id] });
  expect(await refusal(ec2.send(end))).toBe('OperationNotPermitted');
});

test('an instance that a service operates refuses changes', async () => {
  const Tags = [{ Key: 'sandbox:operator', Value: 'eks.amazonaws.com' }];
  const TagSpecifications = [{ ResourceType: 'instance' as const, Tags }];
  const { id } = await launch(ec2, here, { TagSpecifications });
  expect((await look(ec2, id)).Operator).toMatchObject({
    Managed: true,
    Principal: 'eks.amazonaws.com',
  });
  expect(await refusal(change(id, { DisableApiStop: { Value: true } }))).toBe(
    'OperationNotPermitted',
  );
});

test('metadata options are pending before they are applied', async () => {
  const set = new ModifyInstanceMetadataOptionsCommand({
    InstanceId: host,
    HttpEndpoint: 'disabled',
  });
  const states = [(await ec2.send(set)).InstanceMetadataOptions?.State];
  for (let reads = 0; reads < 2; reads += 1) {
    states.push((await look(ec2, host)).MetadataOptions?.State);
  }
  expect(states[0]).toBe('pending');
  expect(states.at(-1)).toBe('applied');
});

test('an id is malformed, or not found', async () => {
  const find = (id: string) =>
    refusal(ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] })));
  expect(await find('i-123456789')).toBe('InvalidInstanceID.Malformed');
  expect(await find('i-0123456789abcdef9')).toBe('InvalidInstanceID.NotFound');
});

test('the console tells of its own host; its latest state only on Nitro', async () => {
  const output = async (InstanceId: string) => {
    const { Output = '' } = await ec2.send(
      new GetConsoleOutputCommand({ InstanceId, Latest: true }),
    );
    return Buffer.from(Output, 'base64').toString('utf8');
  };
  const { PrivateIpAddress = '' } = await look(ec2, host);
  expect(await output(host)).toContain(`ens5 | True | ${PrivateIpAddress} |`);
  const xen = await launch(ec2, here, { InstanceType: 't2.micro' });
  expect(await refusal(output(xen.id))).toBe('UnsupportedOperation');
});

test('a screenshot is a JPEG; Arm, bare metal and what does not run have none', async () => {
  const take = (InstanceId: string) => ec2.send(new GetConsoleScreenshotCommand({ InstanceId }));
  const { ImageData = '' } = await take(host);
  const picture = Buffer.from(ImageData, 'base64');
  expect([...picture.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  expect(picture.length).toBeLessThan(100_000);
  const others = [
    await launch(ec2, here, { InstanceType: 't4g.small' }),
    await launch(ec2, here, { InstanceType: 'm5.metal' }),
  ];
  for (const { id } of others) expect(await refusal(take(id))).toBe('UnsupportedOperation');
  const { id } = await launch(ec2, here);
  await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
  expect(await refusal(take(id))).toBe('IncorrectInstanceState');
});

test("the sandbox's own wishes are no tags of the estate", async () => {
  await wish(ec2, host, 'compromised');
  const Filters = [{ Name: 'resource-id', Values: [host] }];
  expect((await ec2.send(new DescribeTagsCommand({ Filters }))).Tags).toEqual([]);
  expect((await look(ec2, host)).Tags ?? []).toEqual([]);
});
