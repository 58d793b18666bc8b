import * as sdk from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { MemoryBucketOfVersions, md5, s3Error, type StoredVersion } from './memory-s3-bucket';
import { listObjects, listVersions } from './memory-s3-lists';
import { MemoryUploads, mostInOneCopy, tagsOf } from './memory-s3-uploads';

const archives = new Set(['GLACIER', 'DEEP_ARCHIVE']);

interface Fault {
  call: string;
  error: Error;
  times: number;
  when: 'before' | 'after';
  of: (input: Readonly<Record<string, unknown>>) => boolean;
}

/** S3 as the gate uses it, strict and in memory: versions, ETags, conditions, tags of ten at most, 5 GB to a copy. */
export class MemoryS3Gate {
  readonly client = new sdk.S3Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  /** Names of the calls and what they were asked, in order. */
  readonly calls: { name: string; input: Readonly<Record<string, unknown>> }[] = [];
  /** Uploads in parts that are neither complete nor aborted. */
  readonly uploads = new MemoryUploads();
  /** The most that a list gives at once. */
  perPage = 1000;
  /** How many calls were under way at once, at most. */
  peak = 0;
  now = (): Date => new Date('2026-11-02T09:00:00.000Z');
  readonly #buckets = new Map<string, MemoryBucketOfVersions>();
  #faults: Fault[] = [];
  #running = 0;

  constructor(...buckets: readonly string[]) {
    for (const name of buckets)
      this.#buckets.set(name, new MemoryBucketOfVersions(() => this.now()));
    this.client.send = ((command: { constructor: { name: string }; input: object }) =>
      this.#send(command)) as typeof this.client.send;
  }

  bucket(name: string): MemoryBucketOfVersions {
    const bucket = this.#buckets.get(name);
    if (!bucket) throw s3Error('NoSuchBucket', 404);
    return bucket;
  }

  /** The next calls of this name fail, before or after they take effect; with `of` only those whose input fits. */
  fail(call: string, error: Error, more: Partial<Omit<Fault, 'call' | 'error'>> = {}): void {
    this.#faults.push({ call, error, times: 1, when: 'before', of: () => true, ...more });
  }

  heal(): void {
    this.#faults = [];
  }

  count(name: string): number {
    return this.calls.filter((each) => each.name === name).length;
  }

  async #send(command: { constructor: { name: string }; input: object }): Promise<object> {
    const name = command.constructor.name.replace(/Command$/, '');
    const input: Record<string, unknown> = { ...command.input };
    this.calls.push({ name, input });
    this.#running += 1;
    this.peak = Math.max(this.peak, this.#running);
    try {
      await Promise.resolve();
      const fault = this.#faults.find(
        (each) => each.call === name && each.times > 0 && each.of(input),
      );
      if (fault) fault.times -= 1;
      if (fault?.when === 'before') throw fault.error;
      const answer = this.#answer(command);
      if (fault) throw fault.error;
      return { ...answer, $metadata: {} };
    } finally {
      this.#running -= 1;
    }
  }

  #answer(command: object): object {
    if (command instanceof sdk.PutObjectCommand) return this.#put(command.input);
    if (command instanceof sdk.GetObjectCommand) return this.#get(command.input);
    if (command instanceof sdk.HeadObjectCommand) return this.#head(command.input);
    if (command instanceof sdk.CopyObjectCommand) return this.#copy(command.input);
    if (command instanceof sdk.DeleteObjectCommand) return this.#delete(command.input);
    if (command instanceof sdk.DeleteObjectsCommand) return this.#deleteMany(command.input);
    if (command instanceof sdk.ListObjectsV2Command)
      return listObjects(this.bucket(command.input.Bucket ?? ''), command.input, this.perPage);
    if (command instanceof sdk.ListObjectVersionsCommand)
      return listVersions(this.bucket(command.input.Bucket ?? ''), command.input, this.perPage);
    if (command instanceof sdk.GetObjectTaggingCommand) {
      const { Bucket = '', Key = '', VersionId } = command.input;
      const { tags, versionId } = this.bucket(Bucket).find(Key, VersionId);
      const TagSet = Object.entries(tags).map(([name, Value]) => ({ Key: name, Value }));
      return { TagSet, VersionId: versionId };
    }
    if (command instanceof sdk.PutObjectTaggingCommand) {
      const { Bucket = '', Key = '', VersionId, Tagging } = command.input;
      const pairs = (Tagging?.TagSet ?? []).map((each) => [each.Key ?? '', each.Value ?? '']);
      this.bucket(Bucket).setTags(Key, VersionId, Object.fromEntries(pairs));
      return {};
    }
    if (command instanceof sdk.CreateMultipartUploadCommand)
      return this.uploads.begin(command.input);
    if (command instanceof sdk.UploadPartCopyCommand)
      return this.uploads.copyPart(command.input, this.#source(command.input));
    if (command instanceof sdk.CompleteMultipartUploadCommand)
      return this.uploads.complete(command.input, this.bucket(command.input.Bucket ?? ''));
    if (command instanceof sdk.AbortMultipartUploadCommand)
      return this.uploads.abort(command.input);
    throw new TypeError(`S3 in memory does not know ${command.constructor.name}`);
  }

