import { createHmac } from 'node:crypto';
import * as z from 'zod/mini';
import { Told } from '../../domain/errors';
import type { WebhookAnswer, WebhookCalls } from '../../operations/calls/webhook';
import type { Callers } from './callers';

const seconds = 10;
const mostBytes = 65_536;

/** What a tool answers; docs/webhooks.md is the same for its authors. */
const Answer = z.object({
  status: z.enum(['running', 'done', 'failed']),
  output: z._default(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])), {}),
  message: z._default(z.string(), ''),
});

export interface Webhooks {
  /** Exactly what may be called, from the policy: the boundary against requests to anything else. */
  endpoints: readonly { url: string; secret: string }[];
  secretOf: (name: string) => Promise<string>;
  now: () => Date;
}

type Call = WebhookCalls['https:Get'][0] & { method: 'GET' | 'POST'; body?: string };
type Answered = { status: number; text: string };

/** Signed calls to the tools of the policy: no redirects, 10 seconds, 64 KB. Refusals and outages are told apart. */
export const webhookCallers = (webhooks: Webhooks): Callers<keyof WebhookCalls> => ({
  async 'https:Get'(asked) {
    const { status, text } = await send(webhooks, { ...asked, method: 'GET' });
    if (status === 404) return { status: 'none', output: {}, message: '' };
    return answerOf(asked.url, text);
  },
  async 'https:Post'({ body, ...asked }) {
    const { status } = await send(webhooks, {
      ...asked,
      method: 'POST',
      body: JSON.stringify(body),
    });
    if (status === 404) throw refusal(`${hostOf(asked.url)} answered 404: there is no such tool.`);
    return {};
  },
});

const send = async ({ endpoints, secretOf, now }: Webhooks, call: Call): Promise<Answered> => {
  const { url, secret, run, method, body } = call;
  if (!endpoints.some((each) => each.url === url && each.secret === secret))
    throw refusal(`${hostOf(url)} is no tool of config/drawbridge.yml any more.`);
  const query = method === 'GET' ? `run=${encodeURIComponent(run)}` : '';
  const headers = {
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    'User-Agent': 'Drawbridge',
    'Idempotency-Key': run,
    'Drawbridge-Signature': sign(await secretOf(secret), now(), body ?? query),
  };
  const answer = await reach(query ? `${url}?${query}` : url, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(seconds * 1000),
    ...(body !== undefined && { body }),
  });
  const { status, text } = answer;
  if (status < 300 || status === 404) return answer;
  const words = `${hostOf(url)} answered ${status}${reasonIn(text)}`;
  throw status >= 500 || status === 429 ? outage(words) : refusal(words);
};

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.text">`: what was sent, and when. */
const sign = (secret: string, now: Date, text: string): string => {
  const t = Math.floor(now.getTime() / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${text}`).digest('hex')}`;
};

const reach = async (url: string, init: RequestInit): Promise<Answered> => {
  try {
    const response = await fetch(url, init);
    return { status: response.status, text: await textOf(response) };
  } catch (error) {
    if (error instanceof Told) throw error;
    const late = error instanceof Error && error.name === 'TimeoutError';
    throw outage(
      late
        ? `${hostOf(url)} did not answer within ${seconds} seconds.`
        : `${hostOf(url)} cannot be reached.`,
    );
  }
};

const textOf = async ({ body, url }: Response): Promise<string> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    if (size > mostBytes) throw refusal(`${hostOf(url)} answered more than 64 KB.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};

const answerOf = (url: string, text: string): WebhookAnswer => {
  const answer = Answer.safeParse(parsed(text));
  if (!answer.success)
    throw refusal(`${hostOf(url)} answered something else than docs/webhooks.md says.`);
  const { status, output, message } = answer.data;
  const texts = Object.entries(output).map(([name, value]) => [name, String(value)] as const);
  return { status, output: Object.fromEntries(texts), message: message.slice(0, 400) };
};

const reasonIn = (text: string): string => {
  const answer = z.object({ message: z.string() }).safeParse(parsed(text));
  return answer.success ? `: ${answer.data.message.slice(0, 400)}` : '.';
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const hostOf = (url: string): string => new URL(url).host;

/** Whether it is worth another try is told as the SDK tells it: by whose fault it was. */
const refusal = (words: string): Told => Object.assign(new Told(words), { $fault: 'client' });
const outage = (words: string): Told => Object.assign(new Told(words), { $fault: 'server' });
