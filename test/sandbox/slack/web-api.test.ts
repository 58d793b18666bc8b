import { WebClient } from '@slack/web-api';
import { button, actions, reasonModal, section, startBoth, token } from './fixture';

let here: Awaited<ReturnType<typeof startBoth>>;
beforeEach(async () => {
  here = await startBoth();
});
afterEach(() => here.close());

const post = (more: object = {}) =>
  here.api('chat.postMessage', { channel: 'C0ALERTS', text: 'A finding', ...more });
const nextSecond = () => here.clock.advance(1_000);

describe('the token', () => {
  it('is asked for and checked', async () => {
    expect((await here.api('auth.test', {}, null)).error).toBe('not_authed');
    expect((await here.api('auth.test', {}, 'xoxb-other')).error).toBe('invalid_auth');
    expect(await here.api('auth.test', {})).toMatchObject({ ok: true, user_id: 'U0BOT' });
  });

  it("serves Slack's own client, with its forms", async () => {
    const client = new WebClient(token, { slackApiUrl: here.workspace.apiUrl });
    const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: '*é*' } }];
    const message = { channel: 'C0ALERTS', text: 'x', blocks };
    const told = await client.apiCall('chat.postMessage', message);
    expect(told).toMatchObject({ message: { blocks: [{ text: { text: '*é*' } }] } });
    expect((await client.usergroups.users.list({ usergroup: 'S0APPROVERS' })).users).toEqual([
      'U0ALEX',
      'U0BEA',
    ]);
  });

  it('does not help with a method that Slack does not have', async () => {
    expect((await here.api('chat.postMesage', {})).error).toBe('unknown_method');
    expect((await here.api('toString', {})).error).toBe('unknown_method');
  });
});

describe('posting', () => {
  it('refuses 51 blocks as Slack does', async () => {
    const blocks = Array.from({ length: 51 }, () => section('x'));
    expect(await post({ blocks })).toMatchObject({
      ok: false,
      error: 'invalid_blocks',
      response_metadata: {
        messages: ['[ERROR] no more than 50 items allowed [json-pointer:/blocks]'],
      },
    });
  });

  it('refuses a second message within a second with 429 and Retry-After', async () => {
    expect((await post()).ok).toBe(true);
    expect(await post()).toMatchObject({ httpStatus: 429, retryAfter: '1', error: 'ratelimited' });
    expect((await post({ channel: 'C0LOW' })).ok).toBe(true);
    nextSecond();
    expect((await post()).ok).toBe(true);
  });

  it('counts a method by its tier: the 21st list of a user group within a minute waits', async () => {
    const list = () => here.api('usergroups.users.list', { usergroup: 'S0APPROVERS' });
    for (let n = 0; n < 20; n += 1) expect((await list()).ok).toBe(true);
    expect(await list()).toMatchObject({ httpStatus: 429, retryAfter: '60' });
    here.clock.advance(60_000);
    expect((await list()).ok).toBe(true);
  });

  it('names the channel that cannot be written to', async () => {
    expect((await post({ channel: 'C0NONE' })).error).toBe('channel_not_found');
    expect((await post({ channel: 'C0RANDOM' })).error).toBe('not_in_channel');
    expect((await post({ channel: 'C0OLD' })).error).toBe('is_archived');
    expect((await post({ text: undefined })).error).toBe('no_text');
  });

  it('threads under a message that exists, and broadcasts when asked', async () => {
    const { ts } = await post();
    nextSecond();
    expect((await post({ thread_ts: '1.000001' })).error).toBe('thread_not_found');
    const reply = await post({ text: 'Reply', thread_ts: ts });
    nextSecond();
    await post({ text: 'Done', thread_ts: ts, reply_broadcast: true });
    nextSecond();
    expect((await post({ thread_ts: reply['ts'] })).error).toBe('thread_not_found');
    const { driver } = here.workspace;
    const texts = (all: { text: string }[]) => all.map((one) => one.text);
    expect(texts(await driver.messages('C0ALERTS'))).toEqual(['A finding', 'Done']);
    expect(texts(await driver.messages('C0ALERTS', { thread: String(ts) }))).toEqual([
      'A finding',
      'Reply',
      'Done',
    ]);
  });

  it('reaches a person by id in the direct messages', async () => {
    expect(await post({ channel: 'U0RITA' })).toMatchObject({ ok: true, channel: 'D0RITA' });
    expect(await here.workspace.driver.dms('U0RITA')).toHaveLength(1);
  });
});

