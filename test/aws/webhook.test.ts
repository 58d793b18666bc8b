import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { webhookCallers } from '../../src/aws/calls/webhook';

const now = new Date('2026-03-01T12:00:00.000Z');
const run = 'rem-0000000000/1';

let server: Server;
let url: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let seen: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[];

beforeEach(async () => {
  seen = [];
  answer = (_, response) => response.end('{"status":"done"}');
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      seen.push({ method, path, headers, body: Buffer.concat(parts).toString('utf8') });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/isolate`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const calls = (endpoints = [{ url, secret: 'vendor' }]) => {
  const secretOf = (name: string) => Promise.resolve(`the secret of ${name}`);
  const callers = webhookCallers({ endpoints, secretOf, now: () => now });
  const asked = { url, secret: 'vendor', run };
  return {
    look: (more = {}) => callers['https:Get']({ ...asked, ...more }),
    post: (more = {}) => callers['https:Post']({ ...asked, body: { host: 'i-1 “é”' }, ...more }),
  };
};

const signed = (text: string): string => {
  const t = now.getTime() / 1000;
  const mac = createHmac('sha256', 'the secret of vendor').update(`${t}.${text}`).digest('hex');
  return `t=${t},v1=${mac}`;
};

describe('a call to a tool', () => {
  it('is signed with its time and its body, and names its run', async () => {
    await calls().post();

    const [{ method, path, headers, body } = seen[0]!] = seen;
    expect([method, path, body]).toEqual(['POST', '/isolate', '{"host":"i-1 “é”"}']);
    expect(headers['drawbridge-signature']).toBe(signed(body));
    expect(headers['idempotency-key']).toBe(run);
    expect(headers['content-type']).toBe('application/json');
  });

  it('that only looks is signed with its question', async () => {
    await calls().look();

    expect(seen[0]).toMatchObject({ method: 'GET', path: '/isolate?run=rem-0000000000%2F1' });
    expect(seen[0]?.headers['drawbridge-signature']).toBe(signed('run=rem-0000000000%2F1'));
  });

  it.each<[string, unknown]>([
    ['{"status":"running","message":"2 of 3"}', { status: 'running', message: '2 of 3' }],
    [
      '{"status":"done","output":{"Ticket":7,"Open":true,"Host":"a"},"more":[]}',
      { status: 'done', output: { Ticket: '7', Open: 'true', Host: 'a' } },
    ],
  ])('reads %s', async (text, read) => {
    answer = (_, response) => response.end(text);

    expect(await calls().look()).toEqual({ output: {}, message: '', ...(read as object) });
  });

  it('takes 404 to a look for a run that was not begun', async () => {
    answer = (_, response) => response.writeHead(404).end();

    expect(await calls().look()).toEqual({ status: 'none', output: {}, message: '' });
  });
});

describe('a call that is refused is not tried again', () => {
  const fails = (call: Promise<unknown>, words: string) =>
    expect(call).rejects.toMatchObject({
      name: 'Told',
      $fault: 'client',
      message: expect.stringContaining(words) as unknown,
    });

  it.each([
    [400, '{"message":"no such host"}', 'answered 400: no such host'],
    [403, 'Forbidden', 'answered 403.'],
    [302, '', 'answered 302.'],
    [404, '', 'answered 404: there is no such tool.'],
  ])('by a tool with %s', async (status, text, words) => {
    answer = (_, response) => response.writeHead(status, { Location: 'http://x/' }).end(text);

    await fails(calls().post(), words);
    expect(seen).toHaveLength(1);
  });

  it.each(['', 'done', '[]', '{"status":"dancing"}', '{"status":"done","output":{"a":{}}}'])(
    'since its answer is “%s” (law 10)',
    async (text) => {
      answer = (_, response) => response.end(text);

      await fails(calls().look(), 'answered something else than docs/webhooks.md says.');
    },
  );

  it('since its answer is too long', async () => {
    answer = (_, response) => response.end('x'.repeat(65_537));

    await fails(calls().look(), 'answered more than 64 KB.');
  });

  it('since the policy does not name it, or names it with another secret', async () => {
    await fails(calls([]).post(), 'is no tool of config/drawbridge.yml any more.');
    await fails(calls().post({ secret: 'other' }), 'is no tool');
    await fails(calls().look({ url: `${url}/../x` }), 'is no tool');
    expect(seen).toEqual([]);
  });
});

describe('a call that got no answer is tried again', () => {
  const fails = (words: string) =>
    expect(calls().post()).rejects.toMatchObject({
      name: 'Told',
      $fault: 'server',
      message: expect.stringContaining(words) as unknown,
    });

  it.each([500, 503, 429])('since the tool says %s', async (status) => {
    answer = (_, response) => response.writeHead(status).end();

    await fails(`answered ${status}.`);
  });

  it('since it broke off', async () => {
    answer = (request) => request.socket.destroy();

    await fails('cannot be reached.');
  });

  it('since it took too long', async () => {
    const late = Object.assign(new Error('late'), { name: 'TimeoutError' });
    const passed = AbortSignal.abort(late);
    jest.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(passed);

    await fails('did not answer within 10 seconds.');
  });
});
