import {
  Agent,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';

import type { Target } from './types';

export type Upstream = Exclude<Target, 'sts'>;

const agent = new Agent({ keepAlive: true, maxFreeSockets: 64, scheduling: 'lifo' });

const perHop = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'expect',
  'te',
  'upgrade',
]);

/** The request as the emulator must see it: whose account it is goes where each looks for it. */
const rewritten = (
  incoming: IncomingMessage,
  target: Upstream,
  account: string | undefined,
): { path: string; headers: OutgoingHttpHeaders } => {
  const headers: OutgoingHttpHeaders = Object.fromEntries(
    Object.entries(incoming.headers).filter(([name]) => !perHop.has(name)),
  );
  const path = incoming.url ?? '/';
  if (account === undefined) return { path, headers };
  if (target === 'moto') headers['x-moto-account-id'] = account;
  if (target === 'hub') headers['x-sandbox-account'] = account;
  if (target !== 'ministack') return { path, headers };
  // MiniStack takes a 12-digit access key for the account. It does not check the signature.
  delete headers['x-amz-security-token'];
  const { authorization } = incoming.headers;
  if (authorization) {
    headers['authorization'] = authorization.replace(
      /Credential=[^/]+\//,
      `Credential=${account}/`,
    );
  }
  const signedPath = path.replace(/(X-Amz-Credential=)[^%/&]+/, `$1${account}`);
  return { path: signedPath, headers };
};

/** Sends the request on; its body is streamed unless it was read already. */
export const forward = (
  incoming: IncomingMessage,
  body: Buffer | undefined,
  upstream: { readonly target: Upstream; readonly url: string },
  account: string | undefined,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(upstream.url);
    const { path, headers } = rewritten(incoming, upstream.target, account);
    const outgoing = httpRequest(
      { agent, hostname, port, path, headers, method: incoming.method ?? 'GET' },
      resolve,
    );
    outgoing.on('error', reject);
    incoming.on('aborted', () => outgoing.destroy());
    if (body) outgoing.end(body);
    else incoming.pipe(outgoing);
  });

export const readAll = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};
