import { parts, words } from '../../blocks/support/reading';
import { hostile } from '../../blocks/support/arbitraries';
import { aFinding, aProposal, findingKey } from '../../support/builders';
import { startSlack, type FakeSlack } from '../support/slack';
import { aDesk, minute } from './asking';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterAll(() => slack.close());

const asAnn = { user: 'U0ANN' };
const buttons = (shown: unknown) => parts(shown).filter(({ type }) => type === 'button');

describe('help and rights', () => {
  it('are for everybody, anywhere', async () => {
    const desk = await aDesk(slack);
    slack.someone({ is_restricted: true });
    const elsewhere = { user: 'U0GUS', channel: 'C0RANDOM' };
    expect(await desk.ask('', elsewhere)).toContain('/drawbridge findings [critical] [mine]');
    expect(await desk.ask('who', elsewhere)).toContain('are a guest here');
  });

  it('tell who may what', async () => {
    const desk = await aDesk(slack);
    expect(await desk.ask('who')).toContain('You may ask for remediations.');
    expect(await desk.ask('who', { user: 'U0NILS' })).toContain('may read, but neither');
  });

  it('tell what was probably meant', async () => {
    const desk = await aDesk(slack);
    expect(await desk.ask('stauts')).toContain('Did you mean “status”?');
    expect(await desk.ask('quarantine i-1')).toContain('There is no “quarantine”. Try');
  });
});

describe('/approvals', () => {
  it('lists what waits: first what this person may decide, then by deadline, with links', async () => {
    const desk = await aDesk(slack);
    await desk.remediation(1, { title: 'one' });
    await desk.remediation(2, { title: 'two', requester: { id: 'U0ANN' as never, name: 'Ann' } });
    await desk.remediation(3, { title: 'three' });
    await desk.remediation(4, { title: 'running', status: { state: 'applying' } });
    desk.card(findingKey);

    const said = await desk.ask('', asAnn, '/approvals');

    expect(said).toMatch(
      /3 waiting for a decision · 2 of them yours .*👉 three .*👉 one .*⏳ two /,
    );
    expect(said).not.toContain('running');
    expect(parts(desk.last()).filter(({ type }) => type === 'link')).toMatchObject([
      { url: 'https://test.slack.com/archives/C0ALERTS/p1.1' },
      {},
      {},
    ]);
  });

  it('counts all of many, and asks Slack for fifteen links', async () => {
    const desk = await aDesk(slack);
    for (let n = 1; n <= 60; n += 1) await desk.remediation(n);
    desk.card(findingKey);

    const said = await desk.ask('approvals');

    expect(said).toContain('60 waiting for a decision · 0 of them yours');
    expect(said).toContain('and 45 more');
    expect(slack.asked('chat.getPermalink')).toHaveLength(15);
  });

  it('answers without links where Slack does not give them', async () => {
    const desk = await aDesk(slack);
    await desk.remediation(1);
    desk.card(findingKey);
    slack.answer('chat.getPermalink', () => ({ ok: false, error: 'message_not_found' }));
    expect(await desk.ask('approvals')).toContain('1 waiting for a decision');
  });

  it('is calm when nothing waits', async () => {
    const desk = await aDesk(slack);
    expect(await desk.ask('approvals')).toContain('Nothing waits for a decision.');
  });
});

describe('/drawbridge status', () => {
  it('tells how bad it is, what waits and what runs', async () => {
    const desk = await aDesk(slack);
    await desk.finding(1, { severity: 'critical' });
    await desk.finding(2, { severity: 'low', compliance: 'passed' });
    await desk.remediation(1);
    await desk.remediation(2, { status: { state: 'applying' } });
    const said = await desk.ask('status');
    expect(said).toContain('Open findings 1 critical, 1 high');
    expect(said).toMatch(/Waiting for a decision: 1 .*Running: 1 .*· applying/);
  });

  it('says that there are more than it counted, and none where there are none', async () => {
    const desk = await aDesk(slack);
    for (let n = 1; n <= 60; n += 1) await desk.finding(n, { severity: 'low' });
    expect(await desk.ask('status')).toContain('1 high, 49 low, and more: /findings shows them');
    const calm = await aDesk(slack);
    calm.held.held.findings.clear();
    expect(await calm.ask('status')).toContain('Open findings none');
  });
});

