import { encodeClick } from '../../../blocks/intent';
import { Told } from '../../../src/domain/errors';
import { words } from '../../blocks/support/reading';
import { groupId } from '../../blocks/support/desk';
import { findingKey } from '../../support/builders';
import { chosen, pressed, pressedIn, request } from '../support/requests';
import { startSlack, type FakeSlack } from '../support/slack';
import { aDesk, keyOf, type Desk } from './asking';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterAll(() => slack.close());

type Who = Parameters<typeof pressed>[2];
const channel = 'C0ALERTS';
const details = encodeClick({ kind: 'finding.details', finding: findingKey });
const file = encodeClick({ kind: 'finding.file', finding: findingKey, channel });
const own = encodeClick({ kind: 'finding.card', finding: findingKey, channel });
const press = async (desk: Desk, button: Parameters<typeof pressed>[1], who?: Who) => {
  const answer = await desk.send(request(pressed(slack.url, button, who)));
  await desk.serve();
  return answer;
};
const pressIn = async (
  desk: Desk,
  type: 'modal' | 'home',
  button: Parameters<typeof pressed>[1],
  who?: Who,
) => {
  const answer = await desk.send(request(pressedIn({ id: 'V1', type }, button, who)));
  await desk.serve();
  return answer;
};
const shown = (): string => words(slack.asked('views.update').at(-1));

describe('Details', () => {
  it('opens a window at once, which then shows everything', async () => {
    const desk = await aDesk(slack);
    expect(await press(desk, details)).toMatchObject({ status: 200, text: '' });
    expect(words(slack.asked('views.open'))).toContain('⏳');
    expect(slack.asked('views.update')).toMatchObject([{ view_id: 'V1' }]);
    expect(shown()).toContain('Port 22 is open to everybody.');
    expect(shown()).toContain('History (1)');
  });

  it('opens from the menu of a list as well', async () => {
    const desk = await aDesk(slack);
    await desk.send(request(chosen(slack.url, details)));
    await desk.serve();
    expect(shown()).toContain('Port 22 is open to everybody.');
  });

  it('opens from the Home, which is in no channel, and is told so where that may not be', async () => {
    const desk = await aDesk(slack);
    await pressIn(desk, 'home', details);
    expect(shown()).toContain('Port 22 is open to everybody.');
    slack.answer('conversations.info', () => ({ ok: true, channel: { is_ext_shared: true } }));
    desk.clock.pass(600_000);
    await pressIn(desk, 'home', details);
    expect(shown()).toContain('✋ This channel is shared');
  });

  it('are for members only, and not of a finding that is not known', async () => {
    const desk = await aDesk(slack);
    const unknown = encodeClick({ kind: 'finding.details', finding: keyOf(77) });
    await press(desk, unknown);
    expect(shown()).toContain('This finding is not known here.');
    slack.someone({ is_restricted: true });
    await press(desk, details, { user: 'U0GUS' });
    expect(shown()).toContain('✋ You are a guest here');
    expect(shown()).not.toContain('Port 22');
  });

  it('say in their window what went wrong', async () => {
    const desk = await aDesk(slack);
    desk.held.trail = () => Promise.reject(new Error('table down'));
    await press(desk, details);
    expect(shown()).toContain('Reference ref-2 finds it in the log');
    desk.held.trail = () => Promise.reject(new Told('The table rests.'));
    await press(desk, details);
    expect(shown()).toContain('The table rests.');
  });

  it('are no failure where the window was closed meanwhile', async () => {
    const desk = await aDesk(slack);
    slack.answer('views.update', () => ({ ok: false, error: 'not_found' }));
    await press(desk, details);
    expect(desk.logged).toEqual([]);
  });
});

describe('the file of a case', () => {
  it('stands in the thread of the card, with finding, remediation and trail', async () => {
    const desk = await aDesk(slack);
    const { id } = await desk.request();
    desk.card(findingKey);
    await pressIn(desk, 'modal', file);
    expect(words(slack.asked('views.push'))).toContain('Posting the file');
    expect(slack.asked('views.update')).toMatchObject([{ view_id: 'V2' }]);
    expect(shown()).toContain('The file stands in the thread of the card.');
    const [posted] = desk.files;
    expect(posted?.name).toBe('finding-01234567.json');
    expect(JSON.parse(posted?.content ?? '')).toMatchObject({
      finding: { finding: { key: findingKey } },
      remediation: { id },
      trail: [{ seq: 1 }, { seq: 2 }],
    });
  });

  it.each([
    ['there is no card', {}, 'This finding has no card'],
    ['the person may not read', { is_bot: true }, '✋ You are a bot here'],
  ])('is refused in words where %s', async (_, flags, because) => {
    const desk = await aDesk(slack);
    slack.someone(flags);
    await pressIn(desk, 'modal', file);
    expect(shown()).toContain(because);
    expect(desk.files).toEqual([]);
  });

  it('is refused where nobody knows the finding', async () => {
    const desk = await aDesk(slack);
    await pressIn(desk, 'modal', encodeClick({ kind: 'finding.file', finding: keyOf(7), channel }));
    expect(shown()).toContain('This finding is not known here.');
  });

  it('says so where Slack does not take it', async () => {
    const desk = await aDesk(slack);
    desk.desk.postFile = () => Promise.reject(new Error('upload failed'));
    await pressIn(desk, 'modal', file);
    expect(shown()).toContain('Reference ref-2 finds it in the log');
  });
});

describe('a card of its own', () => {
  const grouped = async () => {
    const desk = await aDesk(slack);
    const record = desk.held.held.findings.get(findingKey)!;
    const group = { id: groupId, shown: 'soon' } as const;
    desk.held.held.findings.set(findingKey, { ...record, group });
    return desk;
  };
  const isGrouped = async (desk: Desk) =>
    (await desk.held.finding(findingKey))?.group !== undefined;

  it('is given to a finding that shares one, and who asked is told', async () => {
    const desk = await grouped();
    await pressIn(desk, 'modal', own);
    expect(await isGrouped(desk)).toBe(false);
    expect(words(slack.asked('views.push'))).toContain('Its card comes into the channel.');
  });

  it('is refused on top of the window to who may not', async () => {
    const desk = await grouped();
    slack.someone({ is_restricted: true });
    await pressIn(desk, 'modal', own, { user: 'U0GUS' });
    expect(await isGrouped(desk)).toBe(true);
    expect(words(slack.asked('views.push'))).toContain('✋ You are a guest here');
  });

  it('says in a window what went wrong', async () => {
    const desk = await grouped();
    desk.held.commit = () => Promise.reject(new Error('table down'));
    expect((await pressIn(desk, 'modal', own)).status).toBe(200);
    expect(words(slack.asked('views.push'))).toContain('Reference ref-1 finds it in the log');
  });
});
