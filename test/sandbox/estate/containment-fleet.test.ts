import { ModifyNetworkInterfaceAttributeCommand, StopInstancesCommand } from '@aws-sdk/client-ec2';
import {
  CreateLoadBalancerCommand,
  DeregisterInstancesFromLoadBalancerCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingClient,
  RegisterInstancesWithLoadBalancerCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  DeregisterTargetsCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';

import { workloads } from '../../../sandbox/estate';
import { asAccount } from '../../../sandbox/stack';
import { balance, fleet, fleets, healthOf, targetGroup, type Fleets } from './fleets';
import { launch, look, refusal } from './hosts';
import { startLocalAws, type LocalAws } from './local-aws';

let aws: LocalAws;
let all: Fleets;

beforeAll(async () => {
  aws = await startLocalAws();
  all = await fleets(asAccount(aws.edge.url, workloads));
}, 60_000);
afterAll(() => aws.close(), 30_000);

const health = (arn: string, ...ids: string[]) => healthOf(all, arn, ...ids);

test('standby takes a member out of service, step by step, and out of the load balancer', async () => {
  const { host, arn, enter, exit, state, group } = await fleet(all, 'web');
  expect(await refusal(exit())).toBe('ValidationError');
  await enter(true);
  expect([await state(), await state()]).toEqual(['EnteringStandby', 'Standby']);
  expect(await health(arn)).toEqual([[443, 'draining']]);
  expect(await health(arn)).toEqual([]);
  expect(await refusal(enter(true))).toBe('ValidationError');
  expect((await group()).DesiredCapacity).toBe(0);
  await exit();
  expect([await state(), await state()]).toEqual(['Pending', 'InService']);
  expect((await group()).DesiredCapacity).toBe(1);
  expect(await health(arn, host.id)).toEqual([[443, 'initial']]);
});

test('standby keeps to the smallest size, and to members of the group', async () => {
  const { enter, size, state } = await fleet(all, 'small', 1);
  await expect(enter(true)).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringContaining('min-size=1, max-size=2, and desired-size=1'),
  });
  const stranger = await launch(all.ec2, all.here);
  expect(await refusal(enter(false, [stranger.id]))).toBe('ValidationError');
  expect(await state()).toBe('InService');
  await size({ MinSize: 0 });
  expect(await refusal(enter(true))).toBe('nothing');
});

test('without a smaller capacity another is launched, and the way back keeps to the largest size', async () => {
  const { host, enter, exit, size, state, group } = await fleet(all, 'replaced', 1);
  await enter(false);
  const others = (await group()).Instances?.filter(({ InstanceId }) => InstanceId !== host.id);
  expect(others).toMatchObject([{ LifecycleState: 'InService' }]);
  expect((await group()).DesiredCapacity).toBe(1);
  await state();
  await size({ MaxSize: 1 });
  expect(await refusal(exit())).toBe('ValidationError');
  await size({ MaxSize: 2 });
  await exit();
  expect((await group()).DesiredCapacity).toBe(2);
});

test('who is on standby is not ended by a smaller capacity', async () => {
  const { host, enter, size } = await fleet(all, 'shrinking');
  await enter(false);
  await size({ DesiredCapacity: 0 });
  expect((await look(all.ec2, host.id)).State?.Name).toBe('running');
});

test('nothing is launched while Launch is suspended', async () => {
  const { enter, suspend, resume, group } = await fleet(all, 'quiet');
  await suspend('Launch', 'Terminate');
  await enter(false);
  expect((await group()).Instances).toHaveLength(1);
  await resume('Launch');
  const { SuspendedProcesses = [] } = await group();
  expect(SuspendedProcesses.map(({ ProcessName }) => ProcessName)).toEqual(['Terminate']);
});

