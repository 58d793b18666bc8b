import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { World } from '../world';
import { callerOf } from './caller';
import type { Route, Service } from './call';
import { Fault } from './fault';
import { byName, router, type Find } from './router';

// 100 findings of 240 KB fit, with room to spare.
const largestBody = 32 * 1024 * 1024;

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > largestBody) throw new Fault('ValidationException', 'The request is too large');
    chunks.push(bytes);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new Fault('ValidationException', 'The request body is not JSON');
  }
}

function send(response: ServerResponse, status: number, body: object, type?: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-amzn-requestid': randomUUID(),
    ...(type ? { 'x-amzn-errortype': type } : {}),
  });
  response.end(JSON.stringify(body));
}

const internalFault: Record<Service, string> = {
  macie2: 'InternalServerException',
  securityhub: 'InternalException',
  ssm: 'InternalServerError',
  states: 'InternalServerError',
  sandbox: 'InternalServerException',
};

function sendFault(response: ServerResponse, error: unknown, service: Service | undefined): void {
  const fault =
    error instanceof Fault ? error : new Fault(internalFault[service ?? 'sandbox'], String(error));
  // The models spell the member differently, and the SDK reads it by its exact name.
  const body: Record<Service, object> = {
    macie2: { message: fault.message },
    securityhub: { Message: fault.message, Code: fault.name },
    ssm: { Message: fault.message },
    states: { message: fault.message },
    sandbox: { message: fault.message },
  };
  send(response, fault.status, body[service ?? 'sandbox'], fault.name);
}

/** JSON over plain HTTP: attribute the caller, find the operation, answer or fault in the model's words. */
export function createHttp(world: World, routes: Record<Service, Route[]>): Server {
  const find: Record<Service, Find> = {
    macie2: router(routes.macie2),
    securityhub: router(routes.securityhub),
    ssm: byName(routes.ssm),
    states: byName(routes.states),
    sandbox: router(routes.sandbox),
  };
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://hub');
    const caller = callerOf(request.headers, world.defaultAccount);
    const service = url.pathname.startsWith('/sandbox/') ? 'sandbox' : caller.service;
    const answer = async (): Promise<void> => {
      if (!service) throw new Fault('AccessDeniedException', 'No SigV4 scope of a known service');
      const named =
        String(request.headers['x-amz-target'] ?? '')
          .split('.')
          .at(-1) ?? '';
      const match = find[service](request.method ?? 'GET', url.pathname, named);
      if (!match) {
        throw new Fault(
          'UnknownOperationException',
          `${request.method} ${url.pathname} ${named}`.trim(),
        );
      }
      const { account, region } = caller;
      const { route, params } = match;
      const body = await bodyOf(request);
      const call = { world, account, region, params, query: url.searchParams, body };
      send(response, 200, await route.run(call));
    };
    answer().catch((error: unknown) => sendFault(response, error, service));
  });
}
