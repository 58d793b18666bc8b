import { S3Client } from '@aws-sdk/client-s3';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { startEdge, type Edge } from '../../../sandbox/edge';
import { freePorts, startEmulators, type Emulators } from '../../../sandbox/emulators';
import { botAccount, responderRoles, workloads } from '../../../sandbox/estate';
import { startHub } from '../../../sandbox/hub';
import { asAccount } from '../../../sandbox/stack';

export interface LocalAws {
  readonly edge: Edge;
  readonly emulators: Emulators;
  readonly deaths: string[];
  close(): Promise<void>;
}

const root = join(__dirname, '../../..');

/** Both emulators and the hub behind an edge, without the product. */
export const startLocalAws = async (): Promise<LocalAws> => {
  const [ministack = 0, moto = 0, port = 0] = await freePorts(3);
  const deaths: string[] = [];
  const edge = await startEdge({
    port: 0,
    botAccount,
    upstreams: {
      ministack: `http://127.0.0.1:${ministack}`,
      moto: `http://127.0.0.1:${moto}`,
      hub: `http://127.0.0.1:${port}`,
    },
    roles: responderRoles(root, [workloads], [`arn:aws:iam::${botAccount}:root`]),
  });
  const hub = await startHub({
    port,
    defaultAccount: botAccount,
    s3: new S3Client(asAccount(edge.url, botAccount)),
    // Nobody listens here.
    emit: async () => {},
  });
  const emulators = await startEmulators({
    root,
    ports: { ministack, moto },
    awsEndpoint: edge.url,
    account: botAccount,
    pauses: 1,
    onDeath: (message) => deaths.push(message),
  });
  return {
    edge,
    emulators,
    deaths,
    close: async () => {
      await emulators.close();
      await hub.close();
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
