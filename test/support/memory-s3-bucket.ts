import { createHash } from 'node:crypto';

/** An error as the S3 client throws it. */
export const s3Error = (name: string, httpStatusCode: number, message = `${name} from S3`): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

export interface StoredVersion {
  versionId: string;
  etag: string;
  size: number;
  /** None where a test only says how large it is. */
  body?: Buffer;
  modified: Date;
  storageClass?: string;
  tags: Readonly<Record<string, string>>;
  metadata: Readonly<Record<string, string>>;
  type?: string;
  /** A delete marker has no bytes. */
  marker?: true;
}

export type Content = Buffer | string | { size: number; etag?: string };
export type Written = Partial<
  Pick<StoredVersion, 'storageClass' | 'tags' | 'metadata' | 'type' | 'modified' | 'etag'>
>;

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

export const md5 = (bytes: Buffer | string): string =>
  createHash('md5').update(bytes).digest('hex');

/** One bucket: versions by key, newest first. Without versioning there is one version of a key, `null`. */
export class MemoryBucketOfVersions {
  versioning = true;
  readonly #keys = new Map<string, StoredVersion[]>();
  #sorted: string[] | undefined;
  #written = 0;

  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** In the order of their UTF-8 bytes, as S3 lists them. */
  keys(): string[] {
    this.#sorted ??= [...this.#keys.keys()].sort(byBytes);
    return this.#sorted;
  }

  versions(key: string): readonly StoredVersion[] {
    return this.#keys.get(key) ?? [];
  }

  /** What stands there now; undefined below a delete marker. */
  latest(key: string): StoredVersion | undefined {
    const [newest] = this.versions(key);
    return newest?.marker ? undefined : newest;
  }

  find(key: string, versionId: string | undefined): StoredVersion {
    const found =
      versionId === undefined
        ? this.latest(key)
        : this.versions(key).find((each) => each.versionId === versionId);
    if (found?.marker) throw s3Error('MethodNotAllowed', 405);
    if (!found) throw s3Error(versionId === undefined ? 'NoSuchKey' : 'NoSuchVersion', 404);
    return found;
  }

  put(key: string, content: Content, more: Written = {}): StoredVersion {
    if (Buffer.byteLength(key) > 1024) throw s3Error('KeyTooLongError', 400);
    if (Object.keys(more.tags ?? {}).length > 10) throw s3Error('InvalidTag', 400);
    const known = typeof content === 'string' || Buffer.isBuffer(content);
    const body = known ? Buffer.from(content) : undefined;
    const version: StoredVersion = {
      versionId: this.#nextId(),
      etag: body
        ? md5(body)
        : ((known ? undefined : content.etag) ?? md5(`${key} ${this.#written}`)),
      size: body ? body.length : known ? 0 : content.size,
      modified: this.#now(),
      tags: {},
      metadata: {},
      ...(body && { body }),
      ...more,
    };
    this.#add(key, version);
    return version;
  }

  /** Deletes without a version id leave a marker where there is versioning. */
  mark(key: string): void {
    if (!this.versioning) {
      this.#set(key, []);
      return;
    }
    const modified = this.#now();
    const empty = { etag: '', size: 0, tags: {}, metadata: {}, modified };
    this.#add(key, { versionId: this.#nextId(), ...empty, marker: true });
  }

  /** Exactly this version; what is not there is no error, as with S3. */
  remove(key: string, versionId: string): void {
    this.#set(
      key,
      this.versions(key).filter((each) => each.versionId !== versionId),
    );
  }

  setTags(key: string, versionId: string | undefined, tags: StoredVersion['tags']): void {
    if (Object.keys(tags).length > 10) throw s3Error('BadRequest', 400);
    this.find(key, versionId).tags = tags;
  }

  #nextId(): string {
    this.#written += 1;
    return this.versioning ? `v${String(this.#written).padStart(8, '0')}` : 'null';
  }

  #add(key: string, version: StoredVersion): void {
    const others = this.versions(key).filter(({ versionId }) => versionId !== version.versionId);
    this.#set(key, [version, ...others]);
  }

  #set(key: string, versions: StoredVersion[]): void {
    if (this.#keys.has(key) !== versions.length > 0) this.#sorted = undefined;
    if (versions.length > 0) this.#keys.set(key, versions);
    else this.#keys.delete(key);
  }
}
