import type {
  Grant,
  ObjectOwnership,
  PublicAccessBlockConfiguration,
  ServerSideEncryptionRule,
} from '@aws-sdk/client-s3';
import { account } from './builders';
import { awsError, MemoryAws, type Handlers } from './memory-aws';

export interface MemoryBucket {
  owner: string;
  block?: PublicAccessBlockConfiguration;
  /** JSON text. */
  policy?: string;
  /** What AWS says of the policy. */
  isPublic: boolean;
  grants: Grant[];
  ownership?: ObjectOwnership;
  website: boolean;
  region?: string;
  tags: Readonly<Record<string, string>>;
  /** Rules of the default encryption. */
  encryption?: readonly ServerSideEncryptionRule[];
  objects: Record<string, MemoryObject>;
}

/** An object with as many versions; deleted where a delete marker stands before them. */
export interface MemoryObject {
  versions: number;
  deleted: boolean;
  tags: Record<string, string>;
}

export const anObject = (more: Partial<MemoryObject> = {}): MemoryObject => ({
  versions: 1,
  deleted: false,
  tags: {},
  ...more,
});

/** S3's buckets in memory as far as public access goes: AWS's error codes, the owner that is expected, and pages. */
export class MemoryS3 extends MemoryAws {
  readonly buckets = new Map<string, MemoryBucket>();
  /** Calls that a bucket refuses: `<bucket> <call>`. */
  readonly denied = new Set<string>();
  pageSize = 1000;

  constructor(...more: readonly Handlers[]) {
    // The handlers read fields that exist by the time of the first call.
    const handlers: Handlers = {};
    super(handlers, ...more);
    Object.assign(handlers, this.#calls);
  }

  bucket(name: string, more: Partial<MemoryBucket> = {}): MemoryBucket {
    const bucket: MemoryBucket = {
      owner: account,
      isPublic: false,
      grants: [],
      website: false,
      tags: {},
      objects: {},
      ...more,
    };
    this.buckets.set(name, bucket);
    return bucket;
  }

  #object(call: string, asked: Asked & { Key?: string | undefined }): MemoryObject {
    const object = this.#find(call, asked).objects[asked.Key ?? ''];
    if (!object) throw awsError('NoSuchKey');
    if (object.deleted) throw awsError('MethodNotAllowed');
    return object;
  }

