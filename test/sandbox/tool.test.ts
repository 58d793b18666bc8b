import { createHmac } from 'node:crypto';
import { startTool, type Ticket, type Tool } from '../../sandbox/tool';
import { freePorts } from '../../sandbox/emulators';

const secret = 'shared';
const run = 'rem-0000000000/1';
let time: number;
let port: number;
let tools: Tool[];

const start = async (): Promise<Tool> => {
  const tool = await startTool({ port, secret, now: () => new Date(time), seconds: 2 });
  tools.push(tool);
  return tool;
};
const sign = (text: string, by = secret, t = Math.floor(time / 1000)): string =>
  `t=${t},v1=${createHmac('sha256', by).update(`${t}.${text}`).digest('hex')}`;
const post = (body: string, signature = sign(body), key = run) =>
  fetch(`http://127.0.0.1:${port}/tickets`, {
    method: 'POST',
    body,
    headers: { 'Drawbridge-Signature': signature, 'Idempotency-Key': key },
  });
const look = async (key = run): Promise<[number, unknown]> => {
  const query = `run=${encodeURIComponent(key)}`;
  const headers = { 'Drawbridge-Signature': sign(query) };
  const answer = await fetch(`http://127.0.0.1:${port}/tickets?${query}`, { headers });
  return [answer.status, await answer.json()];
};
const tickets = async () => (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as Ticket[];

beforeEach(async () => {
  time = Date.parse('2026-03-01T12:00:00.000Z');
  [port = 0] = await freePorts(1);
  tools = [];
  await start();
});
afterEach(async () => {
  for (const tool of tools) await tool.close();
});

it('does its work once per key, and tells how it stands', async () => {
  expect(await look()).toEqual([404, { message: 'no such run' }]);
  expect((await post('{"host":"i-1"}')).status).toBe(202);
  expect((await post('{"host":"i-1"}')).status).toBe(202);
  expect(await look()).toEqual([200, { status: 'running', message: 'opening the ticket' }]);

  time += 2000;

  expect(await look()).toEqual([200, { status: 'done', output: { Ticket: 'SEC-1001' } }]);
  expect(await tickets()).toMatchObject([{ run, asked: 2, body: { host: 'i-1' } }]);
});

it('fails in the words that it is told', async () => {
  await post('{"fail":"no such host"}');
  time += 2000;

  expect(await look()).toEqual([200, { status: 'failed', message: 'no such host' }]);
});

it.each<[string, () => string]>([
  ['no signature', () => ''],
  ['another secret', () => sign('{}', 'other')],
  ['another body', () => sign('{"more":1}')],
  ['an old signature', () => sign('{}', secret, time / 1000 - 301)],
])('takes nothing with %s', async (_, signature) => {
  expect((await post('{}', signature())).status).toBe(401);
  expect(await tickets()).toEqual([]);
});

it('takes nothing without a key, and nothing that is not JSON', async () => {
  expect((await post('{}', sign('{}'), '')).status).toBe(400);
  expect((await post('{', sign('{'))).status).toBe(400);
});

it('serves for another sandbox that came later, which follows it when it ends', async () => {
  await start();
  await post('{}');

  await tools.shift()?.close();

  for (let tries = 0; tries < 100; tries += 1) {
    const there = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (there) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await tickets()).toEqual([]);
});
