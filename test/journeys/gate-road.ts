import {
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { encodeClick, gateActs } from '../../blocks/intent';
import type { Message } from '../../sandbox/slack';
import type { Choices } from '../../sandbox/slack/driver';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
import { words } from '../blocks/support/reading';
import { buttonsOf, outputOf, security, until } from './road';

/** What people do at the gate, and where its objects lie. */
export const gateChannel = 'C0GATE';

type Act = (typeof gateActs)[number];
export type Bucket = 'Raw' | 'Stage' | 'Review' | 'Released' | 'Quarantine';

export const s3Of = ({ urls }: World): S3Client => new S3Client(asAccount(urls.edge, security));
export const bucketOf = (world: World, bucket: Bucket): string =>
  outputOf(world, `Gate${bucket}BucketName`);

export interface Lying {
  key: string;
  size: number;
  etag: string;
  tags: Record<string, string>;
  metadata: Record<string, string>;
  contentType: string;
}

/** What lies in a bucket now, below a prefix: keys without what the run put before them. */
export const lying = async (world: World, bucket: Bucket, prefix = ''): Promise<Lying[]> => {
  const s3 = s3Of(world);
  const Bucket = bucketOf(world, bucket);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const found = Contents.map(async ({ Key = '', Size = 0, ETag = '' }): Promise<Lying> => {
    const [{ TagSet = [] }, head] = await Promise.all([
      s3.send(new GetObjectTaggingCommand({ Bucket, Key })),
      s3.send(new HeadObjectCommand({ Bucket, Key })),
    ]);
    return {
      key: Key.replace(/^gate-[0-9a-z]+\/\d{6}\//, ''),
      size: Size,
      etag: ETag,
      tags: Object.fromEntries(TagSet.map((tag) => [tag.Key ?? '', tag.Value ?? ''])),
      metadata: head.Metadata ?? {},
      contentType: head.ContentType ?? '',
    };
  });
  return (await Promise.all(found)).filter(({ key }) => key.startsWith(prefix));
};

export const keysIn = async (world: World, bucket: Bucket, prefix = ''): Promise<string[]> =>
  (await lying(world, bucket, prefix)).map(({ key }) => key).sort();

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
export const sendForm = async (world: World, user: string, values: Choices): Promise<string> => {
  const { driver } = world.slack;
  const answer = await driver.submit({ user, values });
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  await until('the answer in the window', async () => {
    const view = await driver.view(user);
    return view && !words(view).includes('Working on it…');
  });
  const said = words(await driver.view(user));
  await driver.closeView({ user, all: true });
  return said;
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