test('only members can be protected from scaling in', async () => {
  const { protect, group } = await fleet(all, 'kept');
  await protect();
  expect((await group()).Instances).toMatchObject([{ ProtectedFromScaleIn: true }]);
  const stranger = await launch(all.ec2, all.here);
  expect(await refusal(protect([stranger.id]))).toBe('ValidationError');
});

test('a member in service that nobody can reach any more is ended, with all evidence; one on standby is not', async () => {
  const [safe, lost] = [await fleet(all, 'safe'), await fleet(all, 'lost')];
  const shut = (NetworkInterfaceId: string) =>
    all.ec2.send(
      new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Groups: [all.here.closed] }),
    );
  await safe.enter(true);
  await shut(safe.host.eni);
  await shut(lost.host.eni);
  expect(await refusal(lost.enter(true))).toBe('ValidationError');
  expect((await look(all.ec2, lost.host.id)).State?.Name).toBe('terminated');
  expect((await look(all.ec2, safe.host.id)).State?.Name).toBe('running');
});

test('a stopped member is ended too, unless that is suspended', async () => {
  const [safe, lost] = [await fleet(all, 'paused'), await fleet(all, 'ended')];
  await safe.suspend('ReplaceUnhealthy');
  const InstanceIds = [safe.host.id, lost.host.id];
  await all.ec2.send(new StopInstancesCommand({ InstanceIds }));
  expect((await look(all.ec2, safe.host.id)).State?.Name).toBe('stopped');
  expect((await look(all.ec2, lost.host.id)).State?.Name).toBe('terminated');
});

test('a target is let go by its port, drains, and one that is not there is no error', async () => {
  const arn = await targetGroup(all, 'ports');
  await balance(all, 'ports', arn);
  const { id } = await launch(all.ec2, all.here);
  const register = { TargetGroupArn: arn, Targets: [{ Id: id }, { Id: id, Port: 8443 }] };
  await all.balancing.send(new RegisterTargetsCommand(register));
  await health(arn);
  const rest = [8443, 'healthy'];
  expect(await health(arn)).toEqual([[443, 'healthy'], rest]);
  const leave = { TargetGroupArn: arn, Targets: [{ Id: id }, { Id: 'i-0123456789abcdef9' }] };
  await all.balancing.send(new DeregisterTargetsCommand(leave));
  expect(await health(arn)).toEqual([rest, [443, 'draining']]);
  expect(await health(arn)).toEqual([rest]);
  expect(await health(arn, id)).toEqual([[443, 'unused']]);
});

test('a target group that no load balancer uses has only unused targets', async () => {
  const arn = await targetGroup(all, 'idle');
  const { id } = await launch(all.ec2, all.here);
  const Targets = [{ Id: id }];
  await all.balancing.send(new RegisterTargetsCommand({ TargetGroupArn: arn, Targets }));
  expect(await health(arn)).toEqual([[443, 'unused']]);
});

test('a classic load balancer has each instance once, and none that there is not', async () => {
  const classic = new ElasticLoadBalancingClient(asAccount(aws.edge.url, workloads));
  const LoadBalancerName = 'classic';
  const Listeners = [{ Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 80 }];
  const Subnets = [all.here.subnets[0]];
  await classic.send(new CreateLoadBalancerCommand({ LoadBalancerName, Listeners, Subnets }));
  const { id } = await launch(all.ec2, all.here);
  const of = (InstanceId: string) => ({ LoadBalancerName, Instances: [{ InstanceId }] });
  const join = (it: string) => classic.send(new RegisterInstancesWithLoadBalancerCommand(of(it)));
  await join(id);
  expect((await join(id)).Instances).toEqual([{ InstanceId: id }]);
  expect(await refusal(join('i-0123456789abcdef9'))).toBe('InvalidEndPointException');
  await classic.send(new DeregisterInstancesFromLoadBalancerCommand(of(id)));
  const { LoadBalancerDescriptions } = await classic.send(new DescribeLoadBalancersCommand({}));
  expect(LoadBalancerDescriptions?.[0]?.Instances).toEqual([]);
});
