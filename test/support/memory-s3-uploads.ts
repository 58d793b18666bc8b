import type {
  AbortMultipartUploadCommandInput,
  CompleteMultipartUploadCommandInput,
  CreateMultipartUploadCommandInput,
  UploadPartCopyCommandInput,
} from '@aws-sdk/client-s3';
import { md5, s3Error, type MemoryBucketOfVersions, type StoredVersion } from './memory-s3-bucket';

export const mostInOneCopy = 5 * 1024 ** 3;
const smallestPart = 5 * 1024 ** 2;
const mostParts = 10_000;

interface Upload {
  key: string;
  written: Pick<StoredVersion, 'tags' | 'metadata'> &
    Partial<Pick<StoredVersion, 'storageClass' | 'type'>>;
  parts: Map<number, { size: number; etag: string }>;
}

/** Tags as a header says them. */
export const tagsOf = (text: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(text));

/** Uploads in parts that are neither complete nor aborted. */
export class MemoryUploads {
  readonly #open = new Map<string, Upload>();
  #begun = 0;

  get size(): number {
    return this.#open.size;
  }

  begin(asked: CreateMultipartUploadCommandInput): object {
    const tags = tagsOf(asked.Tagging ?? '');
    if (Object.keys(tags).length > 10) throw s3Error('InvalidTag', 400);
    this.#begun += 1;
    const UploadId = `upload-${this.#begun}`;
    this.#open.set(UploadId, {
      key: asked.Key ?? '',
      written: {
        tags,
        metadata: asked.Metadata ?? {},
        ...(asked.ContentType && { type: asked.ContentType }),
        ...(asked.StorageClass && { storageClass: asked.StorageClass }),
      },
      parts: new Map(),
    });
    return { UploadId };
  }

  copyPart(asked: UploadPartCopyCommandInput, source: StoredVersion): object {
    const { parts } = this.#find(asked.UploadId);
    const [, from = '', to = ''] = /^bytes=(\d+)-(\d+)$/.exec(asked.CopySourceRange ?? '') ?? [];
    const size = Number(to) - Number(from) + 1;
    if (to === '' || Number(to) >= source.size || size > mostInOneCopy)
      throw s3Error('InvalidArgument', 400);
    const etag = md5(`${source.etag} ${from} ${to}`);
    parts.set(asked.PartNumber ?? 0, { size, etag });
    return { CopyPartResult: { ETag: `"${etag}"` } };
  }

  complete(asked: CompleteMultipartUploadCommandInput, bucket: MemoryBucketOfVersions): object {
    const { key, written, parts } = this.#find(asked.UploadId);
    const listed = asked.MultipartUpload?.Parts ?? [];
    const taken = listed.map(({ PartNumber = 0, ETag = '' }, at) => {
      const part = parts.get(PartNumber);
      if (PartNumber > mostParts || PartNumber !== at + 1) throw s3Error('InvalidPartOrder', 400);
      if (part?.etag !== ETag.replaceAll('"', '')) throw s3Error('InvalidPart', 400);
      if (part.size < smallestPart && at < listed.length - 1) throw s3Error('EntityTooSmall', 400);
      return part;
    });
    const size = taken.reduce((sum, part) => sum + part.size, 0);
    const etag = `${md5(taken.map((part) => part.etag).join())}-${taken.length}`;
    const version = bucket.put(key, { size, etag }, written);
    this.#open.delete(asked.UploadId ?? '');
    return { ETag: `"${etag}"`, VersionId: version.versionId };
  }

  abort({ UploadId = '' }: AbortMultipartUploadCommandInput): object {
    this.#find(UploadId);
    this.#open.delete(UploadId);
    return {};
  }

  #find(id = ''): Upload {
    const upload = this.#open.get(id);
    if (!upload) throw s3Error('NoSuchUpload', 404);
    return upload;
  }
}