describe('updating', () => {
  it('refuses a message of somebody else', async () => {
    const said = await here.workspace.driver.say({
      user: 'U0ALEX',
      channel: 'C0ALERTS',
      text: 'Hi',
    });
    const told = await here.api('chat.update', { channel: 'C0ALERTS', ts: said.ts, text: 'x' });
    expect(told.error).toBe('cant_update_message');
  });

  it('refuses 4,001 characters of text', async () => {
    const { ts } = await post();
    const update = (text: string) => here.api('chat.update', { channel: 'C0ALERTS', ts, text });
    expect((await update('a'.repeat(4_001))).error).toBe('msg_too_long');
    expect((await update('a'.repeat(4_000))).ok).toBe(true);
  });

  it('takes blocks away when only text comes, and keeps both when neither comes', async () => {
    const { ts } = await post({
      blocks: [section('Card')],
      metadata: { event_type: 'a', event_payload: {} },
    });
    const at = { channel: 'C0ALERTS', ts };
    await here.api('chat.update', { ...at, metadata: {} });
    const [kept] = await here.workspace.driver.messages('C0ALERTS');
    expect(kept).toMatchObject({ text: 'A finding', blocks: [{ text: { text: 'Card' } }] });
    expect(kept?.metadata).toBeUndefined();
    await here.api('chat.update', { ...at, text: 'Only text' });
    const [bare] = await here.workspace.driver.messages('C0ALERTS');
    expect(bare).toMatchObject({ text: 'Only text', edited: { user: 'U0BOT' } });
    expect(bare?.blocks).toBeUndefined();
  });

  it('does not find a message that is not there', async () => {
    const at = { channel: 'C0ALERTS', ts: '1.000001' };
    expect((await here.api('chat.update', { ...at, text: 'x' })).error).toBe('message_not_found');
    expect((await here.api('chat.delete', at)).error).toBe('message_not_found');
  });
});

describe('an ephemeral message', () => {
  const whisper = (more: object) =>
    here.api('chat.postEphemeral', { channel: 'C0ALERTS', user: 'U0RITA', text: 'psst', ...more });

  it('refuses somebody who is not in the channel', async () => {
    expect((await whisper({ user: 'U0XENA' })).error).toBe('user_not_in_channel');
  });

  it('is seen by one person only, and refuses blocks in attachments', async () => {
    await whisper({ blocks: [actions(button('ok'))] });
    expect(await here.workspace.driver.ephemerals('U0RITA', 'C0ALERTS')).toHaveLength(1);
    expect(await here.workspace.driver.ephemerals('U0ALEX', 'C0ALERTS')).toEqual([]);
    expect(await here.workspace.driver.messages('C0ALERTS')).toEqual([]);
    const attachments = [{ blocks: [section('x')] }];
    expect((await whisper({ attachments })).error).toBe('invalid_attachments');
  });
});

describe('people, channels and files', () => {
  it('tells guests, strangers and shared channels apart', async () => {
    const user = async (id: string) => (await here.api('users.info', { user: id }))['user'];
    expect(await user('U0GUS')).toMatchObject({ is_restricted: true });
    expect(await user('U0XENA')).toMatchObject({ is_stranger: true, team_id: 'T0PARTNER' });
    expect(await user('U0OWEN')).toMatchObject({ tz_offset: 19_800, is_restricted: false });
    const shared = await here.api('conversations.info', { channel: 'C0SHARED' });
    expect(shared['channel']).toMatchObject({ is_ext_shared: true });
    const found = await here.api('users.lookupByEmail', { email: 'alex@example.com' });
    expect(found['user']).toMatchObject({ id: 'U0ALEX' });
  });

  it('takes a file in three steps and shows it in the thread', async () => {
    const { ts } = await post();
    nextSecond();
    const bytes = '{"finding":1}';
    const at = { filename: 'finding.json', length: bytes.length };
    const ticket = await here.api('files.getUploadURLExternal', at);
    const send = (body: string) => fetch(String(ticket['upload_url']), { method: 'POST', body });
    expect((await send('short')).status).toBe(400);
    const files = [{ id: ticket['file_id'], title: 'Evidence' }];
    const complete = { files, channel_id: 'C0ALERTS', thread_ts: ts };
    expect((await here.api('files.completeUploadExternal', complete)).error).toBe('file_not_found');
    expect((await send(bytes)).status).toBe(200);
    expect((await here.api('files.completeUploadExternal', complete)).ok).toBe(true);
    const [, reply] = await here.workspace.driver.messages('C0ALERTS', { thread: String(ts) });
    expect(reply?.files).toMatchObject([{ title: 'Evidence', size: bytes.length }]);
  });

  it('keeps each call in the log, without the token', async () => {
    await here.api('views.open', { token, trigger_id: 'x', view: reasonModal() });
    expect(here.workspace.log).toMatchObject([
      { method: 'views.open', status: 200, answer: { error: 'invalid_trigger_id' } },
    ]);
    expect(JSON.stringify(here.workspace.log)).not.toContain(token);
  });
});
