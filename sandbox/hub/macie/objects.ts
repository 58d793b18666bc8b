import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { EncryptionType } from '@aws-sdk/client-macie2';

export interface ObjectSummary {
  key: string;
  size: number;
  lastModified: Date;
  storageClass: string;
}

/** An object whose bytes are being read; the version that was read is the one the finding names. */
export interface OpenObject extends ObjectSummary {
  eTag: string;
  versionId: string;
  encryption: EncryptionType;
  kmsKey: string | undefined;
  body: AsyncIterable<Uint8Array>;
}

const encryptions: readonly string[] = [
  'AES256',
  'aws:kms',
  'aws:kms:dsse',
] satisfies EncryptionType[];

/** S3 knows kinds of encryption that Macie has no word for. */
export function encryptionNamed(name: string | undefined): EncryptionType {
  if (name === undefined) return 'NONE';
  return encryptions.includes(name) ? (name as EncryptionType) : 'UNKNOWN';
}

export interface Tag {
  key: string;
  value: string;
}

/** One page in memory at a time, however many objects the bucket holds. */
export async function* listObjects(s3: S3Client, Bucket: string): AsyncGenerator<ObjectSummary> {
  let ContinuationToken: string | undefined;
  do {
    const listed = await s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken }));
    for (const { Key, Size, LastModified, StorageClass } of listed.Contents ?? []) {
      if (Key === undefined || Key.endsWith('/')) continue;
      yield {
        key: Key,
        size: Size ?? 0,
        lastModified: LastModified ?? new Date(0),
        storageClass: StorageClass ?? 'STANDARD',
      };
    }
    ContinuationToken = listed.NextContinuationToken;
  } while (ContinuationToken !== undefined);
}

/** The list call gives no tags. */
export async function tagsOf(s3: S3Client, Bucket: string, Key: string): Promise<Tag[]> {
  const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key }));
  return TagSet.map((tag) => ({ key: tag.Key ?? '', value: tag.Value ?? '' }));
}

/** Opens the newest version; the body is a stream and must be read or dropped. */
export async function openObject(
  s3: S3Client,
  Bucket: string,
  summary: ObjectSummary,
): Promise<OpenObject> {
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: summary.key }));
  const body = got.Body;
  if (!body || !(Symbol.asyncIterator in body)) throw new Error('S3 gave no body');
  return {
    ...summary,
    size: got.ContentLength ?? summary.size,
    eTag: (got.ETag ?? '').replaceAll('"', ''),
    versionId: got.VersionId === 'null' ? '' : (got.VersionId ?? ''),
    encryption: encryptionNamed(got.ServerSideEncryption),
    kmsKey: got.SSEKMSKeyId,
    body,
  };
}
