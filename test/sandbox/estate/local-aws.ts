import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { startEdge, type Edge } from '../../../sandbox/edge';
import { freePorts, startEmulators, type Emulators } from '../../../sandbox/emulators';
import { botAccount, responderRoles, workloads } from '../../../sandbox/estate';

export interface LocalAws {
  readonly edge: Edge;
  readonly emulators: Emulators;
  readonly deaths: string[];
  close(): Promise<void>;
}

const root = join(__dirname, '../../..');

/** Both emulators behind an edge, without the product. */
export const startLocalAws = async (): Promise<LocalAws> => {
  const [ministack = 0, moto = 0] = await freePorts(2);
  const deaths: string[] = [];
  const edge = await startEdge({
    port: 0,
    botAccount,
    upstreams: {
      ministack: `http://127.0.0.1:${ministack}`,
      moto: `http://127.0.0.1:${moto}`,
      hub: 'http://127.0.0.1:9',
    },
    roles: responderRoles(root, [workloads], [`arn:aws:iam::${botAccount}:root`]),
  });
  const emulators = await startEmulators({
    root,
    ports: { ministack, moto },
    awsEndpoint: edge.url,
    account: botAccount,
    onDeath: (message) => deaths.push(message),
  });
  return {
    edge,
    emulators,
    deaths,
    close: async () => {
      await emulators.close();
      await edge.close();
    },
  };
};

/** Asks again until there is an answer. */
export const until = async <T>(ask: () => Promise<T | undefined>, seconds = 10): Promise<T> => {
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(50)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error(`Nothing came in ${seconds} s`);
};
