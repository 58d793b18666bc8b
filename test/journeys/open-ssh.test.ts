import type { World } from '../../sandbox/world';
import { verify } from '../../src/domain/audit';
import {
  buttonOf,
  cardWith,
  chainInBucket,
  chainInTable,
  channel,
  fillIn,
  ingressOf,
  openWorld,
  press,
  until,
  untilState,
} from './road';

/** One finding travels the whole road through the deployed stack; each test is the next thing that people do. */
describe('an open SSH port, from the finding to the undo', () => {
  let world: World;
  let ts: string;
  let key: string;
  let group: string;
  let before: string[];

  const driver = () => world.slack.driver;
  const threadText = async (): Promise<string> =>
    JSON.stringify(await driver().messages(channel, { thread: ts }));
  const hubFinding = () =>
    world.hub
      .findings()
      .find(
        ({ Resources = [], Compliance }) =>
          Compliance?.SecurityControlId === 'EC2.13' &&
          Resources.some(({ Id = '' }) => Id.includes(group)),
      );

  beforeAll(async () => {
    world = await openWorld();
    group = world.estate!.network.groups.web;
    before = await ingressOf(world, group);
  }, 420_000);

  afterAll(() => world?.close(), 30_000);

  it('is posted as one card that offers the remediation, and set to NOTIFIED', async () => {
    const card = await cardWith(driver(), group);
    ts = card.ts;
    const button = buttonOf(card, 'remediation.preview');
    key = JSON.parse(button?.value ?? '{}').finding;

    expect(JSON.stringify(card.blocks)).toContain('EC2.13');
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    await until(
      'NOTIFIED in Security Hub',
      async () => hubFinding()?.Workflow?.Status === 'NOTIFIED',
    );
  }, 600_000);

  it('shows the plan to the responder before anything is asked for or changed', async () => {
    await press(driver(), 'U0RITA', ts, 'remediation.preview');
    const view = await until('the plan', async () => {
      const top = await driver().view('U0RITA');
      return top && JSON.stringify(top).includes('What will change') && top;
    });

    const shown = JSON.stringify(view);
    expect(shown).toContain('TCP 20–25 from ::/0');
    expect(shown).toContain('TCP 20–21 from ::/0');
    expect(shown).toContain('TCP 23–25 from ::/0');
    expect(shown).toContain('TCP 22 from 10.0.0.0/8');
    expect(await ingressOf(world, group)).toEqual(before);
  }, 600_000);

  it('puts the request with its plan before the approvers', async () => {
    await fillIn(driver(), 'U0RITA', 'open to the world, nobody needs it');
    const card = await untilState(driver(), ts, 'awaiting approval');

    expect(JSON.stringify(card.blocks)).toContain('nobody needs it');
    expect(buttonOf(card, 'remediation.approve')).toBeDefined();
    expect(await ingressOf(world, group)).toEqual(before);
  }, 600_000);

  it('refuses the requester’s own approval with words, and a guest’s', async () => {
    await press(driver(), 'U0RITA', ts, 'remediation.approve');
    await press(driver(), 'U0GUS', ts, 'remediation.approve');

    const [own, guest] = [
      await driver().ephemerals('U0RITA', channel),
      await driver().ephemerals('U0GUS', channel),
    ];
    expect(own.at(-1)?.text).toContain('another person has to decide');
    expect(guest.at(-1)?.text).toContain('guest');
    expect(await ingressOf(world, group)).toEqual(before);
  }, 600_000);

  it('changes exactly the offending port once the approver says yes', async () => {
    await press(driver(), 'U0ALEX', ts, 'remediation.approve');
    await untilState(driver(), ts, 'done');

    expect(await ingressOf(world, group)).toEqual([
      'tcp 20-21 ::/0 file transfer and mail relay',
      'tcp 22-22 10.0.0.0/8 bastion',
      'tcp 23-25 ::/0 file transfer and mail relay',
      'tcp 443-443 0.0.0.0/0 public website',
    ]);
  }, 600_000);

  it('resolves the finding with a note that names who asked and who approved', async () => {
    await until(
      'RESOLVED in Security Hub',
      async () => hubFinding()?.Workflow?.Status === 'RESOLVED',
    );

    expect(hubFinding()?.Note?.Text).toMatch(/read back.*Rita Requester.*Alex Approver/);
  }, 600_000);

  it('tells the channel, and keeps each step in the thread', async () => {
    await until('the end in the thread', async () =>
      (await threadText()).includes('set to RESOLVED'),
    );
    const thread = await threadText();
    const inChannel = JSON.stringify(await driver().messages(channel));

    for (const words of [
      'asked for the remediation',
      'planned',
      'refused',
      'approved',
      'step applied and read back',
      'remediation done',
    ])
      expect(thread).toContain(words);
    expect(inChannel).toContain('remediation done and read back');
  }, 600_000);

  it('undoes it rule for rule when an approver asks, with a reason', async () => {
    await press(driver(), 'U0ALEX', ts, 'remediation.undo');
    await fillIn(driver(), 'U0ALEX', 'the migration is not over');
    await untilState(driver(), ts, 'undone');

    expect(await ingressOf(world, group)).toEqual(before);
    await until('NOTIFIED again', async () => hubFinding()?.Workflow?.Status === 'NOTIFIED');
  }, 600_000);

  it('keeps one unbroken chain of it in the table and in the locked bucket (law 13)', async () => {
    await until('the last link in the bucket', async () =>
      JSON.stringify(await chainInBucket(world, key)).includes('finding.unresolved'),
    );
    const [table, bucket] = [await chainInTable(world, key), await chainInBucket(world, key)];

    expect(verify(table)).toMatchObject({ ok: true, links: table.length });
    expect(bucket).toEqual(table);
    expect(table.map(({ event }) => event.type)).toEqual(
      expect.arrayContaining([
        'finding.received',
        'finding.announced',
        'remediation.requested',
        'remediation.planned',
        'approval.asked',
        'approval.refused',
        'approval.given',
        'step.applied',
        'remediation.done',
        'finding.resolved',
        'undo.requested',
        'step.undone',
        'undo.done',
        'finding.unresolved',
      ]),
    );
  }, 600_000);

  it('made no call that AWS refused, and opened each session for one purpose (law 14)', () => {
    // A condition that is not met is an answer: whatever is stored stays.
    const refused = world.edge
      .calls()
      .filter(({ error, function: by }) => by && error && !/ConditionalCheck/.test(error));
    const changing = world.edge.calls({
      service: 'ec2',
      action: 'RevokeSecurityGroupIngress',
      function: 'drawbridge-remediation',
    });

    expect(refused).toEqual([]);
    expect(changing.length).toBeGreaterThan(0);
    for (const { sessionPolicies } of changing)
      expect(JSON.stringify(sessionPolicies)).not.toContain('*"]');
  });
});
