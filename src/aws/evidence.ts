import {
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import type { EvidenceShelf } from '../app/evidence';
import type { Artefact, OwnCalls } from '../operations/calls/own';

/** Where evidence is kept: a bucket of ours with Object Lock, not one of the account that is looked at. */
export interface EvidenceBucket {
  s3: S3Client;
  bucket: string;
}

export type Kept = OwnCalls['evidence:Keep'][0];

/** What the keys of a remediation, or of one of its steps (`<remediation>/<step>`), begin with. */
const beginOf = (of: string): string => `evidence/${of}${of.includes('/') ? '-' : '/'}`;

/** `evidence/<remediation>/<step>-<name>`: a step's second try finds what its first one kept. */
const keyOf = (run: string, name: string): string =>
  `${beginOf(run)}${name.replace(/[^\w.-]/g, '_').slice(0, 120)}`;

/** S3 takes 2 KB of metadata, in ASCII. */
const written = (text: string, most: number): string => {
  let all = '';
  for (const letter of text.toWellFormed()) {
    const next = all + encodeURIComponent(letter);
    if (next.length > most) break;
    all = next;
  }
  return all;
};

const read = (text = ''): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** S3's own checksum of what it holds, as 64 hex digits; empty where it has none of the whole object. */
const hexOf = (checksum = ''): string =>
  /^[\w+/]{43}=$/.test(checksum) ? Buffer.from(checksum, 'base64').toString('hex') : '';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes);

const head = async ({ s3, bucket }: EvidenceBucket, Key: string): Promise<Artefact> => {
  const found = await s3.send(
    new HeadObjectCommand({ Bucket: bucket, Key, ChecksumMode: 'ENABLED' }),
  );
  const [, remediation = '', file = ''] = Key.split('/');
  const dash = file.indexOf('-');
  return {
    run: `${remediation}/${file.slice(0, Math.max(dash, 0))}`,
    name: file.slice(dash + 1),
    key: Key,
    version: found.VersionId ?? '',
    sha256: hexOf(found.ChecksumSHA256) || (found.Metadata?.['sha256'] ?? ''),
    size: found.ContentLength ?? 0,
    at: found.LastModified?.toISOString() ?? '',
    by: read(found.Metadata?.['by']),
    note: read(found.Metadata?.['note']),
  };
};

/** Another writer of the same key is at it: S3 says which of the two came first when it is asked again. */
const tries = 3;

/** Keeps it where nothing stands yet; what was kept first is the evidence. Retention is the bucket's default. */
export const keepIn = async (
  store: EvidenceBucket,
  { run, name, content, encoding, type, note = '' }: Kept,
  by: string,
  sleep: (milliseconds: number) => Promise<void>,
): Promise<Artefact> => {
  const Body = Buffer.from(content, encoding);
  const hash = sha256(Body);
  const sum = hash.copy().digest('base64');
  const Metadata = { sha256: hash.digest('hex'), by: written(by, 300), note: written(note, 1300) };
  const Key = keyOf(run, name);
  const put = new PutObjectCommand({
    Bucket: store.bucket,
    Key,
    Body,
    ContentType: type,
    // A bucket with a default retention takes nothing without a checksum.
    ChecksumSHA256: sum,
    Metadata,
    IfNoneMatch: '*',
  });
  for (let tried = 1; ; tried += 1)
    try {
      await store.s3.send(put);
      break;
    } catch (error) {
      const code = error instanceof Error ? error.name : '';
      if (code === 'PreconditionFailed') break;
      if (code !== 'ConditionalRequestConflict' || tried === tries) throw error;
      await sleep(500 * tried);
    }
  return head(store, Key);
};

/** All that was kept for a remediation, or by one of its steps, by name. */
export const listIn = async (store: EvidenceBucket, of: string): Promise<Artefact[]> => {
  const keys: string[] = [];
  const asked = { Bucket: store.bucket, Prefix: beginOf(of) };
  for await (const page of paginateListObjectsV2({ client: store.s3 }, asked))
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
  return Promise.all(keys.map((key) => head(store, key)));
};

/** Up to here the bytes are read again; of more, S3's own checksum is asked for. */
const readable = 5 * 1024 * 1024;

/** What the bytes of one version hash to now, as 64 hex digits; none where there is no such version. */
export const hashIn = async (
  { s3, bucket }: EvidenceBucket,
  { key, version, size }: Pick<Artefact, 'key' | 'version' | 'size'>,
): Promise<string | undefined> => {
  const which = { Bucket: bucket, Key: key, ...(version && { VersionId: version }) };
  try {
    if (size > readable) {
      const found = await s3.send(new HeadObjectCommand({ ...which, ChecksumMode: 'ENABLED' }));
      return hexOf(found.ChecksumSHA256);
    }
    const { Body } = await s3.send(new GetObjectCommand(which));
    return sha256((await Body?.transformToByteArray()) ?? new Uint8Array()).digest('hex');
  } catch (error) {
    if (error instanceof Error && /^(NoSuchKey|NoSuchVersion|NotFound)$/.test(error.name))
      return undefined;
    throw error;
  }
};

/** The bucket as the desk has it: to list, to check and to point to. */
export const shelfIn = (store: EvidenceBucket): EvidenceShelf => ({
  list: (of) => listIn(store, of),
  hashOf: (piece) => hashIn(store, piece),
  placeOf: (key) => `s3://${store.bucket}/${key}`,
});
