import type { Asked } from '../../domain/playbook';
import { unlessAbsent } from '../../operations/absent';
import { isAwsError, type Aws } from '../../operations/aws';
import { parsePolicy } from '../../operations/policy-document';
import { readEncryption, type BucketEncryption } from '../../operations/s3/set-bucket-encryption';
import { demandedKeys } from './demanded';

export type EncryptionFacts =
  | { kind: 'missing' }
  /** AWS does not show it, or the policy has a form that is not known here. */
  | { kind: 'unreadable'; denied: boolean }
  | {
      kind: 'bucket';
      encryption: BucketEncryption;
      /** Keys that the policy asks for. */
      demanded: readonly string[];
      /** State of the one key that is asked for; absent where KMS does not show it. */
      state?: string;
    };

export const permissions = [
  'kms:DescribeKey',
  's3:GetBucketPolicy',
  's3:GetEncryptionConfiguration',
] as const;

export const read = async (aws: Aws, { target }: Asked): Promise<EncryptionFacts> => {
  const of = { bucket: target.id, account: target.account };
  try {
    const encryption = await readEncryption(aws, of);
    const found = await unlessAbsent(
      aws.call('s3:GetBucketPolicy', { Bucket: of.bucket, ExpectedBucketOwner: of.account }),
      'NoSuchBucketPolicy',
    );
    const statements = found ? parsePolicy(found.Policy ?? '') : [];
    if (!statements) return { kind: 'unreadable', denied: false };
    const demanded = demandedKeys(statements);
    const [only] = demanded;
    const state = only && demanded.length === 1 ? await stateOf(aws, only) : undefined;
    return { kind: 'bucket', encryption, demanded, ...(state && { state }) };
  } catch (error) {
    if (isAwsError(error, 'NoSuchBucket')) return { kind: 'missing' };
    if (isAwsError(error, 'AccessDenied')) return { kind: 'unreadable', denied: true };
    throw error;
  }
};

/** Only by a whole ARN is a key the same from wherever it is named. */
const stateOf = async (aws: Aws, key: string): Promise<string | undefined> => {
  if (!/^arn:[^:]+:kms:[^:]+:\d{12}:key\/[\w-]+$/.test(key)) return undefined;
  const found = await unlessAbsent(
    aws.call('kms:DescribeKey', { KeyId: key }),
    'NotFoundException',
    'AccessDeniedException',
  );
  return found?.KeyMetadata?.KeyState;
};
