import type { Json } from '../json';
import type { World } from '../world';
import { readArgs } from './args';
import { SlackError } from './errors';
import { methods } from './methods';
import { countCall } from './rates';

export interface Answered {
  status: number;
  headers: Record<string, string>;
  body: Json;
}

/** One Web API call, from its arguments and its Authorization header to its answer, kept in the log. */
export function call(
  world: World,
  method: string,
  given: Json,
  authorization: string | undefined,
): Answered {
  const { token, ...raw } = given;
  const bearer = /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? token;
  const answered = answer(world, method, raw, typeof bearer === 'string' ? bearer : undefined);
  const { status, body } = answered;
  world.log.push({ method, args: raw, answer: body, status, at: world.clock.now() });
  return answered;
}

function answer(world: World, method: string, raw: Json, token: string | undefined): Answered {
  try {
    const run = methods[method];
    if (!run || !Object.hasOwn(methods, method))
      throw new SlackError('unknown_method', { req_method: method });
    if (method !== 'api.test') checkToken(world, token);
    countCall(world, method);
    return { status: 200, headers: {}, body: { ok: true, ...run(world, readArgs(raw)) } };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const body = { ok: false, error: error.code, ...error.extra };
    if (error.retryAfter === undefined) return { status: 200, headers: {}, body };
    return { status: 429, headers: { 'Retry-After': String(error.retryAfter) }, body };
  }
}

function checkToken(world: World, token: string | undefined): void {
  if (!token) throw new SlackError('not_authed');
  if (token !== world.botToken) throw new SlackError('invalid_auth');
}
