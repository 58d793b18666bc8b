import { manifest, requestUrlOf } from '../../tools/slack-manifest';
import { putParameter, secretsFor } from '../../tools/slack-setup';
import { filesIn, textOf } from '../../tools/source';
import { commands, ownCommands } from '../../src/slack/command';

const url = 'https://abc.execute-api.eu-west-1.amazonaws.com/slack/events';

/** The scope that Slack asks for each method that the product calls. */
const scopes: Record<string, readonly string[]> = {
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.getPermalink': [],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'users.info': ['users:read', 'users:read.email'],
  'usergroups.users.list': ['usergroups:read'],
  'conversations.info': ['channels:read', 'groups:read'],
  'views.open': [],
  'views.push': [],
  'views.update': [],
  'views.publish': [],
};

describe('the manifest', () => {
  const app = manifest(url);

  it('sends commands, clicks and events to the one address', () => {
    expect(new Set(app.features.slash_commands.map((each) => each.url))).toEqual(new Set([url]));
    expect(app.settings.interactivity.request_url).toBe(url);
    expect(app.settings.event_subscriptions.request_url).toBe(url);
  });

  it('asks for exactly the scopes of the methods that the product calls', () => {
    const called = new Set(
      filesIn('src/slack').flatMap((file) =>
        [...textOf(file).matchAll(/client\.(?:apiCall\('([\w.]+)'|((?:\w+\.)+\w+)\()/g)].map(
          ([, named, method = '']) => named ?? method,
        ),
      ),
    );
    const needed = [...called].flatMap(
      (method) => scopes[method] ?? [`no scope known for ${method}`],
    );
    expect([...app.oauth_config.scopes.bot].sort()).toEqual(
      [...new Set(['commands', ...needed])].sort(),
    );
  });

  it('hints at each word that the command knows', () => {
    const [all] = app.features.slash_commands;
    expect(all).toMatchObject({ command: '/drawbridge', should_escape: false });
    expect(all?.usage_hint.split(' | ')).toEqual(Object.keys(commands));
  });

  it('has a command of its own for what is asked most, and says what it does', () => {
    const own = app.features.slash_commands.slice(1);
    expect(own.map(({ command }) => command)).toEqual(ownCommands.map((name) => `/${name}`));
    for (const { description, usage_hint } of own) {
      expect(description).toMatch(/^Drawbridge: ./);
      expect(usage_hint).not.toBe('');
    }
  });

  it('has people named for certain where a command takes a person, and nowhere else', () => {
    const escaped = app.features.slash_commands.filter((each) => each.should_escape);
    expect(escaped.map(({ command }) => command)).toEqual(['/audit']);
  });

  it('keeps to the lengths that Slack takes', () => {
    for (const { command, description, usage_hint } of app.features.slash_commands) {
      expect(command.length).toBeLessThanOrEqual(32);
      expect(description.length).toBeLessThanOrEqual(2000);
      expect(usage_hint.length).toBeLessThanOrEqual(1000);
    }
  });
});

describe('the request URL', () => {
  it('gets the path of the route when it has none', () => {
    expect(requestUrlOf('https://abc.example')).toBe('https://abc.example/slack/events');
    expect(requestUrlOf(url)).toBe(url);
    expect(textOf('serverless.yml')).toContain('httpApi: POST /slack/events');
  });

  it('must be HTTPS', () => {
    expect(() => requestUrlOf('http://abc.example')).toThrow(/https/);
    expect(() => requestUrlOf(undefined)).toThrow(/npm run manifest/);
  });
});

describe('the parameter', () => {
  const slack = {
    auth: { test: () => Promise.resolve({ ok: true, bot_id: 'B1', user_id: 'U1' }) },
    bots: { info: () => Promise.resolve({ ok: true, bot: { app_id: 'A1' } }) },
  } as never;

  it('holds the ids that Slack gave', async () => {
    const found = await secretsFor(slack, 'xoxb-1', 'secret-of-sixteen');
    expect(found).toMatchObject({ appId: 'A1', botId: 'B1', botUserId: 'U1' });
  });

  it('holds the previous secret while it is being rotated', async () => {
    const found = await secretsFor(slack, 'xoxb-1', 'secret-of-sixteen', 'former-of-sixteen');
    expect(found.previousSigningSecret).toBe('former-of-sixteen');
  });

  it('is refused when the token is not a bot’s', async () => {
    await expect(secretsFor(slack, 'xoxp-1', 'secret-of-sixteen')).rejects.toThrow(/xoxb-/);
  });

  it('is quoted for the shell', () => {
    const line = putParameter('/drawbridge/slack', {
      botToken: 'xoxb-1',
      signingSecret: "it's sixteen long",
      appId: 'A1',
      botId: 'B1',
      botUserId: 'U1',
    });
    expect(line).toContain(String.raw`it'\''s sixteen long`);
  });
});
