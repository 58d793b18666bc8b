import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeSessionsCommand } from '@aws-sdk/client-ssm';

import { seedEstate, workloads, type Estate } from '../../../sandbox/estate';
import { asAccount } from '../../../sandbox/stack';
import { agents, type Agents } from './agents';
import { look } from './hosts';
import { startLocalAws, type LocalAws } from './local-aws';

let aws: LocalAws;
let estate: Estate;
let ec2: EC2Client;
let agent: Agents;
const settings = () => asAccount(aws.edge.url, workloads);

beforeAll(async () => {
  aws = await startLocalAws();
  estate = await seedEstate(aws.edge.url);
  ec2 = new EC2Client(settings());
  agent = agents(settings());
}, 60_000);
afterAll(() => aws.close(), 30_000);

test('the web server has two interfaces, two volumes, an address and a profile that the worker has too', async () => {
  const { web, worker, interfaces } = estate.servers;
  const server = await look(ec2, web);
  expect(server.NetworkInterfaces).toHaveLength(2);
  expect(server.BlockDeviceMappings?.map(({ Ebs }) => Ebs?.VolumeId)).toContain(
    estate.incident.volume,
  );
  expect(server.BlockDeviceMappings).toHaveLength(2);
  expect((await look(ec2, worker)).IamInstanceProfile).toEqual(server.IamInstanceProfile);
  const Filters = [{ Name: 'instance-id', Values: [web] }];
  expect((await ec2.send(new DescribeAddressesCommand({ Filters }))).Addresses).toMatchObject([
    { PublicIp: '198.51.100.24', NetworkInterfaceId: interfaces.primary },
  ]);
});

test("a service's interface is beside it in its group", async () => {
  const Filters = [{ Name: 'group-id', Values: [estate.network.groups.web] }];
  const found = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
  const managed = found.NetworkInterfaces?.filter(({ RequesterManaged }) => RequesterManaged);
  expect(managed?.map(({ NetworkInterfaceId }) => NetworkInterfaceId)).toEqual([
    estate.incident.balancerInterface,
  ]);
});

test('it is a target of two groups, in one by hand and on a port of its own', async () => {
  const balancing = new ElasticLoadBalancingV2Client(settings());
  const ports = async (TargetGroupArn: string) => {
    const found = await balancing.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    return found.TargetHealthDescriptions?.map(({ Target }) => [Target?.Id, Target?.Port]);
  };
  const { web } = estate.servers;
  expect(await ports(estate.fleet.targetGroup)).toEqual([[web, 443]]);
  expect(await ports(estate.incident.adminTargets.arn)).toEqual([[web, 9443]]);
});

test('its agent answers, and shows what is wrong with it; somebody is on it', async () => {
  const { web, worker } = estate.servers;
  expect(await agent.pings(web, worker)).toEqual({ [web]: 'Online', [worker]: 'Online' });
  const command = await agent.send(web, ['ss -tanp']);
  await agent.follow(command, web, 3);
  const { StandardOutputContent } = await agent.ask(command, web);
  expect(StandardOutputContent).toContain('203.0.113.66:4444');
  const { Sessions } = await agent.ssm.send(new DescribeSessionsCommand({ State: 'Active' }));
  expect(Sessions).toMatchObject([{ Target: web, SessionId: estate.incident.session }]);
});

test('there are an appliance in a VPC of its own, a spot instance and a stopped one', async () => {
  const { appliance, spot, stopped } = estate.oddServers;
  const InstanceIds = [appliance, spot, stopped];
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds }));
  const found = Object.fromEntries(
    Reservations.flatMap(({ Instances = [] }) => Instances).map((it) => [it.InstanceId, it]),
  );
  expect(found[appliance]?.SourceDestCheck).toBe(false);
  expect(found[appliance]?.VpcId).not.toBe(estate.network.vpcId);
  expect(found[spot]?.InstanceLifecycle).toBe('spot');
  expect(found[stopped]?.State?.Name).toBe('stopped');
});
