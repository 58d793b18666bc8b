import {
  CreateTagsCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DisassociateIamInstanceProfileCommand,
  EC2Client,
  ModifyNetworkInterfaceAttributeCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  DeleteRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  ListInstanceProfilesForRoleCommand,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CancelCommandCommand,
  DescribeInstanceInformationCommand,
  DescribeSessionsCommand,
  StartSessionCommand,
  TerminateSessionCommand,
} from '@aws-sdk/client-ssm';

import { workloads } from '../../../sandbox/estate';
import { asAccount } from '../../../sandbox/stack';
import { agents, type Agents } from './agents';
import { agentCalls, launch, place, policy, profile, refusal, wish, type Place } from './hosts';
import { startLocalAws, type LocalAws } from './local-aws';

let aws: LocalAws;
let ec2: EC2Client;
let iam: IAMClient;
let agent: Agents;
let here: Place;
/** Both have the role `web`. */
let host: { id: string; eni: string };
let peer: { id: string; eni: string };

beforeAll(async () => {
  aws = await startLocalAws();
  const settings = asAccount(aws.edge.url, workloads);
  [ec2, iam, agent] = [new EC2Client(settings), new IAMClient(settings), agents(settings)];
  here = await place(ec2, '10.20');
  const IamInstanceProfile = { Name: await profile(iam, 'web') };
  host = await launch(ec2, here, { IamInstanceProfile });
  peer = await launch(ec2, here, { IamInstanceProfile });
}, 60_000);
afterAll(() => aws.close(), 30_000);

describe('managed instances', () => {
  test('report while they run with a role that lets them', async () => {
    const plain = await launch(ec2, here);
    const stopped = await launch(ec2, here, { IamInstanceProfile: { Name: 'web' } });
    await ec2.send(new StopInstancesCommand({ InstanceIds: [stopped.id] }));
    expect(await agent.pings(host.id, plain.id, stopped.id)).toEqual({ [host.id]: 'Online' });
    await wish(ec2, plain.id, 'agent', 'default');
    expect(await agent.pings(plain.id)).toEqual({ [plain.id]: 'Online' });
  });

  test('are not there, or lost, on wish', async () => {
    const one = await launch(ec2, here, { IamInstanceProfile: { Name: 'web' } });
    await wish(ec2, one.id, 'agent', 'lost');
    expect(await agent.pings(one.id)).toEqual({ [one.id]: 'ConnectionLost' });
    await wish(ec2, one.id, 'agent', 'none');
    expect(await agent.pings(one.id)).toEqual({});
    const Filters = [{ Key: 'Colour', Values: ['red'] }];
    const odd = agent.ssm.send(new DescribeInstanceInformationCommand({ Filters }));
    expect(await refusal(odd)).toBe('InvalidFilterKey');
  });

  test('are lost when nothing may leave them: a command stays pending and can be taken back', async () => {
    const cut = await launch(ec2, here, { IamInstanceProfile: { Name: 'web' } });
    expect(await agent.pings(cut.id)).toEqual({ [cut.id]: 'Online' });
    const Groups = [here.closed];
    await ec2.send(
      new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: cut.eni, Groups }),
    );
    expect(await agent.pings(cut.id)).toEqual({ [cut.id]: 'ConnectionLost' });
    const command = await agent.send(cut.id);
    const told = await agent.follow(command, cut.id, 5);
    expect(told.slice(2)).toEqual(['Pending', 'Pending', 'Pending']);
    await agent.ssm.send(new CancelCommandCommand({ CommandId: command }));
    expect(await agent.follow(command, cut.id, 2)).toEqual(['Cancelling', 'Cancelled']);
  });
});

