import { createHmac } from 'node:crypto';
import type { Json } from '../../../sandbox/slack/json';
import { connectDriver } from '../../../sandbox/slack/index';
import { actions, button, reasonModal, secret, section, startBoth } from './fixture';

let here: Awaited<ReturnType<typeof startBoth>>;
beforeEach(async () => {
  here = await startBoth();
});
afterEach(() => here.close());

const channel = 'C0ALERTS';
async function card(...elements: Json[]): Promise<string> {
  const blocks = [section('A plan'), actions(...elements)];
  const told = await here.api('chat.postMessage', { channel, text: 'A plan', blocks });
  return String(told['ts']);
}
const alex = { user: 'U0ALEX', channel };
const help = { ...alex, text: '/drawbridge help me' };

describe('a request to the bot', () => {
  it('is signed with v0 over timestamp and body', async () => {
    await here.workspace.driver.command(help);
    const [{ headers, body }] = here.bot.received as [(typeof here.bot.received)[number]];
    const at = String(headers['x-slack-request-timestamp']);
    const expected = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
    expect(headers['x-slack-signature']).toBe(`v0=${expected}`);
    expect(Number(at)).toBe(here.clock.now() / 1_000);
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(headers['user-agent']).toContain('Slackbot 1.0');
  });

  it('times out for the person when the acknowledgement is late, and the answer is ignored', async () => {
    here.bot.reply = () => {
      here.clock.advance(3_000);
      return { body: 'too late' };
    };
    expect(await here.workspace.driver.command(help)).toMatchObject({
      shown: 'operation_timeout',
      status: 0,
    });
    expect(await here.workspace.driver.ephemerals('U0ALEX', channel)).toEqual([]);
  });

  it('fails for the person when the bot answers 500 or not at all', async () => {
    here.bot.reply = () => ({ status: 500 });
    expect(await here.workspace.driver.command(help)).toMatchObject({
      shown: 'dispatch_failed',
      status: 500,
    });
    here.workspace.setRequestUrl('http://127.0.0.1:9/');
    expect(await here.workspace.driver.command(help)).toMatchObject({
      shown: 'dispatch_failed',
      status: 0,
    });
  });
});

describe('a slash command', () => {
  it('arrives as a form and its text answer is seen by the person only', async () => {
    here.bot.reply = () => ({ body: 'Use /drawbridge status' });
    const answer = await here.workspace.driver.command(help);
    expect(answer).toMatchObject({ status: 200, shown: 'ok', body: 'Use /drawbridge status' });
    expect(here.bot.last()).toMatchObject({
      command: '/drawbridge',
      text: 'help me',
      user_id: 'U0ALEX',
      channel_name: 'security-alerts',
      api_app_id: 'A0DRAWBRDG',
    });
    const [seen] = await here.workspace.driver.ephemerals('U0ALEX', channel);
    expect(seen?.text).toBe('Use /drawbridge status');
  });

  it('answers in the channel when the bot says so', async () => {
    here.bot.reply = () => ({ body: { response_type: 'in_channel', text: 'Hello all' } });
    await here.workspace.driver.command(help);
    expect(await here.workspace.driver.messages(channel)).toMatchObject([{ text: 'Hello all' }]);
  });
});

it('shows JSON that is not called JSON as text, as Slack does', async () => {
  here.bot.reply = () => ({ body: '{"text":"hello"}' });
  await here.workspace.driver.command(help);
  const [seen] = await here.workspace.driver.ephemerals('U0ALEX', channel);
  expect(seen?.text).toBe('{"text":"hello"}');
});

