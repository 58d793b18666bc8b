import { aFinding, findingKey } from '../../support/builders';
import { CaseId } from '../../../src/domain/ids';
import { words } from '../../blocks/support/reading';
import { startSlack, type FakeSlack } from '../support/slack';
import { aDesk, idOf, keyOf } from './asking';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterAll(() => slack.close());

const asked = (n: number, reason: string) =>
  ({
    type: 'remediation.requested',
    remediation: idOf(n),
    actor: { kind: 'person', id: 'U0RITA', name: 'Rita' },
    facts: { reason },
  }) as const;

/** The finding of the world was received; then two remediations were asked for, and the twin of it came. */
const told = async () => {
  const desk = await aDesk(slack);
  await desk.fact(findingKey, 1, asked(1, 'open to everybody'));
  await desk.fact(findingKey, 2, asked(2, 'open again'));
  await desk.remediation(1);
  await desk.finding(9, { title: 'its twin', resources: aFinding().resources });
  await desk.fact(keyOf(9), 9, { facts: { title: 'Twin', because: 'moved' } });
  return desk;
};

describe('/audit', () => {
  it('of a resource tells every case of it, newest first, each with its chain checked', async () => {
    const desk = await told();
    const said = await desk.ask('sg-0a1b2c3d', {}, '/audit');
    expect(said).toMatch(
      /Audit of sg-0a1b2c3d Twin · 1 links, chain checked ✓ .* – moved #1 .*Security groups .* · 3 links, chain checked ✓/,
    );
    expect(said).toMatch(/– open again #3 .*– open to everybody #2 .*received #1/);
  });

  it('of a remediation tells its links only, and checks the whole chain', async () => {
    const desk = await told();
    const said = await desk.ask(`audit ${idOf(1)}`);
    expect(said).toContain('3 links, chain checked ✓');
    expect(said).toContain('open to everybody');
    expect(said).not.toContain('open again');
  });

  it('of a finding by our key goes by its title', async () => {
    const desk = await told();
    expect(await desk.ask(`audit ${findingKey}`)).toContain('Security groups should not allow');
  });

  it('is loud about a chain that was altered', async () => {
    const desk = await told();
    const chain = desk.held.held.chains.get(findingKey)!;
    desk.held.held.chains.set(findingKey, [chain[0]!, chain[2]!]);
    expect(await desk.ask(`audit ${findingKey}`)).toContain('⚠️ the chain is broken at link 2');
  });

  it.each([
    ['by name', '<@U0RITA|rita>'],
    ['by id alone', 'U0RITA'],
    ['as oneself', 'me'],
  ])('of a person %s tells what they did, newest first', async (_, said) => {
    const desk = await told();
    const answer = await desk.ask(said, {}, '/audit');
    expect(answer).toMatch(/Audit of what Rita did Latest 2 .*– open again .*– open to everybody/);
    expect(answer).not.toContain('received');
  });

  it('says that a busy person did more than is shown', async () => {
    const desk = await aDesk(slack);
    for (let n = 1; n <= 60; n += 1) await desk.fact(findingKey, n, asked(1, `reason ${n}`));
    const said = await desk.ask('me', {}, '/audit');
    expect(said).toContain('Latest 50 of more');
    expect(said).toContain('and 35 more');
  });

  it('tells five cases, and how many more there are', async () => {
    const desk = await aDesk(slack);
    for (let n = 1; n <= 11; n += 1) {
      await desk.finding(n, { resources: aFinding().resources });
      await desk.fact(keyOf(n), n, { facts: { title: `case ${n}` } });
    }
    const said = await desk.ask('audit sg-0a1b2c3d');
    expect(said.match(/case \d+/g)).toEqual(['case 11', 'case 10', 'case 9', 'case 8', 'case 7']);
    expect(said).toContain('and 7 more cases');
  });

  it('of a run of the gate tells who decided what, and checks its chain', async () => {
    const desk = await aDesk(slack);
    const run = 'gate-0mhz5k3q1abcdefghijk';
    await desk.fact(CaseId.parse(run), 1, { type: 'gate.decided', facts: { reason: 'test data' } });

    expect(await desk.ask(run, {}, '/audit')).toMatch(/1 links, chain checked ✓ .*– test data/);
    expect(await desk.ask(`${run}x`, {}, '/audit')).toContain('The trail knows nothing of');
  });

  it.each([
    ['', 'Name a resource, a person or an id'],
    ['<@U0BO>', 'The trail knows nothing of them.'],
    ['me', 'The trail knows nothing of them.'],
    ['@rita', 'Only the command /audit is told by Slack who @rita is'],
    ['sg-ffffffff', 'The trail knows nothing of “sg-ffffffff”.'],
    ['a &amp; b', 'The trail knows nothing of “a &amp; b”.'],
  ])('says what is missing or unknown: %j', async (said, because) => {
    const desk = await aDesk(slack);
    expect(await desk.ask(said, {}, '/audit')).toContain(because);
  });

  it('knows a resource whose name Slack escaped', async () => {
    const desk = await aDesk(slack);
    await desk.finding(1, { resources: [{ kind: 'AwsIamUser', id: 'r&d<1>' }] });
    await desk.fact(keyOf(1), 1, { facts: { title: 'A user' } });
    expect(await desk.ask('r&amp;d&lt;1&gt;', {}, '/audit')).toContain('A user');
    expect(words(desk.last()?.['blocks'])).toContain('chain checked');
  });
});
