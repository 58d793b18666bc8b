import { hash } from '../../domain/canonical';
import type { Asked } from '../../domain/playbook';
import type { Target } from '../../domain/target';
import { isAwsError, type Aws } from '../../operations/aws';
import { readLogBucket, type LogBucket, type LogBucketSpec } from '../../operations/s3/log-bucket';
import { readBucketLogging, type BucketLogging } from '../../operations/s3/set-bucket-logging';

export type BucketFacts =
  | { kind: 'missing' }
  | { kind: 'elsewhere'; region: string }
  | {
      kind: 'bucket';
      logging: BucketLogging;
      /** What stands under the name of the log bucket; `taken` is a bucket that is not this account's or not to be seen. */
      log: LogBucket | { kind: 'taken' };
    };

export const permissions = [
  's3:GetBucketLocation',
  's3:GetBucketLogging',
  's3:GetBucketPolicy',
  's3:GetBucketPublicAccessBlock',
  's3:GetEncryptionConfiguration',
  's3:ListBucketVersions',
] as const;

export const read = async (aws: Aws, { target }: Asked): Promise<BucketFacts> => {
  const region = await regionOf(aws, target);
  if (region === undefined) return { kind: 'missing' };
  if (region !== target.region) return { kind: 'elsewhere', region };
  const [logging, log] = await Promise.all([
    readBucketLogging(aws, target.id, target.account),
    readLog(aws, specFor(target)),
  ]);
  return { kind: 'bucket', logging, log };
};

/** The bucket of the logs: named after its source and account, since bucket names belong to everybody. */
export const specFor = ({ id, account, region }: Target): LogBucketSpec => {
  const end = `-access-logs-${account}`;
  const space = 63 - end.length;
  // A long name is cut; a piece of its hash keeps it apart from others that begin the same.
  const short = `${id.slice(0, space - 9).replace(/[.-]+$/, '')}-${hash(id).slice(0, 8)}`;
  return { name: `${id.length > space ? short : id}${end}`, source: id, account, region };
};

/** S3 tells us-east-1 as nothing, and eu-west-1 of old buckets as EU. */
const regionOf = async (aws: Aws, { id, account }: Target): Promise<string | undefined> => {
  try {
    const { LocationConstraint: place } = await aws.call('s3:GetBucketLocation', {
      Bucket: id,
      ExpectedBucketOwner: account,
    });
    return place === 'EU' ? 'eu-west-1' : place || 'us-east-1';
  } catch (error) {
    if (isAwsError(error, 'NoSuchBucket')) return undefined;
    throw error;
  }
};

/** These errors tell of a bucket that somebody else has, or that is in another Region. */
const takenCodes = ['AccessDenied', 'PermanentRedirect', 'AuthorizationHeaderMalformed'];

const readLog = async (aws: Aws, spec: LogBucketSpec): Promise<LogBucket | { kind: 'taken' }> => {
  try {
    return await readLogBucket(aws, spec);
  } catch (error) {
    if (isAwsError(error, ...takenCodes)) return { kind: 'taken' };
    throw error;
  }
};