describe('/drawbridge exceptions', () => {
  it('tells what is suppressed, by whom, why and until when', async () => {
    const desk = await aDesk(slack);
    const by = { id: 'U0RITA' as never, name: 'Rita' };
    await desk.finding(
      1,
      { title: 'accepted', workflow: 'suppressed' },
      { exception: { by, reason: 'a bastion', until: minute(900) } },
    );
    const said = await desk.ask('exceptions');
    expect(said).toContain('accepted sg-00000001 in security');
    expect(said).toContain('“a bastion”');
  });
});

describe('/remediate', () => {
  const about = async (said: string, who = {}) => {
    const desk = await aDesk(slack);
    await desk.finding(1, { title: 'its twin', resources: aFinding().resources });
    await desk.finding(2, { title: 'no answer', control: 'Config.1' });
    await desk.finding(3, { title: 'over', workflow: 'resolved' });
    await desk.remediation(1);
    return { said: await desk.ask(said, who, '/remediate'), shown: desk.last() };
  };

  it.each([
    ['a short id', 'sg-0a1b2c3d'],
    ['its ARN', 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1b2c3d'],
    ['capitals', 'SG-0A1B2C3D'],
    ['a code mark', '`sg-0a1b2c3d`'],
    ['what Slack makes of an address', '<http://sg-0a1b2c3d|sg-0a1b2c3d>'],
  ])('offers what can be done about a resource by %s', async (_, said) => {
    const { said: answer, shown } = await about(said);
    expect(answer).toContain('What can be done about');
    expect(buttons(shown)).toHaveLength(2);
    expect(answer).toContain('its twin');
  });

  it.each([
    ['our own key', findingKey],
    ['the id that its source gave it', aFinding().id],
    ['a remediation', 'rem-00000000000000000001'],
  ])('offers what can be done about one finding by %s', async (_, said) => {
    const { shown } = await about(said);
    expect(buttons(shown)).toHaveLength(1);
  });

  it('knows an id of GuardDuty, which looks like a key of ours', async () => {
    const desk = await aDesk(slack);
    const id = 'beef'.repeat(8);
    await desk.finding(1, { id, title: 'a miner' });
    expect(await desk.ask(`remediate ${id}`)).toContain('a miner');
  });

  it.each([
    ['', 'Name a finding or a resource'],
    ['sg-ffffffff', 'No finding speaks of “sg-ffffffff”.'],
    ['f'.repeat(32), 'No finding speaks of'],
    ['rem-99999999999999999999', 'No finding speaks of'],
    ['sg-00000002', 'no playbook answers them'],
    ['sg-00000003', 'Its findings are over'],
  ])('says why nothing can be done: %.20s', async (said, because) => {
    const { said: answer, shown } = await about(said);
    expect(answer).toContain(because);
    expect(buttons(shown)).toEqual([]);
  });

  it('is read by all members: the button asks again who may', async () => {
    const { shown } = await about('sg-0a1b2c3d', { user: 'U0NILS' });
    expect(buttons(shown)).toHaveLength(2);
  });
});

describe('any words', () => {
  it.each(['findings', 'remediate', 'audit', 'status', 'x'])(
    'after %s are answered, and nothing in the answer is live',
    async (command) => {
      const desk = await aDesk(slack);
      for (const each of hostile) {
        await desk.ask(`${command} ${each}`);
        const answer = desk.last();
        expect(words(answer)).not.toBe('');
        expect(String(answer?.['text'])).not.toMatch(/[<>`]/);
        expect(
          parts(answer).filter(({ type }) => ['user', 'usergroup', 'link'].includes(String(type))),
        ).toEqual([]);
      }
      expect(slack.asked('respond')).toHaveLength(hostile.length);
      expect(desk.logged).toEqual([]);
    },
  );
});

it('/drawbridge stats answers with the numbers', async () => {
  const desk = await aDesk(slack);
  expect(await desk.ask('stats')).toBe('The numbers');
});

it('a plan whose time is over is nobody’s to decide', async () => {
  const desk = await aDesk(slack);
  await desk.remediation(1, { proposal: aProposal({ until: minute(-1) }) });
  expect(await desk.ask('approvals', asAnn)).toContain('0 of them yours');
});
