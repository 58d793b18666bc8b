import { DescribeSecurityGroupRulesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Driver, Message } from '../../sandbox/slack';
import { asAccount } from '../../sandbox/stack';
import { startWorld, type World, type WorldOptions } from '../../sandbox/world';
import { Link } from '../../src/domain/audit';

/** What every journey does: look for a card, press, type, wait for what must follow. */
export const channel = 'C0ALERTS';
export const workloads = '444455556666';
export const security = '111122223333';

export const openWorld = (seed = true, more: Partial<WorldOptions> = {}): Promise<World> =>
  startWorld({ ports: 'free', seed, ...more });

/**
 * Looks again until it is there. Bounded, by more than the three minutes after which a queue gives a message again whose
 * function died under it; no measure of speed.
 */
export const until = async <T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  seconds = 270,
): Promise<T> => {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`never saw ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

interface Pressable {
  action_id: string;
  value?: string;
}

const isActions = (block: object): block is { elements: Pressable[] } =>
  'type' in block && block.type === 'actions';

export const buttonsOf = (message: Message): Pressable[] =>
  (message.blocks ?? []).flatMap((block) => (isActions(block) ? block.elements : []));

export const buttonOf = (message: Message, intent: string): Pressable | undefined =>
  buttonsOf(message).find(({ action_id }) => action_id.startsWith(`v1:${intent}:`));

/** The card whose text has these words. */
export const cardWith = (driver: Driver, words: string, where = channel): Promise<Message> =>
  until(`a card with “${words}”`, async () =>
    (await driver.messages(where)).find(({ text }) => text?.includes(words)),
  );

export const cardNow = async (driver: Driver, ts: string, where = channel): Promise<Message> => {
  const found = (await driver.messages(where)).find((message) => message.ts === ts);
  if (!found) throw new Error(`the card ${ts} is gone`);
  return found;
};

export const press = async (
  driver: Driver,
  user: string,
  ts: string,
  intent: string,
  where = channel,
) => {
  const button = await until(`the button ${intent}`, async () =>
    buttonOf(await cardNow(driver, ts, where), intent),
  );
  return driver.click({ user, channel: where, ts, actionId: button.action_id });
};

export const untilForm = (driver: Driver, user: string) =>
  until(`a form to fill in for ${user}`, async () => {
    const view = await driver.view(user);
    return view && 'submit' in view && view.submit;
  });

/** Waits until the modal has a form, types the reason and sends it. */
export const fillIn = async (driver: Driver, user: string, reason: string) => {
  await untilForm(driver, user);
  return driver.submit({ user, values: { 'reason.text': reason } });
};

export const untilState = (
  driver: Driver,
  ts: string,
  state: string,
  where = channel,
): Promise<Message> =>
  until(`the card saying ${state}`, async () => {
    const card = await cardNow(driver, ts, where);
    return card.text?.includes(`· ${state} ·`) && card;
  });

/** Inbound rules as `tcp 22-22 0.0.0.0/0 words`, in a fixed order. */
export const ingressOf = async (world: World, group: string): Promise<string[]> => {
  const ec2 = new EC2Client(asAccount(world.edge.url, workloads));
  const filter = { Name: 'group-id', Values: [group] };
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [filter] }),
  );
  return SecurityGroupRules.filter(({ IsEgress }) => !IsEgress)
    .map((r) =>
      `${r.IpProtocol} ${r.FromPort}-${r.ToPort} ${r.CidrIpv4 ?? r.CidrIpv6} ${r.Description ?? ''}`.trim(),
    )
    .sort();
};

/** The audit chain of a case as the table has it. */
export const chainInTable = async (world: World, of: string): Promise<Link[]> => {
  const dynamo = new DynamoDBClient(asAccount(world.edge.url, security));
  const { Items = [] } = await dynamo.send(
    new QueryCommand({
      TableName: outputOf(world, 'TableName'),
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': { S: `AUDIT#${of}` }, ':sk': { S: 'LINK#' } },
    }),
  );
  return Items.map((item) => Link.parse(unmarshall(item)['body']));
};

/** The same chain as the Object-Lock bucket has it. */
export const chainInBucket = async (world: World, of: string): Promise<Link[]> => {
  const s3 = new S3Client(asAccount(world.edge.url, security));
  const Bucket = outputOf(world, 'AuditBucketName');
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket, Prefix: `audit/${of}/` }),
  );
  const texts = Contents.map(async ({ Key }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body?.transformToString()) ?? '';
  });
  return (await Promise.all(texts)).map((text) => Link.parse(JSON.parse(text)));
};

/** Calls a function as its trigger would, once more. */
export const invoke = async (
  { deployment, urls }: World,
  name: string,
  payload: unknown,
): Promise<unknown> => {
  const url = `${urls.ministack}/2015-03-31/functions/${deployment.stackName}-${name}/invocations`;
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(payload) });
  return answer.json();
};

export const outputOf = (world: World, name: string): string => {
  const value = world.deployment.outputs[name];
  if (!value) throw new Error(`the stack has no output ${name}`);
  return value;
};
