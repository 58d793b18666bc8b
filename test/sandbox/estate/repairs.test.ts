import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

import { botAccount } from '../../../sandbox/estate';
import { asAccount } from '../../../sandbox/stack';
import { startLocalAws, until, type LocalAws } from './local-aws';
import { template } from './probe-stack';

let aws: LocalAws;
const settings = () => asAccount(aws.edge.url, botAccount);

beforeAll(async () => {
  aws = await startLocalAws();
  const TemplateBody = JSON.stringify(template);
  const stack = { StackName: 'probe', TemplateBody, Capabilities: ['CAPABILITY_IAM' as const] };
  await new CloudFormationClient(settings()).send(new CreateStackCommand(stack));
}, 60_000);
afterAll(() => aws.close(), 30_000);

const start = async (machine: string, input: object, name: string) => {
  const stateMachineArn = `arn:aws:states:us-east-1:${botAccount}:stateMachine:${machine}`;
  const command = { stateMachineArn, name, input: JSON.stringify(input) };
  return (await new SFNClient(settings()).send(new StartExecutionCommand(command))).executionArn;
};

const outcome = (executionArn: string | undefined) =>
  until(async () => {
    const sfn = new SFNClient(settings());
    const { status, output } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    return status === 'RUNNING' ? undefined : { status, output: JSON.parse(output ?? '{}') };
  });

const received = (QueueName: string) =>
  until(async () => {
    const sqs = new SQSClient({ ...settings(), useQueueUrlAsEndpoint: false });
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    return Messages?.[0]?.Body;
  });

const invoke = async (name: string): Promise<{ calls: number; seen: string[] }> => {
  const path = `/2015-03-31/functions/${name}/invocations`;
  const scope = `AWS4-HMAC-SHA256 Credential=${botAccount}/20260101/us-east-1/lambda/aws4_request`;
  const headers = { authorization: `${scope}, SignedHeaders=host, Signature=0` };
  const answer = await fetch(`${aws.edge.url}${path}`, { method: 'POST', body: '{}', headers });
  return (await answer.json()) as { calls: number; seen: string[] };
};

test('a workflow catches an error by the name that the function threw', async () => {
  const result = await outcome(await start('catching', {}, 'one'));
  expect(result.output).toMatchObject({ error: { Error: 'NotAllowed' } });
});

test('a callback whose function throws fails at once', async () => {
  const result = await outcome(await start('asking', {}, 'two'));
  expect(result.output).toMatchObject({ error: { Error: 'NotAllowed' } });
});

test('a function that threw is told about and stays warm', async () => {
  const { calls } = await invoke('probe');
  expect(calls).toBeGreaterThan(1);
  const told = await until(() => Promise.resolve(aws.edge.failures()[0]));
  expect(told).toMatchObject({ function: 'probe', type: 'NotAllowed', message: 'not you' });
});

test('a callback times out after the seconds in its input', async () => {
  const result = await outcome(await start('waiting', { seconds: 1 }, 'soon'));
  expect(result.output).toMatchObject({ error: { Error: 'States.Timeout' } });
});

test('the same execution started twice is one, another input under its name is refused', async () => {
  const first = await start('waiting', { seconds: 3 }, 'same');
  expect(await start('waiting', { seconds: 3 }, 'same')).toBe(first);
  await expect(start('waiting', { seconds: 4 }, 'same')).rejects.toMatchObject({
    name: 'ExecutionAlreadyExists',
  });
});

test('a stream goes on from the record that failed, and parks one that fails for good', async () => {
  const table = new DynamoDBClient(settings());
  for (const pk of ['a', 'once', 'b', 'poison', 'c']) {
    await table.send(new PutItemCommand({ TableName: 'probe', Item: { pk: { S: pk } } }));
  }
  const parked = JSON.parse(await received('parked')) as { requestContext: unknown };
  expect(parked.requestContext).toMatchObject({ condition: 'RetryAttemptsExhausted' });
  const { seen } = await invoke('stream');
  expect(seen.filter((key) => key === 'a')).toHaveLength(1);
  expect(seen.filter((key) => key === 'once')).toHaveLength(2);
  expect(seen.filter((key) => key === 'poison')).toHaveLength(2);
}, 20_000);

test('only AWS itself may send aws.* events', async () => {
  const event = { source: 'aws.securityhub', 'detail-type': 'x', detail: { n: 1 } };
  const Entries = [{ Source: event.source, DetailType: 'x', Detail: '{}' }];
  const bus = new EventBridgeClient(settings());
  const refused = await bus.send(new PutEventsCommand({ Entries }));
  expect(refused.Entries).toMatchObject([{ ErrorCode: 'NotAuthorizedForSourceException' }]);
  await aws.edge.emit(event);
  expect(JSON.parse(await received('events'))).toMatchObject({ ...event, account: botAccount });
});

test('a killed emulator is told in words', async () => {
  process.kill(aws.emulators.moto.pid, 'SIGKILL');
  const told = await until(() => Promise.resolve(aws.deaths[0]));
  expect(told).toMatch(
    /^moto \(pid \d+\) ended unexpectedly: killed by SIGKILL\. Its log: .+\.log$/,
  );
});
