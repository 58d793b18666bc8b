import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { pickedAt, verdictAt } from '../../blocks/gate-choose';
import { encodeClick, gateActs } from '../../blocks/intent';
import type { Message } from '../../sandbox/slack';
import type { Choices } from '../../sandbox/slack/driver';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
import { parts, words } from '../blocks/support/reading';
import { buttonsOf, invoke, outputOf, security, until } from './road';

/** What people do at the gate, and where its objects lie. */
export const gateChannel = 'C0GATE';

type Act = (typeof gateActs)[number];
export type Bucket = 'Raw' | 'Stage' | 'Review' | 'Released' | 'Quarantine';

const clients = new WeakMap<World, S3Client>();
const s3Of = (world: World): S3Client => {
  const client = clients.get(world) ?? new S3Client(asAccount(world.urls.edge, security));
  clients.set(world, client);
  return client;
};
export const bucketOf = (world: World, bucket: Bucket): string =>
  outputOf(world, `Gate${bucket}BucketName`);

interface Lying {
  tags: Record<string, string>;
  metadata: Record<string, string>;
  contentType: string;
}

const listed = async (world: World, bucket: Bucket, prefix: string) => {
  const at = { Bucket: bucketOf(world, bucket) };
  const { Contents = [] } = await s3Of(world).send(new ListObjectsV2Command(at));
  return Contents.flatMap(({ Key = '' }) => {
    // Without what the run put before it.
    const key = Key.replace(/^gate-[0-9a-z]+\/\d{6}\//, '');
    return key.startsWith(prefix) ? [{ key, at: { ...at, Key } }] : [];
  });
};

export const keysIn = async (world: World, bucket: Bucket, prefix = ''): Promise<string[]> =>
  (await listed(world, bucket, prefix)).map(({ key }) => key).sort();

/** An object as it lies there now, by the key that it was uploaded under. */
export const objectIn = async (
  world: World,
  bucket: Bucket,
  wanted: string,
): Promise<Lying | undefined> => {
  const found = (await listed(world, bucket, wanted)).find(({ key }) => key === wanted);
  if (!found) return undefined;
  const s3 = s3Of(world);
  const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand(found.at));
  const { Metadata = {}, ContentType = '' } = await s3.send(new HeadObjectCommand(found.at));
  const tags = Object.fromEntries(TagSet.map((tag) => [tag.Key ?? '', tag.Value ?? '']));
  return { tags, metadata: Metadata, contentType: ContentType };
};

/** Types `/gate run`; answers with the id of the run that begins. */
export const runGate = async (world: World, prefix = '', user = 'U0RITA'): Promise<string> => {
  const { driver } = world.slack;
  const before = (await driver.ephemerals(user, gateChannel)).length;
  await driver.command({ user, channel: gateChannel, text: `/gate run ${prefix}`.trim() });
  const answer = await until('the answer to /gate run', async () =>
    (await driver.ephemerals(user, gateChannel)).at(before),
  );
  const [, id] = /Run (gate-[0-9a-z]+) begins/.exec(words(answer.blocks)) ?? [];
  if (!id) throw new Error(`no run began: ${words(answer.blocks)}`);
  return id;
};

export const runCard = async (world: World, run: string): Promise<Message | undefined> =>
  (await world.slack.driver.messages(gateChannel)).find(
    ({ text, thread_ts }) => text?.includes(run) && !thread_ts,
  );

/** Waits until the run's card says it. */
export const untilRun = (world: World, run: string, says: string): Promise<Message> =>
  until(`the card of ${run} saying ${says}`, async () => {
    const card = await runCard(world, run);
    return card?.text?.includes(says) && card;
  });

const actionOf = (run: string, act: Act): string =>
  encodeClick({ kind: 'gate', run, act }, gateActs.indexOf(act)).action_id;

/** Presses a button of the run's card, and waits for its window. */
export const pressGate = async (
  world: World,
  user: string,
  run: string,
  act: Act,
): Promise<string> => {
  const { driver } = world.slack;
  const card = await until(`the button ${act} of ${run}`, async () => {
    const found = await runCard(world, run);
    return found && buttonsOf(found).some((it) => it.action_id === actionOf(run, act)) && found;
  });
  await driver.click({ user, channel: gateChannel, ts: card.ts, actionId: actionOf(run, act) });
  await until(`the window of ${act}`, async () => {
    const view = await driver.view(user);
    return view && !words(view).includes('Looking…');
  });
  return words(await driver.view(user));
};

