import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  HeadObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Version } from '../../domain/gate/object';
import { abreast } from '../../app/gate/abreast';
import { failureOf } from './refusals';

const perCall = 1000;
const width = 16;
// What XML cannot say; S3 would refuse the whole list.
const unspeakable = /[\p{Cc}\ufffe\uffff]/u;
const goneAlready = new Set(['NoSuchVersion', 'NoSuchKey', 'NotFound']);

/**
 * Of all versions only `null` can be written over where somebody has turned versioning off: it is deleted only while it still is
 * these bytes (D27).
 */
const stillThere = async (
  s3: S3Client,
  Bucket: string,
  { key, versionId, etag }: Version,
): Promise<boolean> => {
  if (versionId !== 'null') return true;
  const asked = { Bucket, Key: key, VersionId: versionId, IfMatch: `"${etag}"` };
  try {
    await s3.send(new HeadObjectCommand(asked));
    return true;
  } catch (error) {
    const { name, status } = failureOf(error);
    if (goneAlready.has(name) || status === 404 || status === 412) return false;
    throw error;
  }
};

const removeOne = async (s3: S3Client, Bucket: string, { key, versionId }: Version) => {
  try {
    await s3.send(new DeleteObjectCommand({ Bucket, Key: key, VersionId: versionId }));
  } catch (error) {
    if (!goneAlready.has(failureOf(error).name)) throw error;
  }
};

const removeMany = async (s3: S3Client, Bucket: string, versions: readonly Version[]) => {
  const { Errors = [] } = await s3.send(
    new DeleteObjectsCommand({
      Bucket,
      Delete: {
        Quiet: true,
        Objects: versions.map(({ key, versionId }) => ({ Key: key, VersionId: versionId })),
      },
    }),
  );
  const failed = Errors.filter(({ Code = '' }) => !goneAlready.has(Code));
  if (failed.length === 0) return;
  const codes = [...new Set(failed.map(({ Code = 'no code' }) => Code))].join(', ');
  throw new Error(`S3 did not delete ${failed.length} of ${versions.length} versions: ${codes}`);
};

export const removeAll = async (
  s3: S3Client,
  Bucket: string,
  versions: readonly Version[],
): Promise<void> => {
  const kept = await abreast(versions, width, (each) => stillThere(s3, Bucket, each));
  const wanted = versions.filter((_, at) => kept[at]);
  const plain = wanted.filter(({ key }) => !unspeakable.test(key));
  for (let at = 0; at < plain.length; at += perCall)
    await removeMany(s3, Bucket, plain.slice(at, at + perCall));
  const odd = wanted.filter(({ key }) => unspeakable.test(key));
  await abreast(odd, width, (each) => removeOne(s3, Bucket, each));
};