describe('a click', () => {
  it('carries message, container, state and the action', async () => {
    const menu = {
      type: 'static_select',
      action_id: 'pick',
      options: [{ text: { type: 'plain_text', text: 'One' }, value: '1' }],
    };
    const ts = await card(button('approve', { value: 'plan-1', style: 'primary' }), menu);
    await here.workspace.driver.click({ ...alex, ts, actionId: 'approve', values: { pick: '1' } });
    expect(here.bot.last()).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0ALEX', team_id: 'T0SANDBOX' },
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
      message: { ts, text: 'A plan' },
      state: { values: { buttons: { pick: { selected_option: { value: '1' } } } } },
      actions: [{ action_id: 'approve', block_id: 'buttons', value: 'plan-1', type: 'button' }],
      enterprise: null,
      is_enterprise_install: false,
    });
    await here.workspace.driver.click({ ...alex, ts, actionId: 'pick', value: '1' });
    expect(here.bot.last()['actions']).toMatchObject([{ selected_option: { value: '1' } }]);
  });

  it('is impossible on a button that is not there, or by somebody who cannot see it', async () => {
    const ts = await card(button('approve'));
    const { driver } = here.workspace;
    await expect(driver.click({ ...alex, ts, actionId: 'gone' })).rejects.toThrow('gone');
    const xena = { user: 'U0XENA', channel, ts, actionId: 'approve' };
    await expect(driver.click(xena)).rejects.toThrow('U0XENA is not in C0ALERTS');
    expect(here.bot.received).toEqual([]);
  });
});

describe('a trigger', () => {
  const open = (view: Json = reasonModal()) =>
    here.api('views.open', { trigger_id: here.bot.last()['trigger_id'], view });

  it('opens one view, once', async () => {
    await here.workspace.driver.command(help);
    expect((await open()).ok).toBe(true);
    expect((await open()).error).toBe('exchanged_trigger_id');
    expect((await here.workspace.driver.view('U0ALEX'))?.['callback_id']).toBe('deny');
  });

  it('is expired after three seconds', async () => {
    await here.workspace.driver.command(help);
    here.clock.advance(3_001);
    expect((await open()).error).toBe('expired_trigger_id');
  });

  it('is not used up by a view that Slack refuses', async () => {
    await here.workspace.driver.command(help);
    const refused = await open(reasonModal({ blocks: [{ type: 'nope' }] }));
    expect(refused).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: {
        messages: ['[ERROR] unsupported type: nope [json-pointer:/view/blocks/0/type]'],
      },
    });
    expect((await open()).ok).toBe(true);
  });
});

describe('a response_url', () => {
  const respond = (body: object) =>
    fetch(String(here.bot.last()['response_url']), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('takes five posts and refuses the sixth', async () => {
    await here.workspace.driver.command(help);
    for (let n = 0; n < 5; n += 1) expect((await respond({ text: `${n}` })).status).toBe(200);
    const sixth = await respond({ text: '6' });
    expect([sixth.status, await sixth.text()]).toEqual([404, '{"ok":false,"error":"used_url"}']);
    expect(await here.workspace.driver.ephemerals('U0ALEX', channel)).toHaveLength(5);
  });

  it('is dead after thirty minutes', async () => {
    await here.workspace.driver.command(help);
    here.clock.advance(30 * 60_000 + 1);
    expect(await (await respond({ text: 'x' })).text()).toContain('expired_url');
  });

  it('replaces and deletes the message that was acted on, ephemeral or not', async () => {
    const ts = await card(button('go'));
    await here.workspace.driver.click({ ...alex, ts, actionId: 'go' });
    await respond({ replace_original: true, text: 'Working…' });
    expect(await here.workspace.driver.messages(channel)).toMatchObject([{ text: 'Working…' }]);
    await respond({ text: 'Only you', blocks: [actions(button('hide'))] });
    const [mine] = await here.workspace.driver.ephemerals('U0ALEX', channel);
    await here.workspace.driver.click({ ...alex, ts: String(mine?.ts), actionId: 'hide' });
    expect(here.bot.last()).not.toHaveProperty('message');
    await respond({ delete_original: true });
    expect(await here.workspace.driver.ephemerals('U0ALEX', channel)).toEqual([]);
  });
});

it('offers the same driver over HTTP, with the same mistakes', async () => {
  const far = connectDriver(here.workspace.url);
  const ts = await card(button('go'));
  expect(await far.click({ ...alex, ts, actionId: 'go' })).toMatchObject({ shown: 'ok' });
  await expect(far.click({ ...alex, ts, actionId: 'gone' })).rejects.toThrow('gone');
  expect(await far.messages(channel)).toEqual(await here.workspace.driver.messages(channel));
  expect(await far.view('U0ALEX')).toBeUndefined();
});
