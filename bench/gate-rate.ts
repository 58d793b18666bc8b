import {
  CreateBucketCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts, startEmulators } from '../sandbox/emulators';
import { botAccount } from '../sandbox/estate';
import { asAccount } from '../sandbox/stack';
import type { Cursor, Place } from '../src/app/gate/ports';
import { gateObjects } from '../src/aws/gate/objects';
import { batchSize, objectRef, stagedKey, type Version } from '../src/domain/gate/object';
import { GateRunId } from '../src/domain/ids';
import { releaseBySample, stageBySample } from './gate-sample';

/** Seconds for all objects, one way and then the other. */
export interface Legs {
  stage: number;
  release: number;
}

const places: readonly Place[] = ['raw', 'stage', 'review', 'released', 'quarantine'];
const runId = (at: number): GateRunId => GateRunId.parse(`gate-${String(at).padStart(10, '0')}`);

const bucketsOf = (name: string): Record<Place, string> => ({
  raw: `${name}-raw`,
  stage: `${name}-stage`,
  review: `${name}-review`,
  released: `${name}-released`,
  quarantine: `${name}-quarantine`,
});

/** Each request takes at least so long, whoever sends it. */
const clientFor = (endpoint: string, delay: number): S3Client => {
  const client = new S3Client({
    ...asAccount(endpoint, botAccount),
    forcePathStyle: true,
    requestHandler: { httpAgent: { keepAlive: true, maxSockets: 64 } },
  });
  if (delay > 0)
    client.middlewareStack.add(
      (next) => async (asked) => {
        await sleep(delay);
        return next(asked);
      },
      { step: 'finalizeRequest', name: 'delay' },
    );
  return client;
};

const filled = async (s3: S3Client, name: string, objects: number) => {
  const buckets = bucketsOf(name);
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  for (const place of places) {
    const Bucket = buckets[place];
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }
  for (let at = 0; at < objects; at += 1) {
    const Key = `in/${String(at).padStart(6, '0')}.csv`;
    await s3.send(new PutObjectCommand({ Bucket: buckets.raw, Key, Body: `number\n${at}\n` }));
  }
  return buckets;
};

const timed = async (work: () => Promise<void>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

const arrived = async (s3: S3Client, Bucket: string, wanted: number): Promise<void> => {
  let found = 0;
  let token: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken: token }));
    found += page.KeyCount ?? 0;
    token = page.NextContinuationToken;
  } while (token);
  if (found !== wanted) throw new Error(`${found} of ${wanted} objects arrived in ${Bucket}`);
};

const byGate = async (s3: S3Client, buckets: Record<Place, string>, run: GateRunId) => {
  const objects = gateObjects(s3, buckets);
  const staged: { version: Version; size: number; key: string; mark: string }[] = [];
  const stage = await timed(async () => {
    let after: Cursor | undefined;
    let batch = 0;
    do {
      batch += 1;
      const { versions, next } = await objects.listRaw('', after, batchSize);
      const refs = versions.map((_, at) => objectRef(batch, at));
      const copies = versions.map(({ raw, size }, at) => ({
        source: raw,
        size,
        to: stagedKey(run, refs[at] ?? objectRef(batch, 0), raw.key),
      }));
      const copied = await objects.copy('raw', 'stage', copies, false);
      for (const [at, end] of copied.entries()) {
        const { raw, size } = versions[at] ?? {};
        if (end.kind !== 'copied' || !raw || size === undefined) throw new Error('not staged');
        staged.push({ version: end.version, size, key: raw.key, mark: `${run}.${refs[at]}` });
      }
      await objects.remove(
        'raw',
        versions.map(({ raw }) => raw),
      );
      after = next;
    } while (after);
  });
  const release = await timed(async () => {
    for (let at = 0; at < staged.length; at += batchSize) {
      const those = staged.slice(at, at + batchSize);
      const copies = those.map(({ version, size, key, mark }) => ({
        source: version,
        size,
        to: key,
        tags: { 'drawbridge:object': mark },
      }));
      await objects.copy('stage', 'released', copies, false);
      await objects.remove(
        'stage',
        those.map(({ version }) => version),
      );
    }
  });
  return { stage, release };
};

const bySample = async (s3: S3Client, buckets: Record<Place, string>, run: GateRunId) => ({
  stage: await timed(() => stageBySample(s3, buckets.raw, buckets.stage, run)),
  release: await timed(() => releaseBySample(s3, buckets.stage, buckets.released, run)),
});

export interface Rates {
  ours: Legs[];
  theirs: Legs[];
}

/** Both ways in turns on one local S3; `delay` in milliseconds. */
export const gateRates = async (
  plans: readonly { delay: number; objects: number }[],
  runs: number,
): Promise<Rates[]> => {
  const [ministack = 0, moto = 0] = await freePorts(2);
  const endpoint = `http://127.0.0.1:${ministack}`;
  const emulators = await startEmulators({
    root: join(__dirname, '..'),
    ports: { ministack, moto },
    awsEndpoint: endpoint,
    account: botAccount,
    pauses: 1,
    onDeath: (message) => console.error(message),
  });
  try {
    const plain = clientFor(endpoint, 0);
    const rates: Rates[] = [];
    for (const [plan, { delay, objects }] of plans.entries()) {
      const s3 = clientFor(endpoint, delay);
      const rate: Rates = { ours: [], theirs: [] };
      for (let run = 0; run < runs; run += 1)
        for (const [kind, way] of [['ours', byGate] as const, ['theirs', bySample] as const]) {
          const buckets = await filled(plain, `bench-${plan}-${run}-${kind}`, objects);
          rate[kind].push(await way(s3, buckets, runId(run)));
          await arrived(plain, buckets.released, objects);
        }
      rates.push(rate);
    }
    return rates;
  } finally {
    await emulators.close();
  }
};
