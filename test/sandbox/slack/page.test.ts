import { get } from 'node:http';
import { startWorkspace } from '../../../sandbox/slack/index';
import type { Json } from '../../../sandbox/slack/json';
import { slackDate } from '../../../sandbox/slack/page/dates';
import { richTextOf } from '../../../sandbox/slack/page/mrkdwn';
import { secret, token } from './fixture';

const elements = (text: string, kind?: 'plain_text') =>
  richTextOf(text, kind)['elements'] as Json[];
const leaves = (text: string, kind?: 'plain_text') =>
  elements(text, kind).flatMap((one) => one['elements'] as Json[]);
const texts = (text: string) => leaves(text).map((one) => one['text']);

describe('mrkdwn', () => {
  it('styles words, but not the middle of them', () => {
    expect(leaves('*b* snake_case_name 2*3*4')).toEqual([
      { type: 'text', text: 'b', style: { bold: true } },
      { type: 'text', text: ' snake_case_name 2*3*4' },
    ]);
    const style = { bold: true, code: true };
    expect(leaves('*a `*`*')).toContainEqual({ type: 'text', text: '*', style });
  });

  it('keeps the colons of an ARN and the stars of a policy', () => {
    expect(texts('arn:aws:iam::1:role/x')).toEqual(['arn:aws:iam::1:role/x']);
    expect(texts('```{"Action":"*","Resource":"*"}```')).toEqual(['{"Action":"*","Resource":"*"}']);
  });

  it('leaves escaped markup dead, and decodes it once', () => {
    expect(leaves('&lt;!channel&gt; &amp;lt;')).toEqual([
      { type: 'text', text: '<!channel> &lt;' },
    ]);
    expect(leaves('<javascript:alert(1)|x>')).toEqual([
      { type: 'text', text: '<javascript:alert(1)|x>' },
    ]);
  });

  it('makes live markup visible as what it is', () => {
    const types = leaves(
      '<@U0RITA><!here><!subteam^S0APPROVERS><#C0OPS><https://a.example|x> https://b.example.',
    );
    expect(types.map((one) => one['type'])).toEqual([
      'user',
      'broadcast',
      'usergroup',
      'channel',
      'link',
      'text',
      'link',
      'text',
    ]);
  });

  it('gathers quoted lines', () => {
    expect(elements('> a\n> b\nc').map((one) => one['type'])).toEqual([
      'rich_text_quote',
      'rich_text_section',
    ]);
  });

  it('takes plain text literally', () => {
    expect(leaves('*b* <@U0RITA>', 'plain_text')).toEqual([
      { type: 'text', text: '*b* <@U0RITA>' },
    ]);
  });
});

describe('a date', () => {
  const at = Date.UTC(2026, 0, 5, 23, 30) / 1_000;
  const write = (format: string, tz: string) => slackDate(at, format, tz, (at + 3_600) * 1_000);

  it("is written in the viewer's zone", () => {
    expect(write('{date_short} {time}', 'America/New_York')).toBe('Jan 5, 2026 6:30 PM');
    expect(write('{date_short} {time}', 'Europe/Berlin')).toBe('Jan 6, 2026 12:30 AM');
  });

  it('is near where it can be, and keeps what it does not know', () => {
    expect(write('{date_short_pretty} {ago} {nope}', 'UTC')).toBe('yesterday 1 hour ago {nope}');
  });
});

describe('the page', () => {
  const fed: unknown[] = [];
  const start = () =>
    startWorkspace({
      port: 0,
      signingSecret: secret,
      botToken: token,
      feed: async (event) => void fed.push(event),
      samples: async () => [{ name: 'One', event: { id: 1 } }],
    });
  let workspace: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    workspace = await start();
  });
  afterAll(() => workspace.close());
  const read = async (path: string) => (await fetch(workspace.url + path)).text();

  it('is bundled in memory and asks nothing of the network', async () => {
    expect(await read('/')).toContain('<script type="module" src="/page.js">');
    expect((await read('/page.js')).length).toBeGreaterThan(100_000);
    expect(await read('/page.css')).not.toMatch(/url\(["']?https?:/);
  });

  it('shows a person only their own channels and direct messages', async () => {
    const state = JSON.parse(await read('/sandbox/state?user=U0XENA')) as Json;
    expect(Object.keys(state['messages'] as Json)).toEqual(['C0SHARED', 'D0XENA']);
  });

  it('feeds a finding', async () => {
    expect(await read('/sandbox/samples')).toBe('[{"name":"One","event":{"id":1}}]');
    const headers = { 'Content-Type': 'application/json' };
    await fetch(`${workspace.url}/sandbox/feed`, { method: 'POST', headers, body: '{"id":2}' });
    expect(fed).toEqual([{ id: 2 }]);
  });

  it('tells an open page of each change', async () => {
    const answer = await fetch(`${workspace.url}/sandbox/stream`);
    const reader = answer.body?.getReader();
    const next = async () => new TextDecoder().decode((await reader?.read())?.value);
    expect(await next()).toContain('hello');
    await workspace.driver.say({ user: 'U0RITA', channel: 'C0OPS', text: 'Hi' });
    expect(await next()).toContain('changed');
    await reader?.cancel();
  });

  it('does not answer to another name than loopback, nor to a form of another site', async () => {
    const status = await new Promise((resolve) => {
      const headers = { Host: 'evil.example' };
      get(workspace.url, { headers }, (answer) => resolve(answer.resume().statusCode));
    });
    expect(status).toBe(403);
    const body = new URLSearchParams({ id: '3' });
    const posted = await fetch(`${workspace.url}/sandbox/feed`, { method: 'POST', body });
    expect(posted.status).toBe(405);
  });
});