  #find(call: string, { Bucket = '', ExpectedBucketOwner = '' }: Asked): MemoryBucket {
    const bucket = this.buckets.get(Bucket);
    if (!bucket) throw awsError('NoSuchBucket');
    // A call that does not say whose bucket it means is a mistake of ours.
    if (bucket.owner !== ExpectedBucketOwner || this.denied.has(`${Bucket} ${call}`))
      throw awsError('AccessDenied');
    return bucket;
  }

  readonly #calls: Handlers = {
    's3:GetPublicAccessBlock': (asked) => {
      const { block } = this.#find('GetPublicAccessBlock', asked);
      if (!block) throw awsError('NoSuchPublicAccessBlockConfiguration');
      return { PublicAccessBlockConfiguration: { ...block } };
    },
    's3:PutPublicAccessBlock': (asked) => {
      this.#find('PutPublicAccessBlock', asked).block = { ...asked.PublicAccessBlockConfiguration };
      return {};
    },
    's3:DeletePublicAccessBlock': (asked) => {
      delete this.#find('DeletePublicAccessBlock', asked).block;
      return {};
    },
    's3:GetBucketPolicyStatus': (asked) => {
      const { policy, isPublic } = this.#find('GetBucketPolicyStatus', asked);
      if (policy === undefined) throw awsError('NoSuchBucketPolicy');
      return { PolicyStatus: { IsPublic: isPublic } };
    },
    's3:GetBucketPolicy': (asked) => {
      const { policy } = this.#find('GetBucketPolicy', asked);
      if (policy === undefined) throw awsError('NoSuchBucketPolicy');
      return { Policy: policy };
    },
    's3:PutBucketPolicy': (asked) => {
      this.#find('PutBucketPolicy', asked).policy = asked.Policy ?? '';
      return {};
    },
    's3:DeleteBucketPolicy': (asked) => {
      delete this.#find('DeleteBucketPolicy', asked).policy;
      return {};
    },
    's3:GetBucketEncryption': (asked) => {
      const { encryption } = this.#find('GetBucketEncryption', asked);
      if (!encryption) throw awsError('ServerSideEncryptionConfigurationNotFoundError');
      return { ServerSideEncryptionConfiguration: { Rules: [...encryption] } };
    },
    's3:PutBucketEncryption': (asked) => {
      const { Rules } = asked.ServerSideEncryptionConfiguration ?? {};
      this.#find('PutBucketEncryption', asked).encryption = Rules ?? [];
      return {};
    },
    's3:DeleteBucketEncryption': (asked) => {
      delete this.#find('DeleteBucketEncryption', asked).encryption;
      return {};
    },
    's3:ListObjectVersions': (asked) => ({
      Versions: Object.entries(this.#find('ListObjectVersions', asked).objects)
        .filter(([key]) => key.startsWith(asked.Prefix ?? ''))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([Key, { versions, deleted }]) =>
          Array.from({ length: versions }, (_, index) => ({
            Key,
            IsLatest: index === 0 && !deleted,
            Size: 1800,
            LastModified: new Date('2026-02-01T08:00:00.000Z'),
          })),
        )
        .slice(0, asked.MaxKeys),
    }),
    's3:GetObjectTagging': (asked) => ({
      TagSet: Object.entries(this.#object('GetObjectTagging', asked).tags).map(([Key, Value]) => ({
        Key,
        Value,
      })),
    }),
    's3:PutObjectTagging': (asked) => {
      const { TagSet = [] } = asked.Tagging ?? {};
      this.#object('PutObjectTagging', asked).tags = Object.fromEntries(
        TagSet.map(({ Key = '', Value = '' }) => [Key, Value]),
      );
      return {};
    },
    's3:GetBucketAcl': (asked) => ({
      Owner: { ID: 'owner' },
      Grants: [...ownGrant, ...this.#find('GetBucketAcl', asked).grants],
    }),
    's3:GetBucketWebsite': (asked) => {
      if (!this.#find('GetBucketWebsite', asked).website)
        throw awsError('NoSuchWebsiteConfiguration');
      return { IndexDocument: { Suffix: 'index.html' } };
    },
    's3:GetBucketOwnershipControls': (asked) => {
      const { ownership } = this.#find('GetBucketOwnershipControls', asked);
      if (!ownership) throw awsError('OwnershipControlsNotFoundError');
      return { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } };
    },
    's3:GetBucketTagging': (asked) => {
      const { tags } = this.#find('GetBucketTagging', asked);
      if (Object.keys(tags).length === 0) throw awsError('NoSuchTagSet');
      return { TagSet: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    },
    's3:GetBucketLocation': (asked) => {
      const { region } = this.#find('GetBucketLocation', asked);
      // The oldest Region has no name here.
      return region === undefined ? {} : { LocationConstraint: locationOf(region) };
    },
    's3:ListBuckets': ({ ContinuationToken = '0', MaxBuckets = this.pageSize }) => {
      const all = [...this.buckets].filter(([, { owner }]) => owner === account);
      const end = Number(ContinuationToken) + Math.min(MaxBuckets, this.pageSize);
      return {
        Buckets: all.slice(Number(ContinuationToken), end).map(([Name]) => ({ Name })),
        ...(end < all.length && { ContinuationToken: String(end) }),
      };
    },
  };
}

type Asked = { Bucket?: string | undefined; ExpectedBucketOwner?: string | undefined };

const ownGrant: Grant[] = [
  { Grantee: { Type: 'CanonicalUser', ID: 'owner' }, Permission: 'FULL_CONTROL' },
];

const locationOf = (region: string) => region as 'eu-west-1';
