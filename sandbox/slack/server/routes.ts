import type { IncomingMessage, ServerResponse } from 'node:http';
import { call } from '../api/call';
import { typeOf, upload } from '../api/files';
import { respond } from '../api/response-url';
import { driverMethods, type Driver } from '../driver';
import { isJson, parseJson, type Json } from '../json';
import { person } from '../people';
import type { World } from '../world';
import { isJsonType, readArguments, readBody } from './body';
import { pageFile } from './page';
import { snapshot, type Snapshot } from './snapshot';
import { stream } from './stream';

/** Beside Slack itself: findings that can be sent as EventBridge would send them. */
export interface Feed {
  send?: ((event: unknown) => Promise<void>) | undefined;
  samples?: (() => Promise<{ name: string; event: unknown }[]>) | undefined;
}

export interface Room {
  world: World;
  driver: Driver;
  feed: Feed;
}

export async function route(room: Room, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', room.world.url);
  const [, first = '', second = '', third = ''] = url.pathname.split('/');
  const answer = (status: number, type: string, body: string | Buffer, more = {}): void => {
    response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store', ...more });
    response.end(body);
  };
  const json = (status: number, body: unknown, more = {}): void =>
    answer(status, 'application/json; charset=utf-8', JSON.stringify(body), more);

  // A foreign page that resolves its own name to loopback must not reach the workspace.
  if (!isLocal(request)) return json(403, { error: 'loopback only' });
  if (first === 'api' && second) {
    const args = await readArguments(request, url);
    const told = call(room.world, second, args, request.headers.authorization);
    return json(told.status, told.body, told.headers);
  }
  if (first === 'response' && request.method === 'POST') {
    const told = respond(room.world, second, await readArguments(request, url));
    return answer(told.status, 'text/plain; charset=utf-8', told.body);
  }
  if (first === 'upload' && request.method === 'POST') {
    const told = upload(room.world, second, await readBody(request));
    return answer(told.status, 'text/plain; charset=utf-8', told.body);
  }
  if (first === 'files') {
    const file = room.world.files.get(second);
    const safe = { 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': 'sandbox' };
    if (file?.bytes) return answer(200, typeOf(file), file.bytes, safe);
    return json(404, { error: 'file_not_found' });
  }
  if (first === 'sandbox') {
    if (second === 'stream') return stream(room.world, request, response);
    if (second === 'state') return json(200, stateFor(room, url));
    if (second === 'log') return json(200, room.world.log);
    if (second === 'samples') return json(200, (await room.feed.samples?.()) ?? []);
    // A form of another site cannot send JSON without asking first.
    if (request.method !== 'POST' || !isJsonType(request)) return json(405, { error: 'POST JSON' });
    const told = await act(room, second, third, parseJson(String(await readBody(request))));
    return json('error' in told ? 400 : 200, told);
  }
  const file = await pageFile(url.pathname);
  return answer(200, file.type, file.body, {
    'Content-Security-Policy':
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
  });
}

const isLocal = (request: IncomingMessage): boolean =>
  /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '');

function stateFor(room: Room, url: URL): Snapshot {
  const user = url.searchParams.get('user') ?? '';
  return snapshot(room.world, person(user) ? user : 'U0RITA', room.feed.send !== undefined);
}

/** One thing that a person does, by name; a mistake of the caller comes back as `error`. */
async function act(room: Room, kind: string, method: string, given: unknown): Promise<Json> {
  try {
    if (kind === 'driver') return { result: await drive(room.driver, method, given) };
    if (kind !== 'feed') return { error: `no such thing: ${kind}` };
    if (!room.feed.send) return { error: 'this workspace has no feed' };
    await room.feed.send(given);
    return { result: 'sent' };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

async function drive(driver: Driver, method: string, given: unknown): Promise<unknown> {
  const name = driverMethods.find((one) => one === method);
  if (!name || !Array.isArray(given)) throw new Error(`no such driver method: ${method}`);
  const [first, second] = given;
  if (!isJson(first) && typeof first !== 'string') throw new Error('an argument is missing');
  const run = driver[name] as (...args: unknown[]) => Promise<unknown>;
  return (await run(first, second)) ?? undefined;
}
