import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import {
  CancelCommandCommand,
  CreateDocumentCommand,
  DescribeDocumentCommand,
  GetDocumentCommand,
  ListCommandInvocationsCommand,
  UpdateDocumentCommand,
} from '@aws-sdk/client-ssm';

import { workloads } from '../../../sandbox/estate';
import { asAccount } from '../../../sandbox/stack';
import { agents, type Agents } from './agents';
import { launch, place, profile, refusal, wish, type Place } from './hosts';
import { startLocalAws, type LocalAws } from './local-aws';

let aws: LocalAws;
let ec2: EC2Client;
let agent: Agents;
let here: Place;
let host: { id: string; eni: string };
let peer: { id: string; eni: string };

beforeAll(async () => {
  aws = await startLocalAws();
  const settings = asAccount(aws.edge.url, workloads);
  [ec2, agent] = [new EC2Client(settings), agents(settings)];
  here = await place(ec2, '10.20');
  const IamInstanceProfile = { Name: await profile(new IAMClient(settings), 'web') };
  host = await launch(ec2, here, { IamInstanceProfile });
  peer = await launch(ec2, here, { IamInstanceProfile });
}, 60_000);
afterAll(() => aws.close(), 30_000);

const course = ['InvocationDoesNotExist', 'Pending', 'InProgress'];

test('a command goes to managed instances only, with a document and parameters that there are', async () => {
  const plain = await launch(ec2, here);
  expect(await refusal(agent.send(plain.id))).toBe('InvalidInstanceId');
  expect(await refusal(agent.send('i-0123456789abcdef9'))).toBe('InvalidInstanceId');
  const others = [
    agent.send(host.id, [], { DocumentName: 'No-Such-Document' }),
    agent.send(host.id, [], { Parameters: { words: ['ps'] } }),
    agent.send(host.id, [], { DocumentName: 'AWS-RunPowerShellScript' }),
  ];
  expect(await Promise.all(others.map(refusal))).toEqual([
    'InvalidDocument',
    'InvalidParameters',
    'UnsupportedPlatformType',
  ]);
});

test('a command is unknown at first, pending, in progress, done; its output is of that host', async () => {
  const lines = ['echo "== sockets"', 'ss -tanp', 'crontab -l; last'];
  const command = await agent.send(host.id, lines);
  expect(await agent.follow(command, host.id, 4)).toEqual([...course, 'Success']);
  const { StandardOutputContent: clean = '', ResponseCode } = await agent.ask(command, host.id);
  expect(ResponseCode).toBe(0);
  expect(clean).toMatch(/^== sockets\n/);
  expect(clean).not.toContain('203.0.113.66');

  await wish(ec2, peer.id, 'compromised');
  const other = await agent.send(peer.id, lines);
  await agent.follow(other, peer.id, 4);
  const { StandardOutputContent: dirty = '' } = await agent.ask(other, peer.id);
  for (const trace of ['203.0.113.66:4444', 'curl -fsSL', 'still logged in']) {
    expect(dirty).toContain(trace);
  }
});

test.each([
  ['fail', 'Failed'],
  ['timeout', 'ExecutionTimedOut'],
])('a command with the wish %s ends as %s, with what it had written', async (how, end) => {
  const one = await launch(ec2, here, { IamInstanceProfile: { Name: 'web' } });
  await wish(ec2, one.id, 'command', how);
  const command = await agent.send(one.id, ['ps -ef']);
  expect(await agent.follow(command, one.id, 4)).toEqual([...course, end]);
  const { StandardOutputContent, StandardErrorContent } = await agent.ask(command, one.id);
  expect(StandardOutputContent).toContain('USER');
  expect(StandardErrorContent).not.toBe('');
});

test('a command that hangs is cancelled; one that is done stays done', async () => {
  const one = await launch(ec2, here, { IamInstanceProfile: { Name: 'web' } });
  const done = await agent.send(one.id);
  await agent.follow(done, one.id, 4);
  await wish(ec2, one.id, 'command', 'hang');
  const command = await agent.send(one.id);
  expect((await agent.follow(command, one.id, 6)).at(-1)).toBe('InProgress');
  for (const CommandId of [command, done]) {
    await agent.ssm.send(new CancelCommandCommand({ CommandId }));
  }
  expect(await agent.follow(command, one.id, 2)).toEqual(['Cancelling', 'Cancelled']);
  expect(await agent.follow(done, one.id, 1)).toEqual(['Success']);
  const unknown = { CommandId: '00000000-0000-4000-8000-000000000000' };
  expect(await refusal(agent.ssm.send(new CancelCommandCommand(unknown)))).toBe('InvalidCommandId');
});

test("a command runs the steps of the account's own document, each with its output", async () => {
  const content = (first: string) =>
    JSON.stringify({
      schemaVersion: '2.2',
      description: 'Collects',
      parameters: { Case: { type: 'String', allowedPattern: '^[a-z0-9-]+$' } },
      mainSteps: [['processes', first] as const, ['people', 'last'] as const].map(
        ([name, line]) => ({
          name,
          action: 'aws:runShellScript',
          inputs: { runCommand: ['echo "case {{ Case }}"', line] },
        }),
      ),
    });
  const Name = 'Acme-Collect';
  const first = { Name, Content: content('ps'), DocumentType: 'Command' as const };
  await agent.ssm.send(new CreateDocumentCommand(first));
  const better = { Name, Content: content('ps -ef'), DocumentVersion: '$LATEST' };
  await agent.ssm.send(new UpdateDocumentCommand(better));
  const { Document } = await agent.ssm.send(new DescribeDocumentCommand({ Name }));
  expect(Document).toMatchObject({ LatestVersion: '2', PlatformTypes: ['Linux', 'MacOS'] });
  const latest = await agent.ssm.send(new GetDocumentCommand({ Name, DocumentVersion: '2' }));
  expect(latest.Content).toContain('ps -ef');

  const run = (Case: string) =>
    agent.send(host.id, [], { DocumentName: Name, Parameters: { Case: [Case] } });
  expect(await refusal(run('no such case'))).toBe('InvalidParameters');
  const command = await run('c-1');
  const list = { CommandId: command, Details: true };
  const rows = async () =>
    (await agent.ssm.send(new ListCommandInvocationsCommand(list))).CommandInvocations ?? [];
  expect(await rows()).toEqual([]);
  await rows();
  await rows();
  const [row] = await rows();
  expect(row?.Status).toBe('Success');
  expect(row?.CommandPlugins?.map(({ Name: step }) => step)).toEqual(['processes', 'people']);
  expect(await refusal(agent.ask(command, host.id))).toBe('InvalidPluginName');
  const { StandardOutputContent = '' } = await agent.ask(command, host.id, 'people');
  expect(StandardOutputContent).toMatch(/^case c-1\nec2-user/);
});
