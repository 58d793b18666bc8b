import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import { people, userGroups } from '../../sandbox/slack/people';
import { samplesOf } from '../../sandbox/estate';
import type { Message } from '../../sandbox/slack';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
import { liveLeaves, parts } from '../blocks/support/reading';
import { again, anEar, command, hostile, pressed, send } from './attack';
import {
  buttonOf,
  cardNow,
  cardWith,
  chainInTable,
  channel,
  fillIn,
  ingressOf,
  openWorld,
  outputOf,
  press,
  security,
  until,
  untilState,
} from './road';

/** What people with bad intentions try: none of it acts, none pings, and what a person tried is in the trail (law 3). */
describe('what should not work', () => {
  let world: World;
  let rdp: string;
  let before: string[];
  let ts: string;
  let key: string;
  let ear: Awaited<ReturnType<typeof anEar>>;

  const driver = () => world.slack.driver;
  const deliver = async (event: unknown): Promise<void> => {
    const sqs = new SQSClient({
      ...asAccount(world.edge.url, security),
      useQueueUrlAsEndpoint: false,
    });
    const QueueUrl = outputOf(world, 'FindingsQueueUrl');
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
  };
  const trail = async () => (await chainInTable(world, key)).map(({ event }) => event);
  const refusals = async (type: string) =>
    (await trail())
      .filter((event) => event.type === type)
      .map(({ actor }) => (actor.kind === 'person' ? actor.id : ''));

  beforeAll(async () => {
    world = await openWorld();
    ear = await anEar();
    ({ rdp } = world.estate!.network.groups);
    const card = await cardWith(driver(), rdp);
    ts = card.ts;
    key = JSON.parse(buttonOf(card, 'remediation.preview')?.value ?? '{}').finding;
    before = await ingressOf(world, rdp);
  }, 420_000);
  afterAll(async () => {
    await ear?.close();
    await world?.close();
  }, 600_000);

  it('a request with a wrong signature, none, or one that is too old learns nothing', async () => {
    const body = command('status');

    const answers = await Promise.all([
      send(world, body, { signature: `v0=${'0'.repeat(64)}` }),
      send(world, body, { signature: '' }),
      send(world, body, { age: 400 }),
      send(world, body, { age: -400 }),
    ]);

    expect(answers.map(({ status, text }) => [status, text])).toEqual(answers.map(() => [401, '']));
  }, 600_000);

  it('a recorded request is taken once', async () => {
    const body = command('help');
    const first = await send(world, body);

    const second = await again(world, body, first.headers);

    expect([first.status, second.status]).toEqual([200, 401]);
  }, 600_000);

  it('a request by whoever may not ask is refused with words, and audited', async () => {
    for (const user of ['U0OWEN', 'U0GUS']) await press(driver(), user, ts, 'remediation.preview');

    const told = (await driver().ephemerals('U0OWEN', channel)).at(-1);
    expect(JSON.stringify(told)).toContain('Only responders may ask');
    expect(await refusals('remediation.request-refused')).toEqual(['U0OWEN', 'U0GUS']);
  }, 600_000);

  it('commands in channels that are not ours, or are shared, tell nothing', async () => {
    for (const where of ['C0SHARED', 'C0RANDOM']) {
      await driver().command({ user: 'U0RITA', channel: where, text: '/findings' });
      const told = await until(`an answer in ${where}`, async () =>
        (await driver().ephemerals('U0RITA', where)).at(-1),
      );
      expect(JSON.stringify(told)).toMatch(/not set up for this channel|shared with another/);
    }
  }, 600_000);

  it('the requester, a guest and a bystander cannot approve; each is told and audited', async () => {
    await press(driver(), 'U0RITA', ts, 'remediation.preview');
    await fillIn(driver(), 'U0RITA', hostile.slice(0, 290));
    await untilState(driver(), ts, 'awaiting approval');

    for (const user of ['U0RITA', 'U0GUS', 'U0OWEN'])
      await press(driver(), user, ts, 'remediation.approve');

    expect(await refusals('approval.refused')).toEqual(['U0RITA', 'U0GUS', 'U0OWEN']);
    expect((await trail()).map(({ type }) => type)).not.toContain('approval.given');
  }, 600_000);

  it.each([
    ['a foreign action id', { user: 'U0ALEX', action: 'approve_all', value: '{}' }],
    [
      'an older version of a button',
      { user: 'U0ALEX', action: 'v0:remediation.approve:0', value: '{}' },
    ],
    [
      'a value that is no JSON',
      { user: 'U0ALEX', action: 'v1:remediation.approve:0', value: 'yes' },
    ],
    [
      'an id of nobody',
      {
        user: 'U0ALEX',
        action: 'v1:remediation.approve:0',
        value: JSON.stringify({ id: 'rem-0000000000', hash: '0'.repeat(64) }),
      },
    ],
    [
      'another workspace',
      {
        user: 'U0XENA',
        team: 'T0PARTNER',
        action: 'v1:remediation.undo:0',
        value: JSON.stringify({ id: 'rem-0000000000' }),
      },
    ],
  ])(
    '%s acts on nothing and gets words',
    async (_, attack) => {
      const answered = ear.heard.length;

      const { status } = await send(world, pressed({ ...attack, answerTo: ear.url }));

      expect(status).toBe(200);
      await until('words', async () => ear.heard.length > answered);
      expect(ear.heard.at(-1)).toMatch(/older message|no plan|not known|another Slack workspace/);
    },
    600_000,
  );

  it('an approval of another plan than the one that stands is refused (law 2)', async () => {
    const { id } = JSON.parse(
      buttonOf(await cardNow(driver(), ts), 'remediation.approve')?.value ?? '{}',
    ) as { id: string };
    const value = JSON.stringify({ id, hash: '1'.repeat(64) });
    const action = 'v1:remediation.approve:0';

    await send(world, pressed({ user: 'U0ALEX', action, value, answerTo: ear.url }));
    await send(
      world,
      pressed({ user: 'U0ALEX', action, value, channel: 'C0RANDOM', answerTo: ear.url }),
    );

    await until(
      'both refusals',
      async () =>
        (await refusals('approval.refused')).filter((user) => user === 'U0ALEX').length === 2,
    );
    expect(ear.heard.slice(-2).join()).toMatch(/plan has changed/);
    expect(ear.heard.slice(-2).join()).toMatch(/not set up for this channel/);
  }, 600_000);

  it('hostile names, tags and reasons stay text: nobody is called, nothing is a link (law 11)', async () => {
    const sample = samplesOf(world.estate!, new Date()).find(({ event }) =>
      JSON.stringify(event).includes(rdp),
    )!;
    const finding = (sample.event.detail as { findings: Record<string, unknown>[] }).findings[0]!;
    const resources = finding['Resources'] as Record<string, unknown>[];
    const title = hostile.slice(0, 200);
    // Other products send what Security Hub's own would not: straight into the queue.
    await deliver({
      ...sample.event,
      id: randomUUID(),
      detail: {
        findings: [
          {
            ...finding,
            Id: `arn:aws:securityhub:us-east-1:444455556666:finding/${randomUUID()}`,
            Title: `Mallory ${title}`,
            Description: hostile,
            Resources: resources.map((each) => ({
              ...each,
              Id: `arn:aws:ec2:us-east-1:444455556666:security-group/${hostile.slice(0, 400)}`,
              Tags: { Owner: hostile.slice(0, 250), '<!here>': '<@U0BEA>' },
            })),
          },
        ],
      },
    });
    await until('its card', async () =>
      (await driver().messages(channel)).find(({ text }) => text?.includes('Mallory')),
    );

    const known = new Set([...people.map(({ id }) => id), ...userGroups.map(({ id }) => id)]);
    const all: Message[] = [];
    for (const message of await driver().messages(channel))
      all.push(...(await driver().messages(channel, { thread: message.ts })));
    for (const { id } of people.filter(({ isBot }) => !isBot))
      all.push(...(await driver().ephemerals(id, channel)));
    const alive = all
      .flatMap(({ blocks }) => liveLeaves(blocks))
      .filter(({ user_id, usergroup_id }) => !known.has(String(user_id ?? usergroup_id)));
    expect(alive).toEqual([]);
    expect(parts(all.map(({ blocks }) => blocks)).filter(({ type }) => type === 'mrkdwn')).toEqual(
      [],
    );
    expect(all.filter(({ text }) => /<[!@#h]/.test(text ?? ''))).toEqual([]);
  }, 600_000);

  it('after all that the account is as it was', async () => {
    expect(await ingressOf(world, rdp)).toEqual(before);
    const changing = world.edge
      .calls({ function: 'drawbridge-remediation' })
      .filter(({ session, action }) => session && !/^(Describe|Get|List)/.test(action));
    expect(changing).toEqual([]);
  });
});
