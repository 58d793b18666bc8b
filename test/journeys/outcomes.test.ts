import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
import { statsOf } from '../../src/aws/measures';
import { Table } from '../../src/aws/table';
import { measuresOf } from '../../src/domain/measure';
import { Outcome } from '../../src/domain/outcome';
import { outcomeOf } from '../../src/domain/outcome-name';
import {
  buttonOf,
  cardWith,
  chainInTable,
  channel,
  fillIn,
  openWorld,
  outputOf,
  press,
  security,
  until,
  untilState,
} from './road';

/** A ticket system listens: it hears each end once, in the words of the thread, and can choose what it hears. */
describe('what other systems hear', () => {
  let world: World;
  let sqs: SQSClient;
  const queues = { all: '', denials: '' };
  const heard: { outcome: Outcome; attributes: Record<string, string | undefined> }[] = [];
  const cases: string[] = [];

  const driver = () => world.slack.driver;
  const subscribe = async (name: string, filter?: object): Promise<string> => {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    await new SNSClient(asAccount(world.edge.url, security)).send(
      new SubscribeCommand({
        TopicArn: outputOf(world, 'OutcomeTopicArn'),
        Protocol: 'sqs',
        Endpoint: Attributes?.['QueueArn'],
        Attributes: {
          RawMessageDelivery: 'true',
          ...(filter && { FilterPolicy: JSON.stringify(filter) }),
        },
      }),
    );
    return QueueUrl;
  };
  const receive = async (QueueUrl: string): Promise<Message[]> => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      }),
    );
    for (const { ReceiptHandle } of Messages)
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    return Messages;
  };
  /** Waits until so many outcomes came in all. */
  const untilHeard = (count: number) =>
    until(`${count} outcomes`, async () => {
      for (const { Body = '', MessageAttributes = {} } of await receive(queues.all))
        heard.push({
          outcome: Outcome.parse(JSON.parse(Body)),
          attributes: Object.fromEntries(
            Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
          ),
        });
      return heard.length >= count;
    });
  const ask = async (group: string): Promise<string> => {
    const card = await cardWith(driver(), group);
    cases.push(JSON.parse(buttonOf(card, 'remediation.preview')?.value ?? '{}').finding);
    await press(driver(), 'U0RITA', card.ts, 'remediation.preview');
    await fillIn(driver(), 'U0RITA', 'open to the world');
    await untilState(driver(), card.ts, 'awaiting approval');
    return card.ts;
  };

  beforeAll(async () => {
    world = await openWorld();
    sqs = new SQSClient({
      ...asAccount(world.edge.url, security),
      useQueueUrlAsEndpoint: false,
    });
    queues.all = await subscribe('tickets');
    queues.denials = await subscribe('denials', { outcome: ['denied'] });
  }, 420_000);

  afterAll(() => world?.close(), 30_000);

  it('is the end of a remediation and of its undo: who, what, why and where it is told', async () => {
    const { web } = world.estate!.network.groups;
    const ts = await ask(web);
    await press(driver(), 'U0ALEX', ts, 'remediation.approve');
    await untilState(driver(), ts, 'done');
    await press(driver(), 'U0ALEX', ts, 'remediation.undo');
    await fillIn(driver(), 'U0ALEX', 'the migration is not over');
    await untilState(driver(), ts, 'undone');
    await untilHeard(2);

    const [done, undone] = heard.map(({ outcome }) => outcome);
    expect(done).toMatchObject({
      outcome: 'done',
      environment: 'sandbox',
      by: { kind: 'drawbridge' },
      finding: { control: 'EC2.13', key: cases[0] },
      remediation: {
        playbook: 'close-ec2-admin-ports',
        requestedBy: { name: 'Rita Requester' },
        approvedBy: [{ name: 'Alex Approver' }],
        reason: 'open to the world',
        target: { id: web },
        plan: { effects: expect.any(Number), hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
      slack: { channel, message: ts },
    });
    expect(undone).toMatchObject({
      outcome: 'undone',
      by: { id: 'U0ALEX' },
      because: 'the migration is not over',
    });
  }, 600_000);

  it('is a denial too, with what receivers filter by; who asked for denials only hears nothing else', async () => {
    const { rdp } = world.estate!.network.groups;
    const ts = await ask(rdp);
    await press(driver(), 'U0ALEX', ts, 'remediation.deny');
    await fillIn(driver(), 'U0ALEX', 'the support team needs it today');
    await untilState(driver(), ts, 'denied');
    await untilHeard(3);

    const { outcome, attributes } = heard[2]!;
    expect(outcome).toMatchObject({
      outcome: 'denied',
      because: 'the support team needs it today',
    });
    expect(attributes).toEqual({
      outcome: 'denied',
      environment: 'sandbox',
      severity: outcome.finding?.severity,
      account: '444455556666',
      playbook: 'close-ec2-admin-ports',
    });
    const denials = (await receive(queues.denials)).map(({ Body = '' }) => JSON.parse(Body).id);
    expect(denials).toEqual([outcome.id]);
  }, 600_000);

  it('is exactly what the threads tell, each once', async () => {
    const links = (await Promise.all(cases.map((key) => chainInTable(world, key)))).flat();
    const ends = links.filter(({ event }) => outcomeOf(event.type));

    expect(heard.map(({ outcome }) => outcome.id)).toEqual(ends.map(({ event }) => event.id));
    expect(heard.map(({ outcome }) => outcome.audit.hash)).toEqual(ends.map(({ hash }) => hash));
  });

  it('is counted as well: each measure once in the table, and in the log for CloudWatch', async () => {
    const links = (await Promise.all(cases.map((key) => chainInTable(world, key)))).flat();
    const told = links.flatMap(measuresOf);
    const dynamo = new DynamoDBClient(asAccount(world.edge.url, security));
    const table = new Table(dynamo, outputOf(world, 'TableName'));
    const month = new Date().toISOString().slice(0, 7);

    const kept = (await statsOf(table, [month])).flatMap(({ measures }) => measures);
    // An outcome is counted in all and by playbook.
    const expected = told.length + told.filter(({ kind }) => kind === 'outcome').length;
    const logs = new CloudWatchLogsClient(asAccount(world.edge.url, security));
    const lines = await until('the metrics in the log', async () => {
      const { events = [] } = await logs.send(
        new FilterLogEventsCommand({
          logGroupName: `/aws/lambda/${world.deployment.stackName}-relay`,
        }),
      );
      const found = events.flatMap(({ message = '' }) => message.match(/\{"_aws".*\}/g) ?? []);
      return found.length >= expected && found;
    });

    expect(kept.length).toBe(told.length);
    expect(kept).toEqual(expect.arrayContaining(told));
    expect(lines).toHaveLength(expected);
    expect(JSON.parse(lines[0]!)).toMatchObject({ service: world.deployment.stackName });
  }, 600_000);

  it('is told to the team with a picture when somebody asks for it', async () => {
    await driver().command({ user: 'U0RITA', channel, text: '/drawbridge stats' });

    const [file] = await until('the picture in the channel', async () => {
      const found = (await driver().messages(channel)).flatMap(({ files = [] }) => files);
      return found.length > 0 && found;
    });
    const answer = await until('the numbers', async () =>
      (await driver().ephemerals('U0RITA', channel)).find(({ text }) =>
        text?.includes('The last 30 days'),
      ),
    );
    expect(file).toMatchObject({
      mimetype: 'image/png',
      alt_txt: expect.stringContaining('1 done'),
    });
    expect(answer.text).toContain('1 done');
    expect(JSON.stringify(answer.blocks)).toContain('median');
  }, 600_000);
});
