import { encodeClick } from '../../../blocks/intent';
import { DeskTask } from '../../../src/slack/desk/task';
import { repliesTo, responseOrigin } from '../../../src/slack/replies';
import { parts, words } from '../../blocks/support/reading';
import { aGroup, groupId } from '../../blocks/support/desk';
import { findingKey } from '../../support/builders';
import { commanded, eventOf, json, pressed, request } from '../support/requests';
import { startSlack, type FakeSlack } from '../support/slack';
import { aDesk, minute, type Desk } from './asking';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterAll(() => slack.close());

type Who = Parameters<typeof pressed>[2];
const press = async (desk: Desk, button: Parameters<typeof pressed>[1], who?: Who) => {
  const answer = await desk.send(request(pressed(slack.url, button, who)));
  await desk.serve();
  return answer;
};

describe('the members of a group', () => {
  const crowd = async (count: number) => {
    const desk = await aDesk(slack);
    for (let n = 1; n <= count; n += 1) {
      const { finding } = await desk.finding(n, { title: `number ${n}` });
      const { key, severity, account } = finding;
      await desk.groups.join(aGroup(), { key, severity, account, at: minute(n) }, minute(0));
    }
    return desk;
  };
  const show = (from: string) => encodeClick({ kind: 'group.show', group: groupId, from });

  it('are listed for the person who asks, and paged in the place of the page before', async () => {
    const desk = await crowd(45);
    await press(desk, show('0'));
    expect(words(desk.last())).toContain('1–20 of 45, worst first');
    expect(words(desk.last())).toMatch(/1 🔴 high EC2.13 number 45 .* 20 🔴 high EC2.13 number 26/);
    await press(desk, show('20'));
    await press(desk, show('40'));
    expect(words(desk.last())).toContain('41–45 of 45');
    expect(words(desk.last())).not.toContain('Next');
    expect(slack.asked('respond').map((each) => each['replace_original'])).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('end where there are none left, and say so of a group that is too old', async () => {
    const desk = await crowd(2);
    await press(desk, show('999999'));
    expect(words(desk.last())).toContain('None after 2');
    desk.groups.held.clear();
    await press(desk, show('0'));
    expect(words(desk.last())).toContain('This group is too old');
  });

  it('are refused to outsiders, and where the place was forged', async () => {
    const desk = await crowd(2);
    slack.someone({ deleted: true });
    await press(desk, show('0'));
    expect(desk.told()).toContain('a deactivated account');
    for (const from of ['-1', '1e9', 'x', '0x10', ''])
      await press(desk, { ...show('0'), value: JSON.stringify({ group: groupId, from }) });
    expect(
      slack.asked('respond').filter((each) => words(each).includes('older message')),
    ).toHaveLength(5);
  });
});

describe('the Home', () => {
  const open = async (desk: Desk, user = 'U0ANN') => {
    const event = eventOf({ type: 'app_home_opened', user, channel: 'D0', tab: 'home' });
    await desk.send(request(event, { type: json }));
    await desk.serve();
    return words(slack.asked('views.publish').at(-1));
  };

  it('shows what is on the desk of the person who opens it', async () => {
    const desk = await aDesk(slack);
    await desk.finding(1, { severity: 'critical', title: 'burning' });
    await desk.remediation(1, { title: 'wanted' });
    await desk.remediation(2, { title: 'at work', status: { state: 'applying' } });
    desk.card(findingKey);
    const asAnn = await open(desk);
    expect(asAnn).toMatch(
      /Yours to decide: 1 👉 wanted .*Your requests: 0 .*Running: 1 ⚙️ at work/,
    );
    expect(asAnn).toContain('Open critical findings: 1');
    expect(asAnn).toContain('🚨 burning');
    const asRita = await open(desk, 'U0RITA');
    expect(asRita).toMatch(/Yours to decide: 0 .*Your requests: 2 /);
    expect(parts(slack.asked('views.publish')).filter(({ type }) => type === 'link')).not.toEqual(
      [],
    );
  });

  it('says that there are more critical ones than it read', async () => {
    const desk = await aDesk(slack);
    for (let n = 1; n <= 51; n += 1) await desk.finding(n, { severity: 'critical' });
    expect(await open(desk)).toContain('Open critical findings: 50 and more');
  });

  it('shows a guest nothing of it', async () => {
    const desk = await aDesk(slack);
    await desk.remediation(1);
    slack.someone({ is_restricted: true });
    expect(await open(desk)).not.toContain('sg-0a1b2c3d');
  });

  it('that cannot be made is logged, and shown when it is opened again', async () => {
    const desk = await aDesk(slack);
    slack.answer('views.publish', () => ({ ok: false, error: 'fatal_error' }));
    await open(desk);
    expect(desk.logged).toHaveLength(1);
  });
});

describe('a task', () => {
  it('done twice ends in the same (law 4)', async () => {
    const desk = await aDesk(slack);
    await desk.send(request(commanded(slack.url, 'findings')));
    const tasks = desk.asked();
    await desk.serve();
    desk.held.held.previews.set('again', { task: 'desk', ...tasks[0] });
    await desk.serve();
    const [first, second] = slack.asked('respond');
    expect(second).toEqual(first);
    expect(desk.held.held.chains.get(findingKey)).toHaveLength(1);
  });

  it('that came too late is over: Slack takes no answer after half an hour', async () => {
    const desk = await aDesk(slack);
    slack.answer('respond', () => ({ ok: false, httpStatus: 404 }));
    await desk.ask('findings');
    expect(desk.logged).toEqual([]);
  });

  it('whose answer Slack does not take is told in words, and logged', async () => {
    const desk = await aDesk(slack);
    let tries = 0;
    slack.answer('respond', () => ((tries += 1) === 1 ? { httpStatus: 400 } : { ok: true }));
    expect(await desk.ask('findings')).toContain('Reference ref-2 finds it in the log');
    expect(desk.logged).toHaveLength(1);
  });

  it('fails where Slack is down, so that the alarm hears of it', async () => {
    const desk = await aDesk(slack);
    slack.answer('respond', () => ({ httpStatus: 503 }));
    await expect(desk.ask('findings')).rejects.toThrow('503');
  });

  it('says in words that nobody could be asked who this is', async () => {
    const desk = await aDesk(slack);
    slack.answer('users.info', () => ({ ok: false, error: 'user_not_found' }));
    expect(await desk.ask('findings')).toContain('Something went wrong and nothing was changed');
  });

  it('answers to Slack only', async () => {
    const desk = await aDesk(slack);
    const elsewhere = { response_url: 'http://127.0.0.1:9/respond' };
    await desk.send(request(commanded(slack.url, 'findings', {}, elsewhere)));
    await expect(desk.serve()).rejects.toThrow('a response_url that is not Slack’s');
    expect(slack.asked('respond')).toEqual([]);
  });

  it('is read as it was written down, and nothing else is', () => {
    const task = { what: 'home', user: 'U0RITA' };
    expect(DeskTask.parse({ task: 'desk', ...task })).toEqual(task);
    expect(() => DeskTask.parse({ what: 'destroy' })).toThrow(/what/);
  });
});

describe('where answers go', () => {
  it.each([
    ['https://slack.com/api/', 'https://hooks.slack.com'],
    ['https://slack-gov.com/api/', 'https://hooks.slack-gov.com'],
    ['https://slack.com.evil.example/api/', 'https://slack.com.evil.example'],
    ['http://127.0.0.1:3000/api/', 'http://127.0.0.1:3000'],
  ])('by the API at %s is %s', (api, origin) => {
    expect(responseOrigin(api)).toBe(origin);
  });

  it('is nowhere that Slack redirects to', async () => {
    await expect(
      repliesTo('https://hooks.slack.com').send('https://hooks.slack.com.evil.example/x', {
        text: '',
        blocks: [],
      }),
    ).rejects.toThrow('not Slack’s');
  });
});