  #put({ Bucket = '', Key = '', Body, Tagging = '', ...more }: sdk.PutObjectCommandInput): object {
    if (typeof Body !== 'string' && !Buffer.isBuffer(Body))
      throw new TypeError('no such body here');
    if (more.IfNoneMatch === '*' && this.bucket(Bucket).latest(Key))
      throw s3Error('PreconditionFailed', 412);
    const version = this.bucket(Bucket).put(Key, Body, {
      tags: tagsOf(Tagging),
      metadata: more.Metadata ?? {},
      ...(more.ContentType && { type: more.ContentType }),
      ...(more.StorageClass && { storageClass: more.StorageClass }),
    });
    return { ETag: `"${version.etag}"`, VersionId: version.versionId };
  }

  /** Read as a download is, with its checks. */
  #found(asked: sdk.HeadObjectCommandInput): StoredVersion {
    const version = this.bucket(asked.Bucket ?? '').find(asked.Key ?? '', asked.VersionId);
    this.#check(version, asked.IfMatch);
    return version;
  }

  #check({ etag }: StoredVersion, wanted: string | undefined): void {
    if (wanted !== undefined && wanted.replaceAll('"', '') !== etag)
      throw s3Error('PreconditionFailed', 412);
  }

  #get(asked: sdk.GetObjectCommandInput): object {
    const { body = Buffer.alloc(0), ...version } = this.#found(asked);
    const transformToByteArray = () => Promise.resolve(new Uint8Array(body));
    // In pieces, as from a network.
    const pieces = function* () {
      for (let at = 0; at < body.length; at += 7) yield body.subarray(at, at + 7);
    };
    return {
      Body: Object.assign(Readable.from(pieces()), { transformToByteArray }),
      ContentLength: version.size,
      ETag: `"${version.etag}"`,
    };
  }

  #head(asked: sdk.HeadObjectCommandInput): object {
    try {
      const version = this.#found(asked);
      return {
        ContentLength: version.size,
        ETag: `"${version.etag}"`,
        VersionId: version.versionId,
        LastModified: version.modified,
        Metadata: version.metadata,
        ...(version.type && { ContentType: version.type }),
        ...(version.storageClass && { StorageClass: version.storageClass }),
      };
    } catch (error) {
      // A head has no body to say more in.
      if (error instanceof Error && /^NoSuch(Key|Version)$/.test(error.name))
        throw s3Error('NotFound', 404);
      throw error;
    }
  }

  #source({
    CopySource = '',
    CopySourceIfMatch,
  }: Pick<sdk.CopyObjectCommandInput, 'CopySource' | 'CopySourceIfMatch'>) {
    const [path = '', query = ''] = CopySource.split('?');
    const [bucket = '', ...key] = decodeURIComponent(path).split('/');
    const versionId = new URLSearchParams(query).get('versionId') ?? undefined;
    const source = this.bucket(bucket).find(key.join('/'), versionId);
    this.#check(source, CopySourceIfMatch);
    if (archives.has(source.storageClass ?? '')) throw s3Error('InvalidObjectState', 403);
    return source;
  }

  #copy(asked: sdk.CopyObjectCommandInput): object {
    const source = this.#source(asked);
    if (source.size > mostInOneCopy)
      throw s3Error('InvalidRequest', 400, 'The copy source is larger than 5368709120');
    const replaced = asked.TaggingDirective === 'REPLACE';
    const version = this.bucket(asked.Bucket ?? '').put(asked.Key ?? '', source.body ?? source, {
      tags: replaced ? tagsOf(asked.Tagging ?? '') : source.tags,
      metadata: asked.MetadataDirective === 'REPLACE' ? (asked.Metadata ?? {}) : source.metadata,
      etag: source.etag.includes('-') ? md5(source.etag) : source.etag,
      ...(source.type && { type: source.type }),
      ...(asked.StorageClass && { storageClass: asked.StorageClass }),
    });
    return { CopyObjectResult: { ETag: `"${version.etag}"` }, VersionId: version.versionId };
  }

  #delete({ Bucket = '', Key = '', VersionId }: sdk.DeleteObjectCommandInput): object {
    if (VersionId === undefined) this.bucket(Bucket).mark(Key);
    else this.bucket(Bucket).remove(Key, VersionId);
    return {};
  }

  #deleteMany({ Bucket = '', Delete }: sdk.DeleteObjectsCommandInput): object {
    const objects = Delete?.Objects ?? [];
    if (objects.length === 0 || objects.length > 1000) throw s3Error('MalformedXML', 400);
    const Errors: sdk._Error[] = [];
    for (const { Key = '', VersionId } of objects) {
      if (/(?![\t\n\r])\p{Cc}/u.test(Key)) throw s3Error('MalformedXML', 400);
      const denied = this.#faults.find(
        (each) => each.call === 'Delete' && each.times > 0 && each.of({ Bucket, Key, VersionId }),
      );
      if (denied) {
        denied.times -= 1;
        Errors.push({ Key, VersionId, Code: denied.error.name, Message: denied.error.message });
      } else this.#delete({ Bucket, Key, VersionId });
    }
    return Errors.length > 0 ? { Errors } : {};
  }
}
