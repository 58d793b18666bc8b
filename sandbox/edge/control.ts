import type { IncomingMessage, ServerResponse } from 'node:http';

import { readAll } from './forward';
import type { Call, CallMatch, Fault, FunctionFailure, ServiceEvent } from './types';

/** What can be done to the edge from another process, under `/_edge/`. */
export interface Controls {
  calls(): readonly Call[];
  reset(): void;
  fault(match: CallMatch, fault: Fault): void;
  emit(event: ServiceEvent): Promise<void>;
  failures(): readonly FunctionFailure[];
}

type Report = (failure: FunctionFailure) => void;

const respond = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

const jsonOf = async (request: IncomingMessage): Promise<unknown> =>
  JSON.parse((await readAll(request)).toString('utf8') || '{}');

export const control = async (
  controls: Controls,
  report: Report,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  // A page in the browser must not reach these: only tools do, and they send no Origin.
  if (request.headers.origin) {
    respond(response, 403, { message: 'not for browsers' });
    return;
  }
  switch (`${request.method ?? ''} ${path}`) {
    case 'GET /_edge/health':
      respond(response, 200, { status: 'ready' });
      return;
    case 'GET /_edge/calls':
      respond(response, 200, controls.calls());
      return;
    case 'POST /_edge/reset':
      controls.reset();
      respond(response, 200, {});
      return;
    case 'POST /_edge/fault': {
      const { match, ...fault } = (await jsonOf(request)) as Fault & { match: CallMatch };
      controls.fault(match, fault);
      respond(response, 200, {});
      return;
    }
    case 'POST /_edge/events':
      await controls.emit((await jsonOf(request)) as ServiceEvent);
      respond(response, 200, {});
      return;
    case 'GET /_edge/failures':
      respond(response, 200, controls.failures());
      return;
    case 'POST /_edge/failures':
      report({ ...((await jsonOf(request)) as FunctionFailure), at: Date.now() });
      respond(response, 200, {});
      return;
    default:
      respond(response, 404, { message: `the edge has no ${path}` });
  }
};
