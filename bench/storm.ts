import { DynamoDBClient, ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { execFileSync } from 'node:child_process';
import { botAccount } from '../sandbox/estate';
import { asAccount } from '../sandbox/stack';
import { startWorld, type World } from '../sandbox/world';
import { report } from './stats';
import { stormOf } from './storm-findings';

/** `npm run bench:storm -- 10000`: that many findings at once through the deployed stack. It stops by itself. */
const count = Number(process.argv[2] ?? 10_000);
const longest = Math.max(120_000, count * 120);
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const queue = (world: World) =>
  new SQSClient({ ...asAccount(world.edge.url, botAccount), useQueueUrlAsEndpoint: false });

const sendAll = async (world: World, bodies: readonly string[]): Promise<void> => {
  const sqs = queue(world);
  const QueueUrl = world.deployment.outputs['FindingsQueueUrl'];
  for (let from = 0; from < bodies.length; from += 10) {
    const Entries = bodies
      .slice(from, from + 10)
      .map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
};

const waiting = async (world: World, output: string): Promise<number> => {
  const { Attributes = {} } = await queue(world).send(
    new GetQueueAttributesCommand({
      QueueUrl: world.deployment.outputs[output],
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes).reduce((sum, each) => sum + Number(each), 0);
};

/** Items of the table by kind, and what the records of findings say. */
const inTable = async (world: World) => {
  const dynamo = new DynamoDBClient(asAccount(world.edge.url, botAccount));
  const kinds = new Map<string, number>();
  const records: { count: number; group?: object }[] = [];
  const received = new Map<string, number>();
  let ExclusiveStartKey: ScanCommandInput['ExclusiveStartKey'];
  do {
    const page = await dynamo.send(
      new ScanCommand({
        TableName: world.deployment.outputs['TableName'],
        ...(ExclusiveStartKey && { ExclusiveStartKey }),
      }),
    );
    for (const item of page.Items ?? []) {
      const { kind, pk, body } = unmarshall(item);
      kinds.set(String(kind), (kinds.get(String(kind)) ?? 0) + 1);
      if (kind === 'finding') records.push(body);
      if (kind === 'link' && body.event.type === 'finding.received')
        received.set(String(pk), (received.get(String(pk)) ?? 0) + 1);
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return { kinds, records, received };
};

/** Resident memory of the functions' processes, in MB: the largest of all at this moment. */
const memory = (): number => {
  const lines = execFileSync('ps', ['-eo', 'rss,args'], { encoding: 'utf8' }).split('\n');
  const sizes = lines
    .filter((line) => line.includes('ministack-lambda-'))
    .map((line) => Number(line.trim().split(/\s+/)[0]) / 1024);
  return Math.max(0, ...sizes);
};

const main = async (): Promise<void> => {
  const world = await startWorld({ ports: 'free', seed: false, pauses: 1 });
  try {
    const storm = stormOf(count, new Date());
    const began = Date.now();
    const sizes: number[] = [];
    const seconds = () => (Date.now() - began) / 1000;
    const sending = sendAll(world, storm.bodies);
    let taken = 0;
    for (;;) {
      await sleep(2000);
      sizes.push(memory());
      const [findings, outbox] = await Promise.all([
        waiting(world, 'FindingsQueueUrl'),
        waiting(world, 'OutboxQueueUrl'),
      ]);
      if (findings === 0 && taken === 0 && seconds() > 5) taken = seconds();
      if (findings > 0) taken = 0;
      if (taken > 0 && outbox === 0 && seconds() - taken > 15) break;
      if (Date.now() - began > longest) throw new Error(`not over after ${seconds()} s`);
    }
    await sending;
    const { kinds, records, received } = await inTable(world);
    const posts = world.slack.log.filter(({ method }) => method === 'chat.postMessage');
    const refused = world.slack.log.filter(({ status }) => status === 429);
    const early = sizes.slice(2, 2 + Math.ceil(sizes.length / 4));
    const late = sizes.slice(-Math.ceil(sizes.length / 4));
    const top = (list: readonly number[]) => Math.max(0, ...list).toFixed(0);
    report('findings sent', `${count}   and ${storm.doubled} twice, ${storm.malformed} unreadable`);
    const held = [
      report('none lost', `${records.length} records`, records.length === count),
      report(
        'none twice',
        `${records.filter((each) => each.count !== 1).length} counted more than once, ${[...received.values()].filter((n) => n !== 1).length} received more than once`,
        records.every((each) => each.count === 1) && [...received.values()].every((n) => n === 1),
      ),
      report(
        'unreadable ones kept',
        `${kinds.get('unread') ?? 0}`,
        kinds.get('unread') === storm.malformed,
      ),
    ];
    report(
      'taken in',
      `${(count / taken).toFixed(0)} per second   all after ${taken.toFixed(0)} s`,
    );
    report('shown', `last after ${seconds().toFixed(0)} s`);
    report(
      'cards',
      `${records.filter(({ group }) => !group).length} of their own, ${kinds.get('group') ?? 0} groups for ${kinds.get('member') ?? 0} findings`,
    );
    report('Slack', `${posts.length} posts, ${refused.length} answered 429`);
    report('largest function', `${top(early)} MB at first, ${top(late)} MB at last`);
    process.exitCode = held.every(Boolean) ? 0 : 1;
  } finally {
    await world.close();
  }
};

void main();
