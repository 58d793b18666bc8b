import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as z from 'zod/mini';
import type { GateBatches, GateLists } from '../../app/gate/ports';
import { ObjectRef, Taken, Version } from '../../domain/gate/object';
import { Detected, Judged, severities } from '../../domain/gate/verdict';
import type { GateRunId } from '../../domain/ids';
import { pages } from './listing';
import { abreast } from '../../app/gate/abreast';
import { failureOf } from './refusals';
import { decoded } from './versions';

const pack = promisify(gzip);
const unpack = promisify(gunzip);
const width = 16;

const seen = {
  staged: z.string(),
  versionId: z.exactOptional(z.string()),
  etag: z.exactOptional(z.string()),
  detected: z.array(Detected),
};

/** What is read is checked: the lists say what is deleted and what is released. */
const schemas: { [K in keyof GateLists]: z.ZodMiniType<GateLists[K]> } = {
  taken: z.array(Taken),
  staged: z.record(
    ObjectRef,
    z.union([z.object({ version: Version }), z.object({ refused: z.string() })]),
  ),
  judged: z.array(Judged),
  proofs: z.array(
    z.object({
      ...seen,
      status: z.enum(['COMPLETE', 'PARTIAL', 'SKIPPED', 'UNKNOWN']),
      code: z.exactOptional(z.string()),
      from: z.string(),
    }),
  ),
  found: z.array(
    z.object({
      ...seen,
      id: z.string(),
      severity: z.enum(severities),
      archived: z.boolean(),
    }),
  ),
};

const Part = z.array(z.unknown());

/** Two calls at once work on the same list, so the later one writes nothing. */
const firstStands = new Set<keyof GateLists>(['taken', 'staged', 'judged']);

/** A part may be named by anything, such as the object that its proofs come from. */
const nameOf = (part: string): string =>
  /^[\w-][\w.-]{0,99}$/.test(part) ? part : createHash('sha256').update(part).digest('hex');

const beginOf = (run: GateRunId, list: string, batch: number): string =>
  `runs/${run}/${list}/${String(batch).padStart(6, '0')}`;

const keyOf = (run: GateRunId, list: string, batch: number, part?: string): string =>
  `${beginOf(run, list, batch)}${part === undefined ? '' : `/${nameOf(part)}`}.json.gz`;

/** Working lists as gzipped JSON, below `runs/` in the results bucket. */
export const gateBatches = (s3: S3Client, Bucket: string): GateBatches => {
  const read = async (Key: string): Promise<unknown> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const bytes = await Body?.transformToByteArray();
    if (!bytes) throw new Error(`${Key} has no body`);
    return JSON.parse((await unpack(bytes)).toString('utf8'));
  };
  return {
    async put(run, list, batch, value, part) {
      const put = new PutObjectCommand({
        Bucket,
        Key: keyOf(run, list, batch, part),
        Body: await pack(JSON.stringify(value)),
        ContentType: 'application/gzip',
        ...(firstStands.has(list) && { IfNoneMatch: '*' }),
      });
      await s3.send(put).catch((error: unknown) => {
        if (!firstStands.has(list) || failureOf(error).name !== 'PreconditionFailed') throw error;
      });
    },
    async get(run, list, batch) {
      try {
        return schemas[list].parse(await read(keyOf(run, list, batch)));
      } catch (error) {
        if (failureOf(error).name === 'NoSuchKey') return undefined;
        throw error;
      }
    },
    async parts(run, list, batch) {
      const keys: string[] = [];
      const asked = { Bucket, Prefix: beginOf(run, list, batch) };
      for await (const { Contents = [], EncodingType } of pages(s3, asked))
        keys.push(...Contents.map(({ Key = '' }) => decoded(Key, EncodingType)));
      const parts = await abreast(keys, width, async (key) => Part.parse(await read(key)));
      return schemas[list].parse(parts.flat());
    },
  };
};
