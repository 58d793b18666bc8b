import {
  CopyObjectCommand,
  HeadObjectCommand,
  StorageClass,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Copied, Copy } from '../../app/gate/ports';
import type { Version } from '../../domain/gate/object';
import { copyInParts, mostInOneCopy } from './multipart';
import { abreast } from '../../app/gate/abreast';
import { failureOf, refusalOf } from './refusals';
import { markOf, markTag, merged, tagging, tagsOf } from './tags';
import { copySource, versionOf } from './versions';

const width = 64;
const archives = new Set(['GLACIER', 'DEEP_ARCHIVE']);

interface Ends {
  from: string;
  to: string;
}

const head = async (s3: S3Client, Bucket: string, Key: string) => {
  try {
    return await s3.send(new HeadObjectCommand({ Bucket, Key }));
  } catch (error) {
    const { name, status } = failureOf(error);
    if (name === 'NotFound' || name === 'NoSuchKey' || status === 404) return undefined;
    throw error;
  }
};

/** What an earlier try left there: with a mark it says itself what it is, else its size must do. */
const leftThere = async (
  s3: S3Client,
  Bucket: string,
  { to, size, tags }: Copy,
): Promise<Version | undefined> => {
  const there = await head(s3, Bucket, to);
  if (there?.ContentLength !== size) return undefined;
  const version = versionOf(to, there);
  const mark = tags?.[markTag];
  if (mark === undefined) return version;
  const at = { Bucket, Key: to, ...(there.VersionId && { VersionId: there.VersionId }) };
  return (await markOf(s3, at)) === mark ? version : undefined;
};

/** S3 would write it as STANDARD if it were not said. */
const classOf = (text: string | undefined): StorageClass | undefined =>
  Object.values(StorageClass).find((each) => each === text);

const ownTags = (s3: S3Client, Bucket: string, { key, versionId }: Version) =>
  tagsOf(s3, { Bucket, Key: key, VersionId: versionId });

const copyOne = async (s3: S3Client, ends: Ends, copy: Copy): Promise<Copied> => {
  const { source, size, storageClass, to: Key, tags } = copy;
  const big = size > mostInOneCopy;
  const own = tags || big ? await ownTags(s3, ends.from, source) : {};
  const { tags: all, dropped } = merged(own, tags ?? {});
  const more = dropped.length > 0 && { dropped };
  const kept = classOf(storageClass);
  if (big) {
    const version = await copyInParts(s3, ends.from, ends.to, copy, kept, all);
    return { kind: 'copied', version, ...more };
  }
  const done = await s3.send(
    new CopyObjectCommand({
      Bucket: ends.to,
      Key,
      ...copySource(ends.from, source),
      MetadataDirective: 'COPY',
      ...(tags
        ? { TaggingDirective: 'REPLACE', Tagging: tagging(all) }
        : { TaggingDirective: 'COPY' }),
      ...(kept && { StorageClass: kept }),
    }),
  );
  const version = versionOf(Key, { VersionId: done.VersionId, ETag: done.CopyObjectResult?.ETag });
  return { kind: 'copied', version, ...more };
};

export const copyAll = (
  s3: S3Client,
  ends: Ends,
  copies: readonly Copy[],
  again: boolean,
): Promise<Copied[]> => {
  const targets = new Map<string, number>();
  for (const { to } of copies) targets.set(to, (targets.get(to) ?? 0) + 1);
  // Of two without a mark for one key nobody can tell which of them stands there: once too often loses nothing.
  const mayBeThere = ({ to, tags }: Copy): boolean =>
    again && (targets.get(to) === 1 || tags?.[markTag] !== undefined);
  return abreast(copies, width, async (copy): Promise<Copied> => {
    try {
      const version = mayBeThere(copy) ? await leftThere(s3, ends.to, copy) : undefined;
      if (version) return { kind: 'copied', version };
      if (archives.has(copy.storageClass ?? ''))
        return { kind: 'refused', because: `its storage class is ${copy.storageClass}` };
      return await copyOne(s3, ends, copy);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal) return refusal;
      throw error;
    }
  });
};
