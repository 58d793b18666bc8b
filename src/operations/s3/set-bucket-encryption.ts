import type { ServerSideEncryptionRule } from '@aws-sdk/client-s3';
import { canonical } from '../../domain/canonical';
import { unlessAbsent } from '../absent';
import type { Aws } from '../aws';
import type { Reversible } from '../operation';

/** How new objects are encrypted that do not say it themselves. No key: SSE-S3. */
export type SetBucketEncryption = {
  readonly bucket: string;
  readonly account: string;
  /** ARN of a KMS key. */
  readonly key?: string;
};

/** One rule of the default encryption, as S3 has it. */
export type EncryptionRule = {
  readonly algorithm: string;
  readonly key?: string;
  readonly bucketKey?: boolean;
  /** Kinds of encryption that uploads may not ask for. */
  readonly refused?: readonly string[];
};

/** Empty where nothing was ever set: S3 then takes SSE-S3 by itself. */
export type BucketEncryption = readonly EncryptionRule[];

const changes = ['s3:PutEncryptionConfiguration'];

export const setBucketEncryption: Reversible<SetBucketEncryption, BucketEncryption> = {
  kind: 's3.set-bucket-encryption',
  describe: ({ bucket, key }) =>
    `Encrypt new objects of the bucket ${bucket} with ${key === undefined ? 'SSE-S3' : 'its KMS key'}`,
  read: (aws, input) => readEncryption(aws, input),
  holds: (now, input) => isWanted(now, input),
  async apply(aws, input, now) {
    if (isWanted(now, input)) return;
    const { bucketKey, refused } = now[0] ?? {};
    await put(aws, input, [
      {
        algorithm: input.key === undefined ? 'AES256' : 'aws:kms',
        ...(input.key !== undefined && { key: input.key }),
        ...(bucketKey !== undefined && { bucketKey }),
        ...(refused && { refused }),
      },
    ]);
  },
  // Only what we set is taken back: what others have set meanwhile stays.
  async undo(aws, input, before, now) {
    if (isRestored(now, input, before)) return;
    if (before.length === 0) await aws.call('s3:DeleteBucketEncryption', bucketOf(input));
    else await put(aws, input, before);
  },
  restored: (now, input, before) => isRestored(now, input, before),
  drift: (after, now) =>
    canonical(after) === canonical(now)
      ? []
      : [`changed since: new objects are encrypted with ${encryptionWords(now)}`],
  permissions: { read: ['s3:GetEncryptionConfiguration'], apply: changes, undo: changes },
};

const isWanted = ([rule]: BucketEncryption, { key }: SetBucketEncryption): boolean =>
  key === undefined
    ? rule !== undefined
    : rule?.algorithm.startsWith('aws:kms') === true && rule.key === key;

const isRestored = (
  now: BucketEncryption,
  input: SetBucketEncryption,
  before: BucketEncryption,
): boolean =>
  canonical(now) === canonical(before) || isWanted(before, input) || !isWanted(now, input);

/** What people call it. */
export const encryptionWords = ([rule]: BucketEncryption): string => {
  if (!rule) return 'nothing that was set';
  if (rule.algorithm === 'AES256') return 'SSE-S3, a key of S3';
  const kind = rule.algorithm === 'aws:kms:dsse' ? 'two layers of KMS' : 'KMS';
  return `${kind}, ${rule.key === undefined ? 'the AWS managed key' : `key ${rule.key}`}`;
};

const bucketOf = ({ bucket, account }: Pick<SetBucketEncryption, 'bucket' | 'account'>) => ({
  Bucket: bucket,
  ExpectedBucketOwner: account,
});

export const readEncryption = async (
  aws: Aws,
  of: Pick<SetBucketEncryption, 'bucket' | 'account'>,
): Promise<BucketEncryption> => {
  const found = await unlessAbsent(
    aws.call('s3:GetBucketEncryption', bucketOf(of)),
    'ServerSideEncryptionConfigurationNotFoundError',
  );
  return (found?.ServerSideEncryptionConfiguration?.Rules ?? []).map(ruleOf);
};

const ruleOf = (rule: ServerSideEncryptionRule): EncryptionRule => {
  const { SSEAlgorithm = '', KMSMasterKeyID } = rule.ApplyServerSideEncryptionByDefault ?? {};
  const refused = rule.BlockedEncryptionTypes?.EncryptionType;
  return {
    algorithm: SSEAlgorithm,
    ...(KMSMasterKeyID && { key: KMSMasterKeyID }),
    ...(rule.BucketKeyEnabled !== undefined && { bucketKey: rule.BucketKeyEnabled }),
    ...(refused && { refused: [...refused] }),
  };
};

const put = async (aws: Aws, of: SetBucketEncryption, rules: BucketEncryption): Promise<void> => {
  await aws.call('s3:PutBucketEncryption', {
    ...bucketOf(of),
    ServerSideEncryptionConfiguration: { Rules: rules.map(toRule) },
  });
};

const toRule = (rule: EncryptionRule) =>
  ({
    ApplyServerSideEncryptionByDefault: {
      SSEAlgorithm: rule.algorithm,
      ...(rule.key !== undefined && { KMSMasterKeyID: rule.key }),
    },
    ...(rule.bucketKey !== undefined && { BucketKeyEnabled: rule.bucketKey }),
    ...(rule.refused && { BlockedEncryptionTypes: { EncryptionType: [...rule.refused] } }),
  }) as ServerSideEncryptionRule;
