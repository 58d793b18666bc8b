import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import { samplesOf } from '../../sandbox/estate';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
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
  untilForm,
  untilState,
} from './road';

/** Everything comes twice, late and out of order, as real queues and real fingers do (law 4). */
describe('the same road, doubled and disordered', () => {
  let world: World;
  let group: string;
  let ts: string;
  let key: string;
  let id: string;

  const driver = () => world.slack.driver;
  const queue = () =>
    new SQSClient({ ...asAccount(world.edge.url, security), useQueueUrlAsEndpoint: false });
  const deliver = async (event: unknown): Promise<void> => {
    const QueueUrl = outputOf(world, 'FindingsQueueUrl');
    await queue().send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
  };
  /** Calls a function as its trigger would, once more. */
  const invoke = async (name: string, payload: unknown): Promise<unknown> => {
    const { stackName } = world.deployment;
    const url = `${world.urls.ministack}/2015-03-31/functions/${stackName}-${name}/invocations`;
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(payload) });
    return answer.json();
  };
  const typesOf = async (): Promise<string[]> =>
    (await chainInTable(world, key)).map(({ event }) => event.type);

  beforeAll(async () => {
    world = await openWorld();
    group = world.estate!.network.groups.rdp;
    const card = await cardWith(driver(), group);
    ts = card.ts;
    key = JSON.parse(buttonOf(card, 'remediation.preview')?.value ?? '{}').finding;
  }, 420_000);

  afterAll(() => world?.close(), 30_000);

  it('counts a delivery once, however often it comes, and an older one changes nothing', async () => {
    const sample = samplesOf(world.estate!, new Date()).find(({ event }) =>
      JSON.stringify(event).includes(group),
    );
    const finding = (sample!.event.detail as { findings: object[] }).findings[0];
    const eventOf = (UpdatedAt: string, Label: string) => ({
      ...sample!.event,
      id: randomUUID(),
      detail: { findings: [{ ...finding, UpdatedAt, Severity: { Label } }] },
    });
    const newer = eventOf('2099-01-02T00:00:00.000Z', 'CRITICAL');
    const older = eventOf('2001-01-01T00:00:00.000Z', 'LOW');

    await Promise.all([newer, newer, newer].map(deliver));
    await until('the newer finding', async () =>
      (await cardNow(driver(), ts)).text?.startsWith('critical'),
    );
    await Promise.all([older, newer, older].map(deliver));

    const card = await until('three deliveries counted', async () => {
      const now = await cardNow(driver(), ts);
      return JSON.stringify(now.blocks).includes('seen 3 times') && now;
    });
    expect(card.text).toMatch(/^critical/);
    expect(
      (await driver().messages(channel)).filter(({ text }) => text?.includes(group)),
    ).toHaveLength(1);
  }, 600_000);

  it('makes one remediation of two requests, and shows the second person the first', async () => {
    await press(driver(), 'U0RITA', ts, 'remediation.preview');
    await press(driver(), 'U0BEA', ts, 'remediation.preview');
    // Whoever opens the plan after the other has asked gets no form any more.
    await Promise.all(['U0RITA', 'U0BEA'].map((user) => untilForm(driver(), user)));
    const [rita, bea] = await Promise.all([
      fillIn(driver(), 'U0RITA', 'RDP is open'),
      fillIn(driver(), 'U0BEA', 'RDP is open, I saw it as well'),
    ]);
    await untilState(driver(), ts, 'awaiting approval');

    const answers = `${rita.body}${bea.body}`;
    expect(answers).toContain('already asked for this');
    expect((await typesOf()).filter((type) => type === 'remediation.requested')).toHaveLength(1);
    id = JSON.parse(buttonOf(await cardNow(driver(), ts), 'remediation.approve')?.value ?? '{}').id;
  }, 600_000);

  it('changes nothing when a task of the workflow comes before the approval', async () => {
    const before = await ingressOf(world, group);

    const answers = await Promise.all(
      ['advance', 'prepare', 'finish', 'expire'].map((task) => invoke('remediation', { task, id })),
    );

    expect(answers[0]).toEqual({ next: 'ask' });
    expect(await ingressOf(world, group)).toEqual(before);
    expect(await typesOf()).not.toContain('step.applied');
  }, 600_000);

  it('takes one decision of two clicks at once, and tells the other who decided', async () => {
    const requester = JSON.stringify((await cardNow(driver(), ts)).blocks).includes(
      'I saw it as well',
    )
      ? 'U0BEA'
      : 'U0RITA';
    const others = requester === 'U0BEA' ? ['U0ALEX', 'U0ALEX'] : ['U0ALEX', 'U0BEA'];

    await Promise.all(others.map((user) => press(driver(), user, ts, 'remediation.approve')));
    await untilState(driver(), ts, 'done');

    expect((await typesOf()).filter((type) => type === 'approval.given')).toHaveLength(1);
    const told = (
      await Promise.all(others.map((user) => driver().ephemerals(user, channel)))
    ).flat();
    expect(told.map(({ text }) => text).join()).toMatch(/already approved/);
    expect(await ingressOf(world, group)).toEqual([]);
  }, 600_000);

  it('ends the same when every task and every stored change comes again', async () => {
    await until('RESOLVED', async () => (await typesOf()).includes('finding.resolved'));
    const [chain, card] = [await chainInTable(world, key), await cardNow(driver(), ts)];
    const calls = world.edge.calls({ service: 'ec2', action: 'RevokeSecurityGroupIngress' }).length;

    for (const task of ['prepare', 'advance', 'finish', 'expire', 'net'])
      await invoke('remediation', { task, id });
    const [link] = chain;
    await invoke('outbox', {
      Records: [...chain, ...chain].reverse().map(({ seq }, index) => ({
        messageId: String(index),
        receiptHandle: 'none',
        body: JSON.stringify({ kind: 'entry', case: link!.event.case, seq }),
        attributes: { MessageGroupId: channel, ApproximateReceiveCount: '1' },
      })),
    });

    expect(await chainInTable(world, key)).toHaveLength(chain.length + 1);
    expect((await cardNow(driver(), ts)).text).toBe(card.text);
    expect(world.edge.calls({ service: 'ec2', action: 'RevokeSecurityGroupIngress' })).toHaveLength(
      calls,
    );
  }, 600_000);
});