describe('the credentials of an instance', () => {
  const deny = (what: object, condition: object) =>
    iam.send(
      new PutRolePolicyCommand({
        RoleName: 'web',
        PolicyName: 'quarantine',
        PolicyDocument: policy({ Effect: 'Deny', Resource: '*', ...what, Condition: condition }),
      }),
    );
  const arn = (id: string) => `arn:aws:ec2:us-east-1:${workloads}:instance/${id}`;
  const onlyHost = () => ({ ArnEquals: { 'ec2:SourceInstanceARN': arn(host.id) } });
  const decide = async (action: string, id: string) => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'web' }));
    const { EvaluationResults } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: Role?.Arn,
        ActionNames: [action],
        ContextEntries: [
          {
            ContextKeyName: 'ec2:SourceInstanceARN',
            ContextKeyType: 'string',
            ContextKeyValues: [arn(id)],
          },
        ],
      }),
    );
    return EvaluationResults?.[0]?.EvalDecision;
  };
  afterEach(() =>
    iam
      .send(new DeleteRolePolicyCommand({ RoleName: 'web', PolicyName: 'quarantine' }))
      .catch(() => undefined),
  );

  test('fenced to what the agent needs still report, and their peers keep all', async () => {
    await deny({ NotAction: agentCalls }, onlyHost());
    expect(await decide('s3:GetObject', host.id)).toBe('explicitDeny');
    expect(await decide('ssmmessages:OpenControlChannel', host.id)).toBe('allowed');
    expect(await decide('s3:GetObject', peer.id)).toBe('allowed');
    expect(await decide('iam:CreateUser', peer.id)).toBe('implicitDeny');
    expect(await agent.pings(host.id, peer.id)).toEqual({
      [host.id]: 'Online',
      [peer.id]: 'Online',
    });
  });

  test('outlive the profile until they are denied', async () => {
    const Filters = [{ Name: 'instance-id', Values: [host.id] }];
    const { IamInstanceProfileAssociations: found = [] } = await ec2.send(
      new DescribeIamInstanceProfileAssociationsCommand({ Filters }),
    );
    const AssociationId = found[0]?.AssociationId;
    await ec2.send(new DisassociateIamInstanceProfileCommand({ AssociationId }));
    expect(await agent.pings(host.id)).toEqual({ [host.id]: 'Online' });
    await deny({ Action: '*' }, onlyHost());
    expect(await agent.pings(host.id, peer.id)).toEqual({
      [host.id]: 'ConnectionLost',
      [peer.id]: 'Online',
    });
  });

  test('issued before a moment are cut off for all who share the role', async () => {
    await deny({ Action: '*' }, { DateLessThan: { 'aws:TokenIssueTime': '2999-01-01T00:00:00Z' } });
    expect(await agent.pings(peer.id)).toEqual({ [peer.id]: 'ConnectionLost' });
    const RoleName = 'web';
    const list = new ListInstanceProfilesForRoleCommand({ RoleName });
    expect((await iam.send(list)).InstanceProfiles).toHaveLength(1);
  });
});

test('a session can be seen and ended', async () => {
  const one = await launch(ec2, here, { IamInstanceProfile: { Name: 'web' } });
  const Tags = [{ Key: 'sandbox:session-owner', Value: 'arn:aws:iam::444455556666:user/dana' }];
  await ec2.send(new CreateTagsCommand({ Resources: [one.id], Tags }));
  const { SessionId } = await agent.ssm.send(new StartSessionCommand({ Target: one.id }));
  const read = async (State: 'Active' | 'History') => {
    const filters = [{ key: 'Target' as const, value: one.id }];
    const asked = new DescribeSessionsCommand({ State, Filters: filters });
    return ((await agent.ssm.send(asked)).Sessions ?? []).map(({ Status, Owner }) => [
      Status,
      Owner,
    ]);
  };
  const owner = 'arn:aws:iam::444455556666:user/dana';
  expect(await read('Active')).toEqual([['Connected', owner]]);
  await agent.ssm.send(new TerminateSessionCommand({ SessionId }));
  expect(await read('Active')).toEqual([['Terminating', owner]]);
  expect(await read('Active')).toEqual([]);
  expect(await read('History')).toEqual([['Terminated', owner]]);
  await wish(ec2, one.id, 'agent', 'lost');
  const again = agent.ssm.send(new StartSessionCommand({ Target: one.id }));
  expect(await refusal(again)).toBe('TargetNotConnected');
});
