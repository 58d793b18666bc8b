import type { BucketLocationConstraint } from '@aws-sdk/client-s3';
import { Told } from '../../domain/errors';
import { isAwsError, type Aws } from '../aws';
import type { Reversible } from '../operation';
import {
  allBlocked,
  lacks,
  logEncryption,
  policyFor,
  readLogBucket,
  type LogBucket,
  type LogBucketSpec,
} from './log-bucket';

/**
 * For plans that found no bucket of this name. One that is empty and has no policy is what half a call left behind: it
 * is finished. Any other bucket is not touched.
 */
export const createLogBucket: Reversible<LogBucketSpec, LogBucket> = {
  kind: 's3.create-log-bucket',
  describe: ({ name, source }) => `Create the bucket ${name} for the access logs of ${source}`,
  read: (aws, spec) => readLogBucket(aws, spec),
  holds: (now, spec) => now.kind === 'bucket' && lacks(now, spec).length === 0,
  async apply(aws, spec, now) {
    if (now.kind === 'bucket') {
      if (lacks(now, spec).length === 0) return;
      if (!now.empty || now.policy !== '')
        throw new Told(`A bucket ${spec.name} is there and is used otherwise: it stays as it is.`);
    } else await create(aws, spec);
    await secure(aws, spec);
  },
  // A bucket that holds logs is evidence by now: S3 refuses to delete it, and so it stays.
  async undo(aws, { name: Bucket, account: ExpectedBucketOwner }, before, now) {
    if (before.kind !== 'absent' || now.kind === 'absent' || !now.empty) return;
    try {
      await aws.call('s3:DeleteBucket', { Bucket, ExpectedBucketOwner });
    } catch (error) {
      if (!isAwsError(error, 'BucketNotEmpty', 'NoSuchBucket')) throw error;
    }
  },
  restored: (now, _, before) => before.kind === 'bucket' || now.kind === 'absent' || !now.empty,
  drift(after, now) {
    if (now.kind === 'absent') return after.kind === 'absent' ? [] : ['deleted since: the bucket'];
    const was = after.kind === 'bucket' ? after : { ...now, empty: true };
    return [
      ...(was.policy === now.policy ? [] : ['changed since: the policy of the log bucket']),
      ...(was.blocked === now.blocked ? [] : ['changed since: public access of the log bucket']),
      ...(was.encryption === now.encryption ? [] : ['changed since: encryption of the log bucket']),
      ...(was.empty && !now.empty ? ['the log bucket holds logs by now, so it stays'] : []),
    ];
  },
  permissions: {
    read: [
      's3:GetBucketPolicy',
      's3:GetBucketPublicAccessBlock',
      's3:GetEncryptionConfiguration',
      's3:ListBucketVersions',
    ],
    apply: [
      's3:CreateBucket',
      's3:PutBucketPolicy',
      's3:PutBucketPublicAccessBlock',
      's3:PutEncryptionConfiguration',
    ],
    undo: ['s3:DeleteBucket'],
  },
};

const create = async (aws: Aws, { name: Bucket, region }: LogBucketSpec): Promise<void> => {
  try {
    await aws.call('s3:CreateBucket', {
      Bucket,
      // us-east-1 is where buckets go that name no place, and S3 refuses to be told so.
      ...(region !== 'us-east-1' && {
        CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint },
      }),
    });
  } catch (error) {
    if (!isAwsError(error, 'BucketAlreadyOwnedByYou')) throw error;
  }
};

/** S3 makes new buckets private and encrypted by itself; said once more, it holds whatever the account's past is. */
const secure = async (aws: Aws, spec: LogBucketSpec): Promise<void> => {
  const bucket = { Bucket: spec.name, ExpectedBucketOwner: spec.account };
  await aws.call('s3:PutPublicAccessBlock', {
    ...bucket,
    PublicAccessBlockConfiguration: allBlocked,
  });
  await aws.call('s3:PutBucketEncryption', {
    ...bucket,
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: logEncryption } }],
    },
  });
  await aws.call('s3:PutBucketPolicy', { ...bucket, Policy: policyFor(spec) });
};
