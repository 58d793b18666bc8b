import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  UploadPartCopyCommand,
  type S3Client,
  type StorageClass,
} from '@aws-sdk/client-s3';
import type { Copy } from '../../app/gate/ports';
import type { Version } from '../../domain/gate/object';
import { abreast } from '../../app/gate/abreast';
import { tagging } from './tags';
import { copySource, versionOf } from './versions';

/** CopyObject takes no more (D25). */
export const mostInOneCopy = 5 * 1024 ** 3;
const smallestPart = 512 * 1024 ** 2;
const mostParts = 10_000;
const width = 8;

/** The parts of an object, in bytes, both ends included. */
export const rangesOf = (size: number): { from: number; to: number }[] => {
  const part = Math.max(smallestPart, Math.ceil(size / mostParts));
  return Array.from({ length: Math.ceil(size / part) }, (_, at) => ({
    from: at * part,
    to: Math.min(size, (at + 1) * part) - 1,
  }));
};

/** Unlike CopyObject, an upload in parts begins without anything of its source: metadata and tags are said again. */
const attributesOf = async (s3: S3Client, Bucket: string, { key, versionId, etag }: Version) => {
  const head = await s3.send(
    new HeadObjectCommand({ Bucket, Key: key, VersionId: versionId, IfMatch: `"${etag}"` }),
  );
  const expires = head.ExpiresString ? new Date(head.ExpiresString) : undefined;
  return {
    ...(head.Metadata && { Metadata: head.Metadata }),
    ...(head.ContentType && { ContentType: head.ContentType }),
    ...(head.ContentEncoding && { ContentEncoding: head.ContentEncoding }),
    ...(head.ContentDisposition && { ContentDisposition: head.ContentDisposition }),
    ...(head.ContentLanguage && { ContentLanguage: head.ContentLanguage }),
    ...(head.CacheControl && { CacheControl: head.CacheControl }),
    ...(expires && !Number.isNaN(expires.getTime()) && { Expires: expires }),
  };
};

export const copyInParts = async (
  s3: S3Client,
  from: string,
  to: string,
  { source, size, to: Key }: Copy,
  storageClass: StorageClass | undefined,
  tags: Readonly<Record<string, string>>,
): Promise<Version> => {
  const attributes = await attributesOf(s3, from, source);
  const { UploadId } = await s3.send(
    new CreateMultipartUploadCommand({
      Bucket: to,
      Key,
      ...attributes,
      ...(storageClass && { StorageClass: storageClass }),
      ...(Object.keys(tags).length > 0 && { Tagging: tagging(tags) }),
    }),
  );
  const upload = { Bucket: to, Key, UploadId };
  try {
    const Parts = await abreast(rangesOf(size), width, async (range, at) => {
      const PartNumber = at + 1;
      const { CopyPartResult } = await s3.send(
        new UploadPartCopyCommand({
          ...upload,
          ...copySource(from, source),
          PartNumber,
          CopySourceRange: `bytes=${range.from}-${range.to}`,
        }),
      );
      return { PartNumber, ETag: CopyPartResult?.ETag };
    });
    const done = await s3.send(
      new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }),
    );
    return versionOf(Key, done);
  } catch (error) {
    // Its parts cost until they are gone; where this fails too, the bucket's life cycle does it.
    await s3.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
};
