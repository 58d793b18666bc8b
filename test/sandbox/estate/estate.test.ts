import {
  AutoScalingClient,
  DescribeAutoScalingInstancesCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  DescribeInstancesCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  ModifyNetworkInterfaceAttributeCommand,
} from '@aws-sdk/client-ec2';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';

import { serviceKey } from '../../../sandbox/edge';
import {
  botAccount,
  findingsOf,
  samplesOf,
  seedEstate,
  workloads,
  type Estate,
} from '../../../sandbox/estate';
import { asAccount } from '../../../sandbox/stack';
import { startLocalAws, type LocalAws } from './local-aws';

let aws: LocalAws;
let estate: Estate;
let ec2: EC2Client;

beforeAll(async () => {
  aws = await startLocalAws();
  estate = await seedEstate(aws.edge.url);
  ec2 = new EC2Client(asAccount(aws.edge.url, workloads));
}, 60_000);
afterAll(() => aws.close(), 30_000);

const webServer = async () => {
  const wanted = new DescribeInstancesCommand({ InstanceIds: [estate.servers.web] });
  return (await ec2.send(wanted)).Reservations?.[0]?.Instances?.[0];
};

test('no call of the seed fails', () => {
  expect(aws.edge.calls().filter(({ status }) => status >= 400)).toEqual([]);
});

test('the web server has the id that the documentation names', async () => {
  expect(await webServer()).toMatchObject({
    InstanceId: 'i-1234567890abcdef0',
    SecurityGroups: [{ GroupName: 'web-sg' }],
  });
});

test('the web server is in an Auto Scaling group', async () => {
  const scaling = new AutoScalingClient(asAccount(aws.edge.url, workloads));
  const { AutoScalingInstances } = await scaling.send(new DescribeAutoScalingInstancesCommand({}));
  expect(AutoScalingInstances).toMatchObject([
    { InstanceId: estate.servers.web, LifecycleState: 'InService' },
  ]);
});

test('web-sg lets the world in by SSH, and the bastion too', async () => {
  const Filters = [{ Name: 'group-id', Values: [estate.network.groups.web] }];
  const { SecurityGroupRules } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
  const inbound = (SecurityGroupRules ?? []).filter(({ IsEgress }) => !IsEgress);
  expect(
    inbound.map((it) => [it.FromPort, it.ToPort, it.CidrIpv4 ?? it.CidrIpv6, it.Description]),
  ).toEqual([
    [22, 22, '0.0.0.0/0', 'temporary ssh, remove after migration'],
    [20, 25, '::/0', 'file transfer and mail relay'],
    [443, 443, '0.0.0.0/0', 'public website'],
    [22, 22, '10.0.0.0/8', 'bastion'],
  ]);
});

test("moving the primary interface to another group shows in the instance's groups, and only there", async () => {
  const { internal } = estate.network.groups;
  const { primary } = estate.servers.interfaces;
  const move = { NetworkInterfaceId: primary, Groups: [internal] };
  await ec2.send(new ModifyNetworkInterfaceAttributeCommand(move));
  const server = await webServer();
  expect(server?.SecurityGroups).toMatchObject([{ GroupId: internal }]);
  const groups = server?.NetworkInterfaces?.map((it) => it.Groups?.map(({ GroupId }) => GroupId));
  expect(groups).toEqual([[internal], [internal]]);
});

test('a service may read a bucket of any account, an account only its own', async () => {
  const read = { Bucket: estate.buckets.raw, Key: 'hr/employees.json' };
  const macie = new S3Client(asAccount(aws.edge.url, serviceKey));
  const object = await macie.send(new GetObjectCommand(read));
  expect(await object.Body?.transformToString()).toContain('219-09-9998');
  const other = new S3Client(asAccount(aws.edge.url, botAccount));
  await expect(other.send(new GetObjectCommand(read))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
});

test('there is a finding of each product, the first about the open SSH port', () => {
  const findings = findingsOf(estate, new Date());
  expect(findings[0]).toMatchObject({ GeneratorId: 'security-control/EC2.13' });
  const products = new Set(findings.map((it) => it.ProductArn?.split('product/')[1]));
  expect([...products]).toEqual([
    'aws/securityhub',
    'aws/guardduty',
    'aws/inspector',
    'aws/access-analyzer',
    'prowler/prowler',
    'aws/config',
  ]);
});

test('each sample is an envelope as EventBridge delivers it, under a name of its own', () => {
  const samples = samplesOf(estate);
  expect(new Set(samples.map(({ name }) => name)).size).toBe(samples.length);
  for (const { event } of samples) {
    expect(event).toMatchObject({ version: '0', account: botAccount, region: 'us-east-1' });
  }
});
