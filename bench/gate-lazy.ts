import * as macie2 from '@aws-sdk/client-macie2';
import * as s3 from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { batchSize, objectRef, stagedKey } from '../src/domain/gate/object';
import type { GateRunId } from '../src/domain/ids';

export const stageBucket = 'stage';
const perFile = 1000;
const every = 100;

/** What there is follows from its number: nothing is held. The working lists lie on disk. */
export interface Lazy {
  run: GateRunId;
  objects: number;
  folder: string;
}

const keyOf = (at: number): string => `in/${String(at).padStart(9, '0')}.csv`;
const etagOf = (text: string): string => createHash('md5').update(text).digest('hex');
const stagedOf = (run: GateRunId, at: number): string =>
  stagedKey(run, objectRef(Math.floor(at / batchSize) + 1, at % batchSize), keyOf(at));

const affected = (run: GateRunId, at: number) => ({
  s3Bucket: { name: stageBucket },
  s3Object: { key: stagedOf(run, at), eTag: etagOf(keyOf(at)), versionId: `s${at}` },
});
const sensitive = (at: number) => ({
  status: { code: 'COMPLETE' },
  sensitiveData:
    at % every === 0
      ? [
          {
            category: 'FINANCIAL_INFORMATION',
            detections: [{ type: 'CREDIT_CARD_NUMBER', count: 2 }],
          },
        ]
      : [],
});

const versions = ({ objects }: Lazy, asked: s3.ListObjectVersionsCommandInput) => {
  const from = asked.KeyMarker ? Number(/\d{9}/.exec(asked.KeyMarker)?.[0]) + 1 : 0;
  const count = Math.min(asked.MaxKeys ?? 1000, objects - from);
  const Versions = Array.from({ length: count }, (_, index) => ({
    Key: keyOf(from + index),
    VersionId: `r${from + index}`,
    ETag: etagOf(keyOf(from + index)),
    Size: 100,
    LastModified: new Date(0),
    IsLatest: true,
  }));
  const last = from + count - 1;
  const more = from + count < objects && {
    NextKeyMarker: keyOf(last),
    NextVersionIdMarker: `r${last}`,
  };
  return { Versions, IsTruncated: from + count < objects, ...more };
};

const list = ({ objects, folder }: Lazy, asked: s3.ListObjectsV2CommandInput) => {
  const { Prefix = '', StartAfter, MaxKeys = 1000 } = asked;
  if (!Prefix.startsWith('AWSLogs/')) {
    const names = existsSync(join(folder, Prefix)) ? readdirSync(join(folder, Prefix)) : [];
    return { Contents: names.map((name) => ({ Key: `${Prefix}/${name}` })), IsTruncated: false };
  }
  const files = Math.ceil(objects / perFile);
  const from = StartAfter ? Number(/(\d{6})\.jsonl/.exec(StartAfter)?.[1]) + 1 : 0;
  const count = Math.min(MaxKeys, files - from);
  const Contents = Array.from({ length: count }, (_, index) => ({
    Key: `${Prefix}${String(from + index).padStart(6, '0')}.jsonl.gz`,
  }));
  return { Contents, IsTruncated: false };
};

const get = ({ run, objects, folder }: Lazy, { Key = '' }: s3.GetObjectCommandInput) => {
  const file = /^AWSLogs\/.*(\d{6})\.jsonl\.gz$/.exec(Key)?.[1];
  if (file === undefined) {
    const path = join(folder, Key);
    if (!existsSync(path)) throw Object.assign(new Error(Key), { name: 'NoSuchKey' });
    return { Body: { transformToByteArray: async () => readFileSync(path) } };
  }
  const lines = function* () {
    const from = Number(file) * perFile;
    for (let at = from; at < Math.min(from + perFile, objects); at += 1) {
      const classificationDetails = { result: sensitive(at) };
      yield `${JSON.stringify({ resourcesAffected: affected(run, at), classificationDetails })}\n`;
    }
  };
  return { Body: Readable.from(lines()).pipe(createGzip()) };
};

const answer = (lazy: Lazy, command: object): object => {
  if (command instanceof s3.ListObjectVersionsCommand) return versions(lazy, command.input);
  if (command instanceof s3.ListObjectsV2Command) return list(lazy, command.input);
  if (command instanceof s3.GetObjectCommand) return get(lazy, command.input);
  if (command instanceof s3.CopyObjectCommand) {
    const at = Number(/(\d{9})\.csv$/.exec(command.input.Key ?? '')?.[1]);
    return { VersionId: `s${at}`, CopyObjectResult: { ETag: etagOf(keyOf(at)) } };
  }
  if (command instanceof s3.PutObjectCommand) {
    const { Key = '', Body } = command.input;
    const path = join(lazy.folder, Key);
    mkdirSync(dirname(path), { recursive: true });
    if (!Buffer.isBuffer(Body)) throw new TypeError('no bytes');
    writeFileSync(path, Body);
    return {};
  }
  if (command instanceof s3.DeleteObjectsCommand) return {};
  throw new TypeError(`${command.constructor.name} is not known here`);
};

export const lazyS3 = (lazy: Lazy): s3.S3Client => {
  const client = new s3.S3Client({ region: 'us-east-1' });
  client.send = (async (command: object) => answer(lazy, command)) as typeof client.send;
  return client;
};

const macieAnswer = ({ run, objects }: Lazy, command: object): object => {
  if (command instanceof macie2.GetClassificationExportConfigurationCommand)
    return { configuration: { s3Destination: { bucketName: 'results' } } };
  if (command instanceof macie2.ListFindingsCommand) {
    const { findingCriteria, nextToken } = command.input;
    if (findingCriteria?.criterion?.['archived']?.eq?.[0] === 'true') return { findingIds: [] };
    const from = Number(nextToken ?? 0);
    const all = Math.ceil(objects / every);
    const findingIds = Array.from({ length: Math.min(50, all - from) }, (_, at) => `f${from + at}`);
    return { findingIds, ...(from + 50 < all && { nextToken: String(from + 50) }) };
  }
  if (command instanceof macie2.GetFindingsCommand)
    return {
      findings: (command.input.findingIds ?? []).map((id) => {
        const at = Number(id.slice(1)) * every;
        const classificationDetails = { result: sensitive(at) };
        const severity = { description: 'High' };
        return { id, severity, resourcesAffected: affected(run, at), classificationDetails };
      }),
    };
  throw new TypeError(`${command.constructor.name} is not known here`);
};

export const lazyMacie = (lazy: Lazy): macie2.Macie2Client => {
  const client = new macie2.Macie2Client({ region: 'us-east-1' });
  client.send = (async (command: object) => macieAnswer(lazy, command)) as typeof client.send;
  return client;
};
