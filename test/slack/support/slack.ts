import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../../sandbox/slack/json';
import { validateMessage, validateView } from '../../../sandbox/slack/validate';

export interface Call {
  method: string;
  args: Json;
}
type Answer = Json & { httpStatus?: number; retryAfter?: number };
type Answering = (args: Json) => Answer;

const groups: Record<string, string[]> = {
  S0RESPONDERS: ['U0RITA', 'U0BO', 'U0GUS'],
  S0APPROVERS: ['U0ANN', 'U0ABE', 'U0BO', 'U0GUS'],
};

const user = (id: string, more: Json = {}): Answer => ({
  ok: true,
  user: { id, team_id: 'T0TEST', name: id.slice(2).toLowerCase(), real_name: id.slice(2), ...more },
});

const usual: Record<string, Answering> = {
  'users.info': ({ user: id }) => user(String(id)),
  'usergroups.users.list': ({ usergroup }) => ({ ok: true, users: groups[String(usergroup)] }),
  'conversations.info': ({ channel }) => ({ ok: true, channel: { id: channel } }),
  'views.open': ({ view }) => (sound(validateView(view)) ? { ok: true, view: { id: 'V1' } } : bad),
  'views.update': ({ view }) => (sound(validateView(view)) ? { ok: true } : bad),
  'views.publish': ({ view }) => (sound(validateView(view)) ? { ok: true } : bad),
  'views.push': ({ view }) => (sound(validateView(view)) ? { ok: true, view: { id: 'V2' } } : bad),
  'chat.getPermalink': ({ channel, message_ts }) => ({
    ok: true,
    permalink: `https://test.slack.com/archives/${String(channel)}/p${String(message_ts)}`,
  }),
  'chat.postMessage': (args) =>
    sound(validateMessage(args)) ? { ok: true, ts: `${(stamps += 1)}.000100` } : bad,
  'chat.update': (args) => (sound(validateMessage(args, 'chat.update')) ? { ok: true } : bad),
  respond: (args) =>
    sound(validateMessage(args, 'chat.postEphemeral')) ? { ok: true } : { ...bad, httpStatus: 400 },
};
const bad: Answer = { ok: false, error: 'invalid_blocks' };
const sound = (problems: readonly unknown[]): boolean => problems.length === 0;
let stamps = 1_772_000_000;

/** Slack's Web API and its response URLs on loopback. It keeps what it was asked, and checks what it is shown. */
export const startSlack = async () => {
  const calls: Call[] = [];
  const answers = new Map<string, Answering>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const method = (request.url ?? '').slice(1);
      const args = argumentsOf(body);
      calls.push({ method, args });
      reply(response, (answers.get(method) ?? usual[method] ?? unknown)(args));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    calls,
    /** Arguments of all calls of one method, in order. */
    asked: (method: string): Json[] =>
      calls.filter((each) => each.method === method).map(({ args }) => args),
    answer: (method: string, how: Answering) => void answers.set(method, how),
    /** Somebody as `users.info` tells of them. */
    someone: (more: Json) =>
      void answers.set('users.info', ({ user: id }) => user(String(id), more)),
    reset: () => {
      calls.length = 0;
      answers.clear();
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
};
export type FakeSlack = Awaited<ReturnType<typeof startSlack>>;

const unknown: Answering = () => ({ ok: false, error: 'unknown_method' });

const reply = (response: ServerResponse, { httpStatus, retryAfter, ...answer }: Answer) => {
  const wait = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  response.writeHead(httpStatus ?? (retryAfter === undefined ? 200 : 429), {
    'Content-Type': 'application/json',
    ...wait,
  });
  response.end(JSON.stringify(answer));
};

/** The client sends forms in which lists and objects are JSON; response URLs get JSON. */
const argumentsOf = (body: string): Json => {
  if (body.startsWith('{')) return JSON.parse(body) as Json;
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => [
      name,
      /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value,
    ]),
  );
};
