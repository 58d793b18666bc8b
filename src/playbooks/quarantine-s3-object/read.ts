import type { Asked } from '../../domain/playbook';
import { Told } from '../../domain/errors';
import { partitionOf } from '../../domain/partition';
import { unlessAbsent } from '../../operations/absent';
import { isAwsError, type Aws } from '../../operations/aws';
import { together } from '../../operations/s3/access-block';
import { readAccountBlock } from '../../operations/s3/block-account-public-access';
import { readBucketBlock } from '../../operations/s3/block-public-access';
import {
  bucketOf,
  bytesOf,
  readDocument,
  standingOf,
  withDenial,
  type DenyObjectRead,
  type Of,
} from '../../operations/s3/object-denial';

export type ObjectFacts =
  | { kind: 'missing'; what: 'bucket' | 'object' }
  | { kind: 'unreadable'; because: string }
  | {
      kind: 'object';
      denial: 'none' | 'ours' | 'altered';
      /** Other statements of the policy, and the bytes that it would have with ours. */
      others: number;
      bytes: number;
      /** The policy is public and new public policies are refused: S3 would not take it again. */
      stuck: boolean;
      versions: number;
      /** The newest version, unless the object was deleted and older ones are left. */
      newest?: { size: number; modified: string };
    };

export const permissions = [
  's3:GetAccountPublicAccessBlock',
  's3:GetBucketPolicy',
  's3:GetBucketPolicyStatus',
  's3:GetBucketPublicAccessBlock',
  's3:ListBucketVersions',
] as const;

/** What the step will deny; whom it leaves out depends on nothing but the account. */
export const denialFor = ({ id, account, region }: Asked['target']): DenyObjectRead => {
  const slash = id.indexOf('/');
  const partition = partitionOf(region);
  const role = (name: string): string => `arn:${partition}:iam::${account}:role/${name}`;
  return {
    bucket: id.slice(0, slash),
    key: id.slice(slash + 1),
    account,
    partition,
    except: [
      role('DrawbridgeResponder'),
      role('DrawbridgeBreakGlass'),
      // So that Macie goes on to look at the bucket as a whole.
      role('aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie'),
    ],
  };
};

export const read = async (aws: Aws, { target }: Asked): Promise<ObjectFacts> => {
  const input = denialFor(target);
  try {
    return await readObject(aws, input);
  } catch (error) {
    if (isAwsError(error, 'NoSuchBucket')) return { kind: 'missing', what: 'bucket' };
    if (isAwsError(error, 'AccessDenied'))
      return {
        kind: 'unreadable',
        because: `AWS does not show the policy of ${input.bucket}, its public access block or its list of versions. Either the bucket is not of account ${input.account}, or its policy denies Drawbridge to look.`,
      };
    if (error instanceof Told) return { kind: 'unreadable', because: error.message };
    throw error;
  }
};

const readObject = async (aws: Aws, input: DenyObjectRead): Promise<ObjectFacts> => {
  const of = bucketOf(input);
  const found = await readVersions(aws, of, input.key);
  if (!found) return { kind: 'missing', what: 'object' };
  const policy = await readDocument(aws, of);
  const denial = policy ? standingOf(policy, input) : 'none';
  return {
    kind: 'object',
    denial,
    others: (policy?.statements.length ?? 0) - (denial === 'none' ? 0 : 1),
    bytes: bytesOf(withDenial(policy, input)),
    stuck: policy !== undefined && (await isStuck(aws, input, of)),
    ...found,
  };
};

const isStuck = async (aws: Aws, input: DenyObjectRead, of: Of): Promise<boolean> => {
  const status = await unlessAbsent(aws.call('s3:GetBucketPolicyStatus', of), 'NoSuchBucketPolicy');
  if (!status?.PolicyStatus?.IsPublic) return false;
  const [own, whole] = [await readBucketBlock(aws, input), await readAccountBlock(aws, input)];
  return together(own, whole).BlockPublicPolicy;
};

/** By a list, since reading an object's head asks for the right to read the object. Keys come in order, newest first. */
const readVersions = async (aws: Aws, of: Of, key: string) => {
  const page = await aws.call('s3:ListObjectVersions', { ...of, Prefix: key, MaxKeys: most });
  const versions = (page.Versions ?? []).filter(({ Key }) => Key === key);
  if (versions.length === 0) return undefined;
  const newest = versions.find(({ IsLatest }) => IsLatest);
  return {
    versions: versions.length,
    ...(newest && {
      newest: { size: newest.Size ?? 0, modified: newest.LastModified?.toISOString() ?? '' },
    }),
  };
};

export const most = 100;
