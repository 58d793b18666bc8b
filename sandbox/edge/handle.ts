import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { serviceKey, type BucketOwners } from './bucket-owner';
import type { Faults } from './faults';
import { forward, readAll, type Upstream } from './forward';
import { refusalOf } from './policy';
import { readAwsRequest, type AwsRequest } from './request';
import { targetOf } from './routing';
import type { Caller, SecurityTokenService } from './sts';
import type { Call, Session } from './types';
import { accessDenied, errorCodeOf, wireError, type WireError } from './wire-error';

export interface Edges {
  readonly botAccount: string;
  readonly upstreams: Readonly<Record<Upstream, string>>;
  readonly sts: SecurityTokenService;
  readonly faults: Faults;
  readonly buckets: BucketOwners;
  readonly record: (call: Call) => void;
  /** The role a Lambda runs under, where the deployment tells. */
  readonly roleOfFunction: (functionId: string) => string | undefined;
}

interface Identity {
  readonly account: string;
  readonly session: Session | undefined;
}

const send = (response: ServerResponse, { status, headers, body }: WireError): void => {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
};

const identify = async (
  edge: Edges,
  request: AwsRequest,
  path: string,
): Promise<Identity | WireError> => {
  const { accessKeyId, protocol, service } = request;
  const session = edge.sts.sessionOf(accessKeyId);
  if (session && session.expires < Date.now()) {
    return wireError(protocol, 'ExpiredTokenException', 'The security token has expired', 403);
  }
  if (session) return { account: session.account, session };
  if (/^\d{12}$/.test(accessKeyId)) return { account: accessKeyId, session: undefined };
  if (accessKeyId === serviceKey) {
    const owner = service === 's3' && (await edge.buckets.ownerOf(path.split('/')[1] ?? ''));
    return { account: owner || edge.botAccount, session: undefined };
  }
  return wireError(protocol, 'InvalidClientTokenId', 'The security token is invalid', 403);
};

const callerOf = (edge: Edges, { account, session }: Identity, request: AwsRequest): Caller => {
  if (session) return edge.sts.callerOf(session);
  const role = request.function && edge.roleOfFunction(request.function);
  return { account, arn: role || `arn:aws:iam::${account}:root` };
};

/** moto answers what it lacks with a page of HTML, which no SDK can read. */
const readable = (
  request: AwsRequest,
  upstream: IncomingMessage,
  body: Buffer,
): WireError | undefined => {
  if (!(upstream.headers['content-type'] ?? '').startsWith('text/html')) return undefined;
  const what = `${request.service}:${request.action}`;
  const message = `The sandbox's estate (moto) does not implement ${what}, or failed in it: ${upstream.statusCode ?? 0}`;
  return body.length === 0 ? undefined : wireError(request.protocol, 'InvalidAction', message, 400);
};

/** Passes an answer on; errors are read on the way, for their code. */
const relay = async (
  upstream: IncomingMessage,
  response: ServerResponse,
  request: AwsRequest | undefined,
): Promise<{ status: number; error?: string }> => {
  const status = upstream.statusCode ?? 502;
  if (!request || status < 400) {
    response.writeHead(status, upstream.headers);
    upstream.pipe(response);
    return { status };
  }
  const body = await readAll(upstream);
  const better = readable(request, upstream, body);
  if (better) {
    send(response, better);
    return { status: better.status, error: 'InvalidAction' };
  }
  response.writeHead(status, upstream.headers);
  response.end(body);
  const error = errorCodeOf(upstream.headers, body.toString('utf8'));
  return { status, ...(error ? { error } : {}) };
};

const isForm = (incoming: IncomingMessage): boolean =>
  (incoming.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded') &&
  incoming.headers.authorization?.startsWith('AWS4-') === true;

const broken = (upstream: Upstream, url: string, error: unknown): string =>
  `${upstream} does not answer at ${url}: ${error instanceof Error ? error.message : String(error)}`;

export const handle = async (
  edge: Edges,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const at = Date.now();
  const body = isForm(incoming) ? await readAll(incoming) : undefined;
  const form = body && new URLSearchParams(body.toString('utf8'));
  const url = new URL(incoming.url ?? '/', 'http://edge');
  const { method = 'GET', headers } = incoming;
  const request = readAwsRequest({ method, url, headers, form });
  if (!request) {
    const upstream = { target: 'ministack', url: edge.upstreams.ministack } as const;
    await relay(await forward(incoming, body, upstream, undefined), response, undefined);
    return;
  }
  const { service, action, also, region, protocol } = request;
  const identity = await identify(edge, request, url.pathname);
  const known = 'account' in identity ? identity : undefined;
  const account = known?.account ?? '';
  const session = known?.session;
  const target = targetOf(request, account, session, edge.botAccount);
  const note = (status: number, error?: string): void => {
    edge.record({
      at,
      function: request.function,
      service,
      action,
      also,
      region,
      account,
      role: session?.role.arn,
      session: session?.name,
      sessionPolicies: session?.policies ?? [],
      target,
      status,
      error,
      milliseconds: Date.now() - at,
    });
  };
  const reply = (answer: WireError): void => {
    incoming.resume();
    note(answer.status, answer.status < 400 ? undefined : errorCodeOf(answer.headers, answer.body));
    send(response, answer);
  };

  if (!('account' in identity)) {
    reply(identity);
    return;
  }
  const assumed = session !== undefined;
  const fault = edge.faults.take({ service, action, account, function: request.function, assumed });
  if (fault?.latencyMs) await sleep(fault.latencyMs);
  if (fault?.reset === 'before') {
    note(0, 'ConnectionReset');
    incoming.socket.destroy();
    return;
  }
  if (fault?.error) {
    reply(wireError(protocol, fault.error, 'Injected by the sandbox', fault.status ?? 400));
    return;
  }
  const refusal = session && refusalOf(session, `${service}:${action}`);
  if (refusal && !(service === 'sts' && action === 'GetCallerIdentity')) {
    reply(accessDenied(protocol, refusal));
    return;
  }
  if (target === 'sts') {
    reply(edge.sts.answer(action, form ?? url.searchParams, callerOf(edge, identity, request)));
    return;
  }
  const upstream = { target, url: edge.upstreams[target] };
  try {
    const answer = await forward(incoming, body, upstream, account);
    if (fault?.reset === 'after') {
      answer.resume();
      note(0, 'ConnectionReset');
      incoming.socket.destroy();
      return;
    }
    const { status, error } = await relay(answer, response, request);
    note(status, error);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else reply(wireError(protocol, 'ServiceUnavailable', broken(target, upstream.url, error), 503));
  }
};
