import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { S3Client } from '@aws-sdk/client-s3';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { ssmRoutes, statesRoutes } from './engines/routes';
import { emptyEngines } from './engines/state';
import { EventQueue, type EventBridgeEnvelope } from './events';
import type { Route } from './http/call';
import { createHttp } from './http/server';
import { discoveryQuota } from './macie/quota';
import { macieRoutes } from './macie/routes';
import { emptyMacie, type MacieFinding } from './macie/state';
import { customAction } from './securityhub/custom-action';
import { securityHubRoutes } from './securityhub/routes';
import { emptySecurityHub } from './securityhub/state';
import type { World } from './world';

export type { EventBridgeEnvelope } from './events';

export interface HubOptions {
  /** 0 takes any free port. */
  port: number;
  /** The administrator account; also the caller where a request names none. */
  defaultAccount: string;
  /** The S3 that classification jobs read objects from and write results to. */
  s3: S3Client;
  emit: (event: EventBridgeEnvelope) => Promise<void>;
  now?: () => Date;
  /** How long a job stays RUNNING at least, on the clock `now`. Default 8. */
  jobSeconds?: number;
  /** How long an automation or an execution takes, on the same clock. Default 4. */
  engineSeconds?: number;
}

export interface Hub {
  url: string;
  /** Security Hub's findings of all Regions; of one account if given. */
  findings: (account?: string) => AwsSecurityFinding[];
  /** Macie's findings, likewise. */
  macieFindings: (account?: string) => MacieFinding[];
  /** Events the bus refused. */
  undelivered: () => EventBridgeEnvelope[];
  /** Resolves when all jobs that are not held and all events so far are through. */
  settled: () => Promise<void>;
  close: () => Promise<void>;
}

const post = (path: string, run: Route['run']): Route => ({
  operation: path,
  method: 'POST',
  path,
  run,
});

const routes = {
  macie2: macieRoutes,
  securityhub: securityHubRoutes,
  ssm: ssmRoutes,
  states: statesRoutes,
  sandbox: [
    post('/sandbox/custom-action', customAction),
    post('/sandbox/discovery-quota', discoveryQuota),
  ],
};

export async function startHub(options: HubOptions): Promise<Hub> {
  const now = options.now ?? (() => new Date());
  const world: World = {
    now,
    defaultAccount: options.defaultAccount,
    jobSeconds: options.jobSeconds ?? 8,
    engineSeconds: options.engineSeconds ?? 4,
    s3: options.s3,
    events: new EventQueue(options.emit, options.defaultAccount, now),
    securityHub: emptySecurityHub(),
    macie: emptyMacie(),
    engines: emptyEngines(),
  };
  const server = createHttp(world, routes);
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    findings: (account) =>
      // One that is known in two Regions is one.
      [...new Set([...world.securityHub.findings.values()].flatMap((it) => [...it.values()]))]
        .map(({ finding }) => finding)
        .filter(({ AwsAccountId }) => account === undefined || AwsAccountId === account),
    macieFindings: (account) =>
      world.macie
        .all()
        .flatMap(({ findings }) => [...findings.values()])
        .filter(({ accountId }) => account === undefined || accountId === account),
    undelivered: () => world.events.undelivered.map(({ event }) => event),
    settled: async () => {
      const jobs = world.macie.all().flatMap((macie) => [...macie.jobs.values()]);
      await Promise.all(jobs.filter(({ hold }) => hold === undefined).map(({ done }) => done));
      await world.events.settled();
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
