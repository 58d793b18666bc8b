import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { isSigned } from './signature';

/** Where sandbox/stack/drawbridge.yml says that it is, and by which secret it knows Drawbridge. */
export const toolAt = { port: 4090, secretName: 'tickets', secret: 'sandbox-tool-secret' } as const;

export interface ToolOptions {
  readonly port: number;
  readonly secret: string;
  readonly now?: () => Date;
  /** How long its work takes. Default 2. */
  readonly seconds?: number;
}

/** One piece of work, by the key that it was asked for under. */
export interface Ticket {
  readonly run: string;
  readonly id: string;
  readonly body: unknown;
  readonly at: number;
  /** How often it was asked for; done once all the same. */
  asked: number;
}

export interface Tool {
  readonly url: string;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  body: object;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

const headerOf = (request: IncomingMessage, name: string): string =>
  String(request.headers[name] ?? '');

const failureIn = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'fail' in body ? String(body.fail) : undefined;

/** What a tool has to do to be called by Drawbridge, and no more. */
const toolOf = ({ secret, now = () => new Date(), seconds = 2 }: ToolOptions) => {
  const tickets = new Map<string, Ticket>();
  const take = (run: string, text: string): Answer => {
    const known = tickets.get(run);
    if (known) known.asked += 1;
    else {
      const id = `SEC-${1001 + tickets.size}`;
      const body: unknown = JSON.parse(text);
      tickets.set(run, { run, id, body, at: now().getTime(), asked: 1 });
    }
    return { status: 202, body: { status: 'running' } };
  };
  const tell = (run: string): Answer => {
    const ticket = tickets.get(run);
    if (!ticket) return { status: 404, body: { message: 'no such run' } };
    if (now().getTime() - ticket.at < seconds * 1000) {
      return { status: 200, body: { status: 'running', message: 'opening the ticket' } };
    }
    const failure = failureIn(ticket.body);
    return {
      status: 200,
      body:
        failure === undefined
          ? { status: 'done', output: { Ticket: ticket.id } }
          : { status: 'failed', message: failure },
    };
  };
  return async (request: IncomingMessage): Promise<Answer> => {
    const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://tool');
    if (pathname === '/') return { status: 200, body: [...tickets.values()] };
    const text = await bodyOf(request);
    const signature = headerOf(request, 'drawbridge-signature');
    const isPost = request.method === 'POST';
    if (!isSigned(signature, isPost ? text : search.slice(1), secret, now())) {
      return { status: 401, body: { message: 'the signature is not ours' } };
    }
    const run = isPost ? headerOf(request, 'idempotency-key') : (searchParams.get('run') ?? '');
    if (run === '') return { status: 400, body: { message: 'which run?' } };
    return isPost ? take(run, text) : tell(run);
  };
};

/** Listens; as long as another sandbox has the port, that one's tool serves for both, and this one waits to follow it. */
export const startTool = async (options: ToolOptions): Promise<Tool> => {
  const answer = toolOf(options);
  const server = createServer((request, response) => {
    answer(request)
      .catch((error: unknown): Answer => ({ status: 400, body: { message: String(error) } }))
      .then(({ status, body }) => send(response, status, body))
      .catch(() => response.destroy());
  });
  const ending = new AbortController();
  const first = await listening(server, options.port);
  if (!first) void follow(server, options.port, ending.signal);
  return {
    url: `http://127.0.0.1:${options.port}`,
    async close() {
      ending.abort();
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

const send = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body, undefined, 2)}\n`);
};

const listening = async (server: Server, port: number): Promise<boolean> => {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
};

const follow = async (server: Server, port: number, ending: AbortSignal): Promise<void> => {
  try {
    do await sleep(200, undefined, { signal: ending, ref: false });
    while (!(await listening(server, port)));
  } catch (error) {
    if (!ending.aborted) throw error;
  }
};
