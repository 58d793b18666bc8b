import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isJson, parseJson, type Json } from './json';
import { times } from './limits';
import type { World } from './world';

/** What the bot answered, and what the person sees of it. */
export interface Delivered {
  /** HTTP status; 0 when there was no answer in time, or none at all. */
  status: number;
  body: string;
  ms: number;
  shown: string;
  headers: Record<string, string>;
}

/** Slack's v0 signature: HMAC-SHA256 over version, timestamp and the raw body. */
function sign(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** Sends one signed request; an answer after three seconds counts as none, and is ignored. */
export async function deliver(
  world: World,
  type: 'json' | 'form',
  body: string,
  more: Record<string, string> = {},
): Promise<Delivered> {
  const started = performance.now();
  const timestamp = String(Math.floor(world.clock.now() / 1_000));
  const headers = {
    'Content-Type': type === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
    'User-Agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    Accept: 'application/json,*/*',
    'X-Slack-Request-Timestamp': timestamp,
    'X-Slack-Signature': sign(world.signingSecret, timestamp, body),
    ...more,
  };
  const lost = (shown: string) => ({ status: 0, body: '', shown, headers: {} });
  const late = world.clock.wait(times.ackMs).then(() => lost('operation_timeout'));
  const answer = send(world.requestUrl, headers, body).catch(() => lost('dispatch_failed'));
  const first = await Promise.race([answer, late]);
  return { ...first, ms: Math.round(performance.now() - started) };
}

function send(url: string | undefined, headers: Record<string, string>, body: string) {
  return new Promise<Omit<Delivered, 'ms'>>((resolve, reject) => {
    if (url === undefined) return reject(new Error('the app has no request URL yet'));
    const request = url.startsWith('https:') ? httpsRequest : httpRequest;
    const length = { 'Content-Length': Buffer.byteLength(body) };
    // No agent: a kept connection that the bot closes meanwhile would look like a failed bot.
    const options = { method: 'POST', agent: false, headers: { ...headers, ...length } };
    const sent = request(url, options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const status = answer.statusCode ?? 0;
        const told = Object.entries(answer.headers).map(([key, value]) => [key, String(value)]);
        resolve({
          status,
          body: Buffer.concat(chunks).toString('utf8'),
          shown: status >= 200 && status < 300 ? 'ok' : 'dispatch_failed',
          headers: Object.fromEntries(told),
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The bot's answer, if it says that it is JSON; Slack takes any other body for plain text. */
export function jsonAnswer(delivered: Delivered): Json | undefined {
  const type = delivered.headers['content-type'] ?? '';
  const told = type.startsWith('application/json') ? parseJson(delivered.body) : undefined;
  return isJson(told) ? told : undefined;
}

export const deliverPayload = (world: World, payload: object): Promise<Delivered> =>
  deliver(world, 'form', new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
