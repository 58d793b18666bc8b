import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import * as z from 'zod/mini';
import type { Proof } from '../../domain/gate/verdict';
import { detectedIn } from './detected';
import { pages } from './listing';
import { bareEtag, decoded } from './versions';

const text = z.nullish(z.string());
const count = z.nullish(z.number());

const DiscoveryResult = z.object({
  resourcesAffected: z.object({
    s3Bucket: z.object({ name: z.string() }),
    s3Object: z.object({ key: z.string(), eTag: text, versionId: text }),
  }),
  classificationDetails: z.object({
    result: z.object({
      status: z.nullish(z.object({ code: text, reason: text })),
      sensitiveData: z.nullish(
        z.array(
          z.object({
            category: text,
            totalCount: count,
            detections: z.nullish(z.array(z.object({ type: text, count }))),
          }),
        ),
      ),
      customDataIdentifiers: z.nullish(
        z.object({
          totalCount: count,
          detections: z.nullish(z.array(z.object({ arn: text, name: text, count }))),
        }),
      ),
    }),
  }),
});

const statuses = ['COMPLETE', 'PARTIAL', 'SKIPPED'] as const;

/** One line of discovery results; undefined where it speaks of another bucket (D4). A line that is none throws. */
const proofOf = (line: string, bucket: string, from: string): Proof | undefined => {
  const { resourcesAffected, classificationDetails } = DiscoveryResult.parse(JSON.parse(line));
  const { s3Bucket, s3Object } = resourcesAffected;
  if (s3Bucket.name !== bucket) return undefined;
  const { result } = classificationDetails;
  const { code: said, reason } = result.status ?? {};
  const status = statuses.find((each) => each === said) ?? 'UNKNOWN';
  const code = status === 'UNKNOWN' ? (said ?? reason) : reason;
  return {
    staged: s3Object.key,
    ...(s3Object.versionId && { versionId: s3Object.versionId }),
    ...(s3Object.eTag && { etag: bareEtag(s3Object.eTag) }),
    status,
    ...(code && { code }),
    detected: detectedIn(result),
    from,
  };
};

/** Lines of a gzipped object, one at a time. */
async function* linesOf(body: Readable): AsyncGenerator<string> {
  // The error of either stream ends the reading; half a file is no proof of anything.
  const plain = pipeline(body, createGunzip(), () => undefined);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of plain) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.decode();
  yield rest;
}

/** What one file of discovery results says of objects of the bucket. Unknown is not clean: what cannot be read throws. */
export const readResults = async (
  s3: S3Client,
  resultsBucket: string,
  file: string,
  stageBucket: string,
): Promise<Proof[]> => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: resultsBucket, Key: file }));
  if (!(Body instanceof Readable)) throw new Error(`${file} has no body`);
  const proofs: Proof[] = [];
  let at = 0;
  for await (const line of linesOf(Body)) {
    at += 1;
    if (line.trim() === '') continue;
    try {
      const proof = proofOf(line, stageBucket, file);
      if (proof) proofs.push(proof);
    } catch {
      // Not the cause: it would quote the line.
      throw new Error(`line ${at} of ${file} is no discovery result`);
    }
  }
  return proofs;
};

/** At most this many at once. */
const mostFiles = 50;

export const resultFiles = async (
  s3: S3Client,
  Bucket: string,
  prefix: string,
  after: string | undefined,
): Promise<string[]> => {
  const found: string[] = [];
  const asked = {
    Bucket,
    Prefix: prefix,
    MaxKeys: mostFiles,
    ...(after !== undefined && { StartAfter: after }),
  };
  for await (const { Contents = [], EncodingType } of pages(s3, asked)) {
    const keys = Contents.map(({ Key = '' }) => decoded(Key, EncodingType));
    found.push(...keys.filter((key) => key.endsWith('.jsonl.gz')));
    if (found.length >= mostFiles) break;
  }
  return found.slice(0, mostFiles);
};
