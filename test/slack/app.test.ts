import { encodeClick, encodeForm } from '../../blocks/intent';
import { words } from '../blocks/support/reading';
import { findingKey } from '../support/builders';
import { aDoorway, type Doorway } from './support/doorway';
import { commanded, eventOf, json, pressed, request, submitted } from './support/requests';
import { startSlack, type FakeSlack } from './support/slack';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterAll(() => slack.close());

const ask = {
  kind: 'remediation.preview',
  finding: findingKey,
  playbook: 'close-ec2-admin-ports',
  target: 'sg-0a1b2c3d',
} as const;
const { kind: _, ...what } = ask;
const wish = encodeForm({ ...what, kind: 'remediation.request', channel: 'C0ALERTS' });
type Who = Parameters<typeof pressed>[2];
const press = (door: Doorway, button: Parameters<typeof pressed>[1], who?: Who) =>
  door.send(request(pressed(slack.url, button, who)));
const submit = (door: Doorway, view: Parameters<typeof submitted>[0], reason: string, who?: Who) =>
  door.send(request(submitted(view, reason, who)));

describe('Remediate', () => {
  it('opens a modal at once and writes down that somebody waits for a preview', async () => {
    const door = await aDoorway(slack);
    const answer = await press(door, encodeClick(ask));
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(words(slack.asked('views.open'))).toContain('Looking at the target');
    expect(door.held.held.previews.get('V1')).toEqual({
      task: 'preview',
      viewId: 'V1',
      ask: what,
      channel: 'C0ALERTS',
      user: 'U0RITA',
    });
    expect(slack.asked('respond')).toEqual([]);
  });

  it('refuses who may not ask, and says who may', async () => {
    const door = await aDoorway(slack);
    await press(door, encodeClick(ask), { user: 'U0NILS' });
    expect(door.told()).toContain('✋ Only responders may ask for a remediation. These are resp');
    expect(slack.asked('respond')).toMatchObject([
      { response_type: 'ephemeral', replace_original: false },
    ]);
    expect(slack.asked('views.open')).toEqual([]);
    expect(door.held.held.previews.size).toBe(0);
  });

  it('says who was first where the same is asked for already', async () => {
    const door = await aDoorway(slack);
    await door.request();
    await press(door, encodeClick(ask));
    expect(door.told()).toContain('Rita already asked for this at 2026-03-01T12:00:00.000Z');
    expect(door.told()).toContain('it is preparing now');
  });

  it('says in the modal what went wrong once it is open', async () => {
    const door = await aDoorway(slack);
    door.held.ask = () => Promise.reject(new Error('table down'));
    expect((await press(door, encodeClick(ask))).status).toBe(200);
    expect(words(slack.asked('views.update'))).toContain('Reference ref-1 finds it in the log');
    expect(slack.asked('views.update')).toMatchObject([{ view_id: 'V1' }]);
    expect(door.logged).toMatchObject([{ more: { reference: 'ref-1' } }]);
  });

  it('is no failure where the modal was closed before the words came', async () => {
    slack.answer('views.update', () => ({ ok: false, error: 'not_found' }));
    const door = await aDoorway(slack);
    door.held.ask = () => Promise.reject(new Error('table down'));
    expect((await press(door, encodeClick(ask))).status).toBe(200);
  });

  it('asks to press again where Slack no longer waits for the modal', async () => {
    slack.answer('views.open', () => ({ ok: false, error: 'expired_trigger_id' }));
    const door = await aDoorway(slack);
    await press(door, encodeClick(ask));
    expect(door.told()).toContain('Press the button once more');
  });

  it('has words where Slack refuses the modal for another reason', async () => {
    slack.answer('views.open', () => ({ ok: false, error: 'fatal_error' }));
    const door = await aDoorway(slack);
    await press(door, encodeClick(ask));
    expect(door.told()).toContain('Something went wrong and nothing was changed');
  });
});

describe('the request in the modal', () => {
  it('starts one remediation and closes the modal', async () => {
    const door = await aDoorway(slack);
    const answer = await submit(door, wish, ' open to everybody ');
    expect(answer.body).toEqual({ response_action: 'clear' });
    expect(await door.stored(door.ids()[0]!)).toMatchObject({
      reason: 'open to everybody',
      requester: { id: 'U0RITA' },
      status: { state: 'preparing' },
    });
  });

  it('sent twice starts one, and the second is shown the first', async () => {
    const door = await aDoorway(slack);
    await submit(door, wish, 'open to everybody');
    const answer = await submit(door, wish, 'open to everybody', { user: 'U0BO' });
    expect(answer.body).toMatchObject({ response_action: 'update' });
    expect(answer.words).toContain('RITA already asked for this');
    expect(door.ids()).toHaveLength(1);
  });

  it.each(['', '  ', 'no'])('asks for words where the reason is %j', async (reason) => {
    const door = await aDoorway(slack);
    const answer = await submit(door, wish, reason);
    expect(answer.body).toMatchObject({
      response_action: 'errors',
      errors: { reason: expect.any(String) },
    });
    expect(door.ids()).toEqual([]);
  });

  it('asks for words where the form came without its field', async () => {
    const door = await aDoorway(slack);
    const answer = await door.send(request(submitted(wish, null)));
    expect(answer.body).toMatchObject({ response_action: 'errors' });
  });

  it('is refused in the modal where the person may not', async () => {
    const door = await aDoorway(slack);
    const answer = await submit(door, wish, 'please', { user: 'U0NILS' });
    expect(answer.words).toContain('✋ Only responders may ask');
    expect(door.ids()).toEqual([]);
  });
});

describe('the Home', () => {
  const opened = (tab: string) =>
    request(eventOf({ type: 'app_home_opened', user: 'U0RITA', channel: 'D0RITA', tab }), {
      type: json,
    });

  it('is written down to be shown', async () => {
    const door = await aDoorway(slack);
    expect((await door.send(opened('home'))).status).toBe(200);
    expect(door.asked()).toEqual([{ what: 'home', user: 'U0RITA' }]);
    expect(slack.calls).toEqual([]);
  });

  it('is left alone when another tab is opened', async () => {
    const door = await aDoorway(slack);
    await door.send(opened('messages'));
    expect(door.asked()).toEqual([]);
  });
});

it('a shortcut is acknowledged', async () => {
  const door = await aDoorway(slack);
  const content = { type: 'shortcut', callback_id: 'x', user: { id: 'U0RITA' }, trigger_id: 't' };
  const body = new URLSearchParams({ payload: JSON.stringify(content) }).toString();
  expect((await door.send(request(body))).status).toBe(200);
});

describe('a command', () => {
  it('is acknowledged at once, and written down to be answered', async () => {
    const door = await aDoorway(slack);
    const answer = await door.send(request(commanded(slack.url, 'findings critical')));
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(door.asked()).toEqual([
      {
        what: 'command',
        command: '/drawbridge',
        text: 'findings critical',
        click: { user: 'U0RITA', team: 'T0TEST', channel: 'C0ALERTS' },
        reply: `${slack.url}respond`,
      },
    ]);
    expect(slack.calls).toEqual([]);
  });

  it('of 10 kB is cut, and never inside a character', async () => {
    const door = await aDoorway(slack);
    await door.send(request(commanded(slack.url, `x${'🦆'.repeat(5_000)}`)));
    const [task] = door.asked();
    expect(task).toMatchObject({ text: expect.stringMatching(/^x🦆+.$/u) });
    expect(JSON.stringify(task)).not.toMatch(/\\ud[89a-f]/);
  });
});
