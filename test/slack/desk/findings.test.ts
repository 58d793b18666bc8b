import { encodeClick } from '../../../blocks/intent';
import { parts, words } from '../../blocks/support/reading';
import { letters } from '../../../blocks/parts';
import { hostile } from '../../blocks/support/arbitraries';
import { pressed, request } from '../support/requests';
import { startSlack, type FakeSlack } from '../support/slack';
import { aDesk, minute, type Desk } from './asking';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterAll(() => slack.close());

const rows = (desk: Desk): string[] => {
  const [table] = parts(desk.last()).filter(({ type }) => type === 'table');
  return ((table?.['rows'] ?? []) as unknown[]).slice(1).map(words);
};
/** Presses the button that goes on. */
const next = async (desk: Desk): Promise<boolean> => {
  const button = parts(desk.last()).find(
    ({ type, text }) => type === 'button' && words(text) === 'Next',
  );
  if (!button) return false;
  const { action_id, value } = button as { action_id: string; value: string };
  await desk.send(request(pressed(slack.url, { action_id, value })));
  await desk.serve();
  return true;
};

describe('/findings', () => {
  it('lists open ones, worst first, then newest', async () => {
    const desk = await aDesk(slack);
    await desk.finding(1, { title: 'one', severity: 'low' });
    await desk.finding(2, { title: 'two', severity: 'critical' });
    await desk.finding(3, { title: 'three', severity: 'critical' });
    await desk.finding(4, { title: 'over', workflow: 'resolved' });

    const said = await desk.ask('', {}, '/findings');

    expect(said).toContain('Open findings, worst first');
    expect(rows(desk).map((row) => row.split(' ').slice(0, 6).join(' '))).toEqual([
      '1 🚨 critical EC2.13 three sg-00000003',
      '2 🚨 critical EC2.13 two sg-00000002',
      '3 🔴 high EC2.13 Security groups',
      '4 🟡 low EC2.13 one sg-00000001',
    ]);
    expect(slack.asked('respond')).toMatchObject([
      { response_type: 'ephemeral', replace_original: false },
    ]);
  });

  it.each([
    ['critical', ['two']],
    ['mine', ['two']],
    ['suppressed', ['kept']],
    ['account:security region:eu sg-00000001', ['one']],
    ['nowhere', []],
  ])('%s shows what fits', async (filter, titles) => {
    const desk = await aDesk(slack);
    const assignee = { id: 'U0RITA' as never, name: 'Rita' };
    await desk.finding(1, { title: 'one', severity: 'low' });
    await desk.finding(2, { title: 'two', severity: 'critical' }, { assignee });
    await desk.finding(
      3,
      { title: 'kept', workflow: 'suppressed' },
      { exception: { reason: 'r', until: minute(900) } },
    );

    const said = await desk.ask(`findings ${filter}`);

    expect(rows(desk).map((row) => /EC2\.13 (\w+)/.exec(row)?.[1])).toEqual(titles);
    expect(said).toContain(titles.length > 0 ? `Findings for “${filter}”` : ': none.');
  });

  it('tells a slip of a filter, and what was meant', async () => {
    const desk = await aDesk(slack);
    expect(await desk.ask('findings acount:prod')).toContain('Did you mean “account:prod”?');
  });

  it('refuses more words than the next page’s button could carry', async () => {
    const desk = await aDesk(slack);
    expect(await desk.ask(`findings ${'x'.repeat(301)}`)).toContain('300 characters at most');
    expect(await desk.ask(`findings ${'"\\'.repeat(150)}`)).toContain('none');
  });
});

describe('the pages of a list', () => {
  it('hold twenty each, show every finding once, and take each other’s place', async () => {
    const desk = await aDesk(slack);
    for (let n = 1; n <= 70; n += 1) await desk.finding(n, { title: `number ${n}` });

    await desk.ask('findings');
    const seen = [rows(desk)];
    while (await next(desk)) seen.push(rows(desk));

    expect(seen.map((page) => page.length)).toEqual([20, 20, 20, 11]);
    const numbers = seen.flat().map((row) => /number (\d+)/.exec(row)?.[1]);
    expect(numbers.slice(0, 70)).toEqual(Array.from({ length: 70 }, (_, n) => String(70 - n)));
    expect(slack.asked('respond').map((each) => each['replace_original'])).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  it('are full although few of many fit, and go on with the same filter', async () => {
    const desk = await aDesk(slack);
    for (let n = 1; n <= 130; n += 1)
      await desk.finding(n, { title: n % 3 === 0 ? 'wanted' : 'other' });

    await desk.ask('findings wanted');
    const seen = [rows(desk)];
    while (await next(desk)) seen.push(rows(desk));

    expect(seen.map((page) => page.length)).toEqual([20, 20, 3]);
    expect(seen.flat().every((row) => row.includes('wanted'))).toBe(true);
    expect(new Set(seen.flat().map((row) => /sg-\w+/.exec(row)?.[0])).size).toBe(43);
  });

  it('end a long search that finds nothing, and go on with it when asked', async () => {
    const desk = await aDesk(slack);
    const { lists } = desk.desk;
    for (let n = 1; n <= 45; n += 1) await desk.finding(n);
    desk.desk.lists = { ...lists, findings: (which, from) => lists.findings(which, from, 1) };

    expect(await desk.ask('findings nowhere')).toContain('none so far');
    expect(await next(desk)).toBe(true);
    expect(words(desk.last())).toContain(': none.');
  });

  it('are refused to who may not read any more, and to a value that was forged', async () => {
    const desk = await aDesk(slack);
    slack.someone({ is_restricted: true });
    const page = encodeClick({ kind: 'findings.page', text: '', from: '3' });
    await desk.send(request(pressed(slack.url, page)));
    await desk.serve();
    expect(desk.told()).toContain('only members may act');
    const long = JSON.stringify({ text: 'x'.repeat(301), from: '3' });
    await desk.send(request(pressed(slack.url, { ...page, value: long })));
    expect(desk.asked()).toEqual([]);
  });
});

describe('text from outside', () => {
  it('never makes a list that Slack does not take, or that is live', async () => {
    const desk = await aDesk(slack);
    const wild = [...hostile, ...hostile, ...hostile].slice(0, 50);
    for (const [n, title] of wild.entries())
      await desk.finding(n, {
        title,
        control: title.slice(0, 40),
        resources: [{ kind: title, id: title }],
      });

    for (const text of ['findings', 'status', ...hostile.map((each) => `findings ${each}`)]) {
      await desk.ask(text);
      expect(slack.calls.filter(({ args }) => JSON.stringify(args).includes('invalid'))).toEqual(
        [],
      );
      expect(letters(desk.last()?.['blocks'])).toBeLessThanOrEqual(12_000);
      expect(parts(desk.last()).filter(({ type }) => type === 'mrkdwn')).toEqual([]);
    }
    expect(desk.logged).toEqual([]);
  });
});