/** Sends the form that is open, and answers with what is said in its place. */
export const sendForm = async (
  world: World,
  user: string,
  values: Choices,
  keepOpen = false,
): Promise<string> => {
  const { driver } = world.slack;
  const answer = await driver.submit({ user, values });
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  await until('the answer in the window', async () => {
    const view = await driver.view(user);
    return view && !words(view).includes('Working on it…');
  });
  const said = words(await driver.view(user));
  if (!keepOpen) await driver.closeView({ user, all: true });
  return said;
};

/** Presses a button of the window that is open, and waits for what it brings. */
export const pressIn = async (world: World, user: string, label: string): Promise<string> => {
  const { driver } = world.slack;
  const view = await driver.view(user);
  const button = parts(view).find((it) => it['type'] === 'button' && words(it['text']) === label);
  if (!button) throw new Error(`no button ${label} in ${words(view)}`);
  const before = words(view);
  const [actionId, value] = [String(button['action_id']), String(button['value'])];
  await driver.clickInView({ user, actionId, value });
  await until(`what ${label} brings`, async () => {
    const said = words(await driver.view(user));
    return said !== before && !said.includes('Looking…');
  });
  return words(await driver.view(user));
};

/** From the window of a false positive to the rule that is made of it: what was said on the way. */
export const makeRule = async (world: World, user: string, values: Choices): Promise<string> => {
  await pressIn(world, user, 'Make a rule of it…');
  const preview = await sendForm(world, user, values, true);
  return `${preview} → ${await sendForm(world, user, {})}`;
};

/** One decision for all that are held. */
export const decideAll = async (
  world: World,
  user: string,
  run: string,
  act: 'approve' | 'deny' | 'delete',
  more: Choices = {},
): Promise<string> => {
  await pressGate(world, user, run, act);
  return sendForm(world, user, { 'reason.text': 'somebody looked at them', ...more });
};

export const threadOf = async (world: World, run: string): Promise<string> => {
  const card = await runCard(world, run);
  if (!card) throw new Error(`${run} has no card`);
  const thread = await world.slack.driver.messages(gateChannel, { thread: card.ts });
  return thread.map(({ blocks, text }) => `${text}\n${words(blocks)}`).join('\n');
};

interface Option {
  value: string;
  text: { text: string };
}

/** Opens the list of held objects, ticks those that are named, and decides on them. */
export const choose = async (
  world: World,
  user: string,
  run: string,
  keys: readonly string[],
  verdict: 'approve' | 'deny' | 'delete',
  more: Choices = {},
  keepOpen = false,
): Promise<string> => {
  await pressGate(world, user, run, 'choose');
  const boxes = parts(await world.slack.driver.view(user)).find(
    ({ action_id }) => action_id === pickedAt.action,
  );
  const options = (boxes?.['options'] ?? []) as Option[];
  const refs = keys.map((key) => {
    const option = options.find(({ text }) => text.text.endsWith(key.slice(-12)));
    if (!option)
      throw new Error(`${key} is not among ${options.map(({ text }) => text.text).join()}`);
    return option.value;
  });
  const values = { [pickedAt.action]: refs, [`${verdictAt.block}.${verdictAt.action}`]: verdict };
  return sendForm(world, user, { ...values, 'reason.text': 'one by one', ...more }, keepOpen);
};

/** Days pass: the time that people have for a run ends now, and housekeeping looks. */
export const runOutOfTime = async (world: World, run: string): Promise<void> => {
  const dynamo = new DynamoDBClient(asAccount(world.urls.edge, security));
  const now = new Date().toISOString();
  const set = (pk: string, sk: string, ...path: string[]) =>
    dynamo.send(
      new UpdateItemCommand({
        TableName: outputOf(world, 'TableName'),
        Key: { pk: { S: pk }, sk: { S: sk } },
        UpdateExpression: `SET ${path.map((name) => `#${name}`).join('.')} = :now`,
        ExpressionAttributeNames: Object.fromEntries(path.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: { ':now': { S: now } },
      }),
    );
  await set(`GATE#${run}`, 'RECORD', 'body', 'status', 'until');
  await set('DUE', run, 'at');
  await invoke(world, 'housekeeping', {});
};
