import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { BucketOwners } from './bucket-owner';
import { control, type Controls } from './control';
import { emitServiceEvent } from './events';
import { Faults, fits } from './faults';
import type { Upstream } from './forward';
import { handle } from './handle';
import { SecurityTokenService } from './sts';
import type { Call, CallMatch, FunctionFailure, Role } from './types';

export { serviceKey } from './bucket-owner';
export type * from './types';

export interface EdgeOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** The account whose stack MiniStack runs. */
  readonly botAccount: string;
  readonly upstreams: Readonly<Record<Upstream, string>>;
  /** The roles that can be assumed; add to it at any time with `addRoles`. */
  readonly roles?: readonly Role[];
}

export interface Edge extends Controls {
  readonly url: string;
  /** The calls seen since the start or the last `reset`, oldest first. */
  calls(match?: CallMatch): readonly Call[];
  /** Told of each Lambda invocation that fails from now on. */
  onFailure(listener: (failure: FunctionFailure) => void): void;
  /** Forgets calls, failures and faults. Sessions stay valid. */
  reset(): void;
  addRoles(roles: readonly Role[]): void;
  /** Tells which role a Lambda runs under, so that trust policies can name that role. */
  nameFunctions(roleOfFunction: (functionId: string) => string | undefined): void;
  close(): Promise<void>;
}

const mostCalls = 50_000;

/** One endpoint for all AWS calls: it sends each to the emulator that holds it, and remembers it. */
export const startEdge = async (options: EdgeOptions): Promise<Edge> => {
  const { botAccount, upstreams } = options;
  const roles = new Map((options.roles ?? []).map((role) => [role.arn, role]));
  const faults = new Faults();
  let calls: Call[] = [];
  let failures: FunctionFailure[] = [];
  const listeners: ((failure: FunctionFailure) => void)[] = [];
  let roleOfFunction: (functionId: string) => string | undefined = () => undefined;
  const accounts = (): string[] => [
    botAccount,
    ...[...roles.values()].map(({ arn }) => arn.split(':')[4] ?? ''),
  ];
  const edges = {
    botAccount,
    upstreams,
    faults,
    buckets: new BucketOwners(upstreams.ministack, accounts),
    sts: new SecurityTokenService(() => [...roles.values()]),
    record: (call: Call) => {
      calls.push(call);
      if (calls.length > mostCalls) calls = calls.slice(-mostCalls / 2);
    },
    roleOfFunction: (id: string) => roleOfFunction(id),
  };
  const controls: Controls = {
    calls: () => calls,
    failures: () => failures,
    reset: () => {
      calls = [];
      failures = [];
      faults.clear();
    },
    fault: (match, fault) => {
      faults.add(match, fault);
    },
    emit: (event) => emitServiceEvent(upstreams.ministack, botAccount, event),
  };
  const report = (failure: FunctionFailure): void => {
    failures.push(failure);
    for (const listener of listeners) listener(failure);
  };
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const answer = path.startsWith('/_edge/')
      ? control(controls, report, path, request, response)
      : handle(edges, request, response);
    answer.catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end(`The edge failed: ${String(error)}`);
    });
  });
  // SDKs keep their connections; a server that closes them first loses calls in flight.
  server.keepAliveTimeout = 65_000;
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    ...controls,
    url: `http://127.0.0.1:${port}`,
    calls: (match = {}) =>
      calls.filter((call) => fits({ ...call, assumed: call.role !== undefined }, match)),
    onFailure: (listener) => {
      listeners.push(listener);
    },
    addRoles: (more) => {
      for (const role of more) roles.set(role.arn, role);
    },
    nameFunctions: (names) => {
      roleOfFunction = names;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
