import { canonical, type Json } from '../../domain/canonical';
import { partitionOf } from '../../domain/partition';
import { isAwsError, type Aws } from '../aws';

/** A bucket for the access logs of one other bucket, in the same account and Region. */
export type LogBucketSpec = {
  readonly name: string;
  /** The bucket whose access is logged. */
  readonly source: string;
  readonly account: string;
  readonly region: string;
};

export type LogBucket =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'bucket';
      /** All four settings of Block Public Access are on. */
      readonly blocked: boolean;
      /** Algorithm of the default encryption. */
      readonly encryption: string;
      /** JSON; empty where there is none. */
      readonly policy: string;
      /** No object, no version, no delete marker. */
      readonly empty: boolean;
    };

/** S3 delivers access logs into buckets with its own keys only. */
export const logEncryption = 'AES256';

export const readLogBucket = async (
  aws: Aws,
  { name: Bucket, account: ExpectedBucketOwner }: LogBucketSpec,
): Promise<LogBucket> => {
  const bucket = { Bucket, ExpectedBucketOwner };
  const policy = await policyOf(aws, bucket);
  if (policy === undefined) return { kind: 'absent' };
  const block = await unless('NoSuchPublicAccessBlockConfiguration', () =>
    aws.call('s3:GetPublicAccessBlock', bucket),
  );
  const found = await unless('ServerSideEncryptionConfigurationNotFoundError', () =>
    aws.call('s3:GetBucketEncryption', bucket),
  );
  const { Versions = [], DeleteMarkers = [] } = await aws.call('s3:ListObjectVersions', {
    ...bucket,
    MaxKeys: 1,
  });
  const settings = block?.PublicAccessBlockConfiguration ?? {};
  const [rule] = found?.ServerSideEncryptionConfiguration?.Rules ?? [];
  return {
    kind: 'bucket',
    blocked: publicAccess.every((setting) => settings[setting] === true),
    encryption: rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? '',
    policy,
    empty: Versions.length === 0 && DeleteMarkers.length === 0,
  };
};

const publicAccess = [
  'BlockPublicAcls',
  'IgnorePublicAcls',
  'BlockPublicPolicy',
  'RestrictPublicBuckets',
] as const;

export const allBlocked = Object.fromEntries(publicAccess.map((setting) => [setting, true]));

type Named = { Bucket: string; ExpectedBucketOwner: string };

const policyOf = async (aws: Aws, bucket: Named): Promise<string | undefined> => {
  try {
    const { Policy = '' } = await aws.call('s3:GetBucketPolicy', bucket);
    return Policy;
  } catch (error) {
    if (isAwsError(error, 'NoSuchBucketPolicy')) return '';
    if (isAwsError(error, 'NoSuchBucket')) return undefined;
    throw error;
  }
};

const unless = async <T>(code: string, call: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await call();
  } catch (error) {
    if (isAwsError(error, code)) return undefined;
    throw error;
  }
};

/** Why S3 would not deliver into this bucket, or why it would not be safe there; nothing where it is as it should be. */
export const lacks = (bucket: LogBucket & { kind: 'bucket' }, spec: LogBucketSpec): string[] => [
  ...(bucket.blocked ? [] : ['public access is not blocked']),
  ...(bucket.encryption === logEncryption ? [] : [`it is not encrypted with ${logEncryption}`]),
  ...(delivers(bucket.policy, spec) ? [] : ['its policy does not let S3 deliver']),
];

/** The policy may say more, as long as it lets S3 deliver in these very words. */
const delivers = (policy: string, spec: LogBucketSpec): boolean => {
  if (policy === '') return false;
  const { Statement = [] } = JSON.parse(policy) as { Statement?: Json };
  const statements: readonly Json[] = Array.isArray(Statement) ? Statement : [Statement];
  const wanted = canonical(delivery(spec));
  return statements.some((statement) => canonical(statement) === wanted);
};

const arnOf = ({ region }: LogBucketSpec, resource: string): string =>
  `arn:${partitionOf(region)}:s3:::${resource}`;

/** Only S3, only for this one source: nobody else's logs can be written here in S3's name. */
const delivery = (spec: LogBucketSpec) => ({
  Sid: 'AccessLogs',
  Effect: 'Allow',
  Principal: { Service: 'logging.s3.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: arnOf(spec, `${spec.name}/*`),
  Condition: {
    ArnLike: { 'aws:SourceArn': arnOf(spec, spec.source) },
    StringEquals: { 'aws:SourceAccount': spec.account },
  },
});

export const policyFor = (spec: LogBucketSpec): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      delivery(spec),
      {
        Sid: 'OnlyTls',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arnOf(spec, spec.name), arnOf(spec, `${spec.name}/*`)],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  });
