import type { Json } from '../../../sandbox/slack/json';
import { actions, button, reasonModal, section, startBoth } from './fixture';

let here: Awaited<ReturnType<typeof startBoth>>;
beforeEach(async () => {
  here = await startBoth();
});
afterEach(() => here.close());

const user = 'U0ALEX';
const command = { user, channel: 'C0ALERTS', text: '/drawbridge deny' };
const view = () => here.workspace.driver.view(user);

async function openModal(given: Json = reasonModal()): Promise<string> {
  await here.workspace.driver.command(command);
  const told = await here.api('views.open', {
    trigger_id: here.bot.last()['trigger_id'],
    view: given,
  });
  return String((told['view'] as Json)['id']);
}
const submit = (reason: string) =>
  here.workspace.driver.submit({ user, values: { 'reason.text': reason } });

describe('a submission', () => {
  it('carries what was typed, and closes the view', async () => {
    await openModal();
    expect(await submit('Not now')).toMatchObject({ shown: 'ok', status: 200 });
    expect(here.bot.last()).toMatchObject({
      type: 'view_submission',
      view: {
        callback_id: 'deny',
        private_metadata: 'request-1',
        state: { values: { reason: { text: { type: 'plain_text_input', value: 'Not now' } } } },
      },
      response_urls: [],
    });
    expect(await view()).toBeUndefined();
  });

  it("is stopped by Slack's client while a required input is empty or too short", async () => {
    await openModal();
    const before = here.bot.received.length;
    expect(await submit('')).toMatchObject({
      shown: 'invalid_input',
      errors: { reason: /required/ },
    });
    expect((await submit('no')).errors).toEqual({ reason: 'Must be at least 3 characters.' });
    expect(here.bot.received).toHaveLength(before);
  });

  it('shows errors under its inputs, and refuses errors for other blocks', async () => {
    await openModal();
    const errors = { reason: 'Say more' };
    here.bot.reply = () => ({ body: { response_action: 'errors', errors } });
    expect(await submit('Not now')).toMatchObject({ shown: 'errors', errors });
    here.bot.reply = () => ({ body: { response_action: 'errors', errors: { other: 'x' } } });
    expect((await submit('Not now')).shown).toBe('invalid_errors');
    expect(await view()).toBeDefined();
  });

  it('may update the view, push another, or clear them all', async () => {
    const id = await openModal();
    const next = reasonModal({ callback_id: 'next' });
    here.bot.reply = () => ({ body: { response_action: 'update', view: next } });
    await submit('Not now');
    expect(await view()).toMatchObject({ id, callback_id: 'next' });
    here.bot.reply = () => ({ body: { response_action: 'push', view: next } });
    await submit('Not now');
    expect(await view()).toMatchObject({ previous_view_id: id, root_view_id: id });
    here.bot.reply = () => ({ body: { response_action: 'clear' } });
    await submit('Not now');
    expect(await view()).toBeUndefined();
  });

  it('stays open with an error when the bot fails', async () => {
    await openModal();
    here.bot.reply = () => ({ status: 500 });
    expect((await submit('Not now')).shown).toBe('dispatch_failed');
    expect(await view()).toBeDefined();
  });
});

describe('the stack of views', () => {
  it('refuses a fourth view', async () => {
    const blocks = [actions(button('more'))];
    const modal = reasonModal({ blocks });
    await openModal(modal);
    const push = async () => {
      await here.workspace.driver.clickInView({ user, actionId: 'more' });
      const trigger_id = here.bot.last()['trigger_id'];
      return here.api('views.push', { trigger_id, view: modal });
    };
    expect((await push()).ok).toBe(true);
    expect((await push()).ok).toBe(true);
    expect((await push()).error).toBe('push_limit_reached');
  });

  it('tells the bot of a closed view only where it asked to be told', async () => {
    await openModal(reasonModal({ notify_on_close: true }));
    await here.workspace.driver.closeView({ user });
    expect(here.bot.last()).toMatchObject({ type: 'view_closed', is_cleared: false });
    await openModal();
    await here.workspace.driver.closeView({ user });
    expect(here.bot.last()).not.toHaveProperty('type');
  });
});

describe('updating a view', () => {
  it('refuses an old hash and a view that is gone', async () => {
    const view_id = await openModal();
    const update = (more: object) =>
      here.api('views.update', { view_id, view: reasonModal(), ...more });
    const hash = (await view())?.hash;
    expect((await update({ hash })).ok).toBe(true);
    expect((await update({ hash })).error).toBe('hash_conflict');
    await here.workspace.driver.closeView({ user });
    expect((await update({})).error).toBe('not_found');
  });
});

describe('the Home tab', () => {
  it('asks the bot, and shows what the bot publishes', async () => {
    await here.workspace.driver.openHome(user);
    expect(here.bot.last()).toMatchObject({
      type: 'event_callback',
      event: { type: 'app_home_opened', user, tab: 'home', channel: 'D0ALEX' },
    });
    const home = { type: 'home', blocks: [section('Welcome'), actions(button('refresh'))] };
    expect((await here.api('views.publish', { user_id: user, view: home })).ok).toBe(true);
    const shown = await here.workspace.driver.home(user);
    expect(shown?.blocks).toHaveLength(2);
    const viewId = String(shown?.id);
    await here.workspace.driver.clickInView({ user, viewId, actionId: 'refresh' });
    expect(here.bot.last()).toMatchObject({ container: { type: 'view', view_id: viewId } });
  });

  it('is refused as a modal, and a modal is refused as it', async () => {
    const told = await here.api('views.publish', { user_id: user, view: reasonModal() });
    expect(told.error).toBe('invalid_arguments');
  });
});

describe('an event', () => {
  const settle = () => new Promise((resolve) => setTimeout(resolve, 30));

  it('is sent again until the bot takes it, with the number of the retry', async () => {
    here.bot.reply = () => ({ status: 500 });
    await here.workspace.driver.openHome(user);
    here.clock.advance(0);
    await settle();
    here.bot.reply = () => ({ status: 200 });
    here.clock.advance(60_000);
    await settle();
    here.clock.advance(300_000);
    await settle();
    const numbers = here.bot.received.map((one) => one.headers['x-slack-retry-num']);
    expect(numbers).toEqual([undefined, '1', '2']);
    expect(here.bot.received[1]?.headers['x-slack-retry-reason']).toBe('http_error');
    expect(new Set(here.bot.received.map((one) => one.payload['event_id'])).size).toBe(1);
  });

  it('is not sent again when the bot says so', async () => {
    here.bot.reply = () => ({ status: 500, headers: { 'X-Slack-No-Retry': '1' } });
    await here.workspace.driver.openHome(user);
    here.clock.advance(0);
    await settle();
    expect(here.bot.received).toHaveLength(1);
  });

  it('is not sent unless the app has subscribed to it', async () => {
    await here.workspace.driver.say({ user, channel: 'D0ALEX', text: 'Hello?' });
    await settle();
    expect(here.bot.received).toEqual([]);
  });

  it('verifies a request URL by its challenge', async () => {
    here.bot.reply = ({ payload }) => ({ body: { challenge: payload['challenge'] } });
    expect(await here.workspace.verifyRequestUrl()).toBe(true);
    here.bot.reply = () => ({ body: 'hello' });
    expect(await here.workspace.verifyRequestUrl()).toBe(false);
  });
});
