import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isJson, parseJson, type Json } from '../../../sandbox/slack/json';
import { manualClock, startWorkspace, type Workspace } from '../../../sandbox/slack/index';

export const secret = 'signing-secret-of-the-sandbox';
export const token = 'xoxb-sandbox';

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  payload: Json;
}
type Reply = { status?: number; body?: unknown; headers?: Record<string, string> };

/** A bot that answers what the test tells it to, and keeps what it was sent. */
export async function startBot() {
  const received: Received[] = [];
  const bot = {
    received,
    reply: ((): Reply => ({})) as (one: Received) => Reply,
    last: (): Json => received.at(-1)?.payload ?? {},
    url: '',
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const one = { headers: request.headers, body, payload: payloadOf(body) };
      received.push(one);
      const reply = bot.reply(one);
      const given = reply.body ?? '';
      const type = {
        'Content-Type': typeof given === 'string' ? 'text/plain' : 'application/json',
      };
      response.writeHead(reply.status ?? 200, { ...type, ...reply.headers });
      response.end(typeof given === 'string' ? given : JSON.stringify(given));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  bot.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  return bot;
}

function payloadOf(body: string): Json {
  const form = new URLSearchParams(body);
  const parsed = parseJson(form.get('payload') ?? body);
  return isJson(parsed) ? parsed : Object.fromEntries(form);
}

export async function startBoth() {
  const clock = manualClock();
  const bot = await startBot();
  const workspace = await startWorkspace({
    port: 0,
    signingSecret: secret,
    botToken: token,
    requestUrl: bot.url,
    clock,
  });
  return {
    clock,
    bot,
    workspace,
    api: caller(workspace),
    close: () => Promise.all([workspace.close(), bot.close()]),
  };
}

export interface ApiAnswer extends Json {
  ok: boolean;
  error?: string;
  httpStatus: number;
  retryAfter: string | null;
}

/** Calls the Web API as an app does. */
export const caller =
  (workspace: Workspace) =>
  async (method: string, args: object, bearer: string | null = token): Promise<ApiAnswer> => {
    const answer = await fetch(workspace.apiUrl + method, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        ...(bearer === null ? {} : { Authorization: `Bearer ${bearer}` }),
      },
      body: JSON.stringify(args),
    });
    const retryAfter = answer.headers.get('retry-after');
    return { ...((await answer.json()) as ApiAnswer), httpStatus: answer.status, retryAfter };
  };

export const section = (text: string): Json => ({
  type: 'section',
  text: { type: 'mrkdwn', text },
});

export const button = (actionId: string, more: Json = {}): Json => ({
  type: 'button',
  action_id: actionId,
  text: { type: 'plain_text', text: 'Press' },
  ...more,
});

export const actions = (...elements: Json[]): Json => ({
  type: 'actions',
  block_id: 'buttons',
  elements,
});

export const reasonModal = (more: Json = {}): Json => ({
  type: 'modal',
  callback_id: 'deny',
  title: { type: 'plain_text', text: 'Deny' },
  submit: { type: 'plain_text', text: 'Deny' },
  private_metadata: 'request-1',
  blocks: [
    {
      type: 'input',
      block_id: 'reason',
      label: { type: 'plain_text', text: 'Reason' },
      element: { type: 'plain_text_input', action_id: 'text', min_length: 3 },
    },
  ],
  ...more,
});
