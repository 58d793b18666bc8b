import type {
  LoggingEnabled,
  PublicAccessBlockConfiguration,
  ServerSideEncryption,
} from '@aws-sdk/client-s3';
import { account, region } from './builders';
import { awsError, type Handlers } from './memory-aws';

interface Bucket {
  owner: string;
  region: string;
  block: PublicAccessBlockConfiguration | undefined;
  encryption: ServerSideEncryption | undefined;
  policy: string | undefined;
  logging: LoggingEnabled | undefined;
  objects: string[];
}

type Asked = { Bucket: string | undefined; ExpectedBucketOwner?: string | undefined };

/** Buckets in memory, with what access logs need of them. Their names belong to all accounts. */
export class MemoryS3Logging {
  readonly buckets = new Map<string, Bucket>();

  bucket(name: string, more: Partial<Bucket> = {}): this {
    this.buckets.set(name, {
      owner: account,
      region,
      block: undefined,
      encryption: 'AES256',
      policy: undefined,
      logging: undefined,
      objects: [],
      ...more,
    });
    return this;
  }

  #find({ Bucket = '', ExpectedBucketOwner }: Asked): Bucket {
    const bucket = this.buckets.get(Bucket);
    if (!bucket) throw awsError('NoSuchBucket');
    if (bucket.owner !== account || (ExpectedBucketOwner ?? account) !== account)
      throw awsError('AccessDenied');
    return bucket;
  }

  readonly handlers: Handlers = {
    's3:GetBucketLocation': (input) => {
      const place = this.#find(input).region;
      // An old name, and none at all, for the two oldest Regions.
      const LocationConstraint = place === 'us-east-1' ? undefined : place;
      return { LocationConstraint: LocationConstraint as 'EU' | undefined };
    },
    's3:GetBucketLogging': (input) => {
      const { logging } = this.#find(input);
      return logging ? { LoggingEnabled: { ...logging } } : {};
    },
    's3:PutBucketLogging': (input) => {
      const bucket = this.#find(input);
      const logging = input.BucketLoggingStatus?.LoggingEnabled;
      const target = logging?.TargetBucket;
      if (target && this.buckets.get(target)?.region !== bucket.region)
        throw awsError('InvalidTargetBucketForLogging');
      bucket.logging = logging;
      return {};
    },
    's3:GetBucketPolicy': (input) => {
      const { policy } = this.#find(input);
      if (policy === undefined) throw awsError('NoSuchBucketPolicy');
      return { Policy: policy };
    },
    's3:PutBucketPolicy': (input) => {
      this.#find(input).policy = input.Policy;
      return {};
    },
    's3:GetPublicAccessBlock': (input) => {
      const { block } = this.#find(input);
      if (!block) throw awsError('NoSuchPublicAccessBlockConfiguration');
      return { PublicAccessBlockConfiguration: block };
    },
    's3:PutPublicAccessBlock': (input) => {
      this.#find(input).block = input.PublicAccessBlockConfiguration;
      return {};
    },
    's3:GetBucketEncryption': (input) => {
      const { encryption } = this.#find(input);
      if (!encryption) throw awsError('ServerSideEncryptionConfigurationNotFoundError');
      const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: encryption } };
      return { ServerSideEncryptionConfiguration: { Rules: [rule] } };
    },
    's3:PutBucketEncryption': (input) => {
      const [rule] = input.ServerSideEncryptionConfiguration?.Rules ?? [];
      this.#find(input).encryption = rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;
      return {};
    },
    's3:ListObjectVersions': (input) => ({
      Versions: this.#find(input)
        .objects.slice(0, input.MaxKeys)
        .map((Key) => ({ Key })),
    }),
    's3:CreateBucket': ({ Bucket = '', CreateBucketConfiguration }) => {
      const there = this.buckets.get(Bucket);
      if (there)
        throw awsError(there.owner === account ? 'BucketAlreadyOwnedByYou' : 'BucketAlreadyExists');
      const named: string | undefined = CreateBucketConfiguration?.LocationConstraint;
      if (named === 'us-east-1') throw awsError('InvalidLocationConstraint');
      const all = { BlockPublicAcls: true, IgnorePublicAcls: true };
      const block = { ...all, BlockPublicPolicy: true, RestrictPublicBuckets: true };
      this.bucket(Bucket, { region: named ?? 'us-east-1', block });
      return {};
    },
    's3:DeleteBucket': (input) => {
      if (this.#find(input).objects.length > 0) throw awsError('BucketNotEmpty');
      this.buckets.delete(input.Bucket ?? '');
      return {};
    },
  };
}
