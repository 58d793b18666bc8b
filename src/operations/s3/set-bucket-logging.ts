import { Told } from '../../domain/errors';
import type { Aws } from '../aws';
import type { Reversible } from '../operation';

export type SetBucketLogging = {
  readonly bucket: string;
  /** Owner of both buckets. */
  readonly account: string;
  readonly logBucket: string;
  /** Begins the name of each log object; ends with a slash. */
  readonly prefix: string;
};

/** `logBucket` is empty where access is not logged. */
export type BucketLogging = { readonly logBucket: string; readonly prefix: string };

/** Turns logging on where there is none. A configuration that somebody else made is never replaced. */
export const setBucketLogging: Reversible<SetBucketLogging, BucketLogging> = {
  kind: 's3.set-bucket-logging',
  describe: ({ bucket, logBucket }) => `Log access to the bucket ${bucket} in ${logBucket}`,
  read: (aws, { bucket, account }) => readBucketLogging(aws, bucket, account),
  holds: (now, input) => isOurs(now, input),
  async apply(aws, input, now) {
    if (isOurs(now, input)) return;
    if (now.logBucket !== '')
      throw new Told(`Access to the bucket is logged in ${now.logBucket} by now: that stays.`);
    const { bucket, account, logBucket, prefix } = input;
    await aws.call('s3:PutBucketLogging', {
      Bucket: bucket,
      ExpectedBucketOwner: account,
      BucketLoggingStatus: { LoggingEnabled: { TargetBucket: logBucket, TargetPrefix: prefix } },
    });
  },
  async undo(aws, input, before, now) {
    if (!isOurs(before, input) && isOurs(now, input))
      await aws.call('s3:PutBucketLogging', {
        Bucket: input.bucket,
        ExpectedBucketOwner: input.account,
        BucketLoggingStatus: {},
      });
  },
  restored: (now, input, before) => isOurs(before, input) || !isOurs(now, input),
  drift: (after, now) =>
    after.logBucket === now.logBucket && after.prefix === now.prefix
      ? []
      : [
          `changed since: access is logged ${now.logBucket === '' ? 'nowhere' : `in ${now.logBucket}`}`,
        ],
  permissions: {
    read: ['s3:GetBucketLogging'],
    apply: ['s3:PutBucketLogging'],
    undo: ['s3:PutBucketLogging'],
  },
};

const isOurs = (now: BucketLogging, { logBucket, prefix }: SetBucketLogging): boolean =>
  now.logBucket === logBucket && now.prefix === prefix;

export const readBucketLogging = async (
  aws: Aws,
  bucket: string,
  account: string,
): Promise<BucketLogging> => {
  const { LoggingEnabled } = await aws.call('s3:GetBucketLogging', {
    Bucket: bucket,
    ExpectedBucketOwner: account,
  });
  return {
    logBucket: LoggingEnabled?.TargetBucket ?? '',
    prefix: LoggingEnabled?.TargetPrefix ?? '',
  };
};
