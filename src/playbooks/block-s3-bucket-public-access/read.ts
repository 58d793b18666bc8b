import type { Grant } from '@aws-sdk/client-s3';
import type { Asked } from '../../domain/playbook';
import { unlessAbsent } from '../../operations/absent';
import { isAwsError, type Aws } from '../../operations/aws';
import { parsePolicy, type Statement } from '../../operations/policy-document';
import type { AccessBlock } from '../../operations/s3/access-block';
import { readAccountBlock } from '../../operations/s3/block-account-public-access';
import { readBucketBlock } from '../../operations/s3/block-public-access';

/** The bucket, and whom it lets in. `unreadable` names the part that AWS would not show, or showed in an unknown form. */
export type BucketFacts =
  | { kind: 'missing' }
  | { kind: 'unreadable'; part: string; denied: boolean }
  | Bucket;

export interface Bucket {
  kind: 'bucket';
  block: AccessBlock;
  /** What the account blocks for all its buckets. */
  account: AccessBlock;
  /** `public` is AWS's own word on it. Absent: no policy. */
  policy?: { public: boolean; statements: readonly Statement[] };
  acl: Acl;
  website: boolean;
  region: string;
  /** Tags that may say whose bucket it is. */
  tags: readonly string[];
}

export interface Acl {
  /** Off where the owner alone decides: then no object has an ACL of its own. */
  enabled: boolean;
  /** Grants to everybody, or to everybody who has an AWS account. */
  public: readonly { permission: string; to: string }[];
  /** Grantees other than the owner and the public. */
  others: number;
}

export const permissions = [
  's3:GetAccountPublicAccessBlock',
  's3:GetBucketAcl',
  's3:GetBucketLocation',
  's3:GetBucketOwnershipControls',
  's3:GetBucketPolicy',
  's3:GetBucketPolicyStatus',
  's3:GetBucketPublicAccessBlock',
  's3:GetBucketTagging',
  's3:GetBucketWebsite',
] as const;

/** A part that AWS would not show. Nothing is planned on half a look (law 10). */
class Unreadable extends Error {
  readonly part: string;
  readonly denied: boolean;

  constructor(part: string, denied: boolean) {
    super(part);
    this.part = part;
    this.denied = denied;
  }
}

const shown = async <T>(part: string, call: Promise<T>): Promise<T> => {
  try {
    return await call;
  } catch (error) {
    if (isAwsError(error, 'AccessDenied')) throw new Unreadable(part, true);
    throw error;
  }
};

export const read = async (aws: Aws, { target }: Asked): Promise<BucketFacts> => {
  try {
    return await readBucket(aws, target);
  } catch (error) {
    if (isAwsError(error, 'NoSuchBucket')) return { kind: 'missing' };
    if (error instanceof Unreadable)
      return { kind: 'unreadable', part: error.part, denied: error.denied };
    throw error;
  }
};

const readBucket = async (aws: Aws, { id, account }: Asked['target']): Promise<Bucket> => {
  const of = { Bucket: id, ExpectedBucketOwner: account };
  // First alone: it tells whether the bucket is there, and whether it is this account's.
  const block = await shown('public access block', readBucketBlock(aws, { bucket: id, account }));
  const [whole, policy, acl, website, location, tags] = await Promise.all([
    shown('account’s public access block', readAccountBlock(aws, { account })),
    readPolicy(aws, of),
    readAcl(aws, of),
    shown(
      'website settings',
      unlessAbsent(aws.call('s3:GetBucketWebsite', of), 'NoSuchWebsiteConfiguration'),
    ),
    shown('Region', aws.call('s3:GetBucketLocation', of)),
    shown('tags', unlessAbsent(aws.call('s3:GetBucketTagging', of), 'NoSuchTagSet')),
  ]);
  return {
    kind: 'bucket',
    block,
    account: whole,
    ...(policy && { policy }),
    acl,
    website: website !== undefined,
    region: location.LocationConstraint || 'us-east-1',
    tags: (tags?.TagSet ?? []).flatMap(({ Key = '', Value = '' }) =>
      ownerTags.test(Key) ? [`${Key}=${Value}`] : [],
    ),
  };
};

const ownerTags = /^(owner|team|contact|service|app(lication)?|project)$/i;

type Of = { Bucket: string; ExpectedBucketOwner: string };

const readPolicy = async (aws: Aws, of: Of): Promise<Bucket['policy']> => {
  const [status, found] = await Promise.all([
    shown(
      'policy status',
      unlessAbsent(aws.call('s3:GetBucketPolicyStatus', of), 'NoSuchBucketPolicy'),
    ),
    shown('policy', unlessAbsent(aws.call('s3:GetBucketPolicy', of), 'NoSuchBucketPolicy')),
  ]);
  if (!status && !found) return undefined;
  const statements = parsePolicy(found?.Policy ?? '');
  const IsPublic = status?.PolicyStatus?.IsPublic;
  // Between the two calls the policy may have come or gone: that is not known well enough either.
  if (!statements || IsPublic === undefined) throw new Unreadable('policy', false);
  return { public: IsPublic, statements };
};

const groups: Readonly<Record<string, string>> = {
  'http://acs.amazonaws.com/groups/global/AllUsers': 'everybody',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers': 'everybody with an AWS account',
};

const readAcl = async (aws: Aws, of: Of): Promise<Acl> => {
  const [{ Grants = [], Owner }, ownership] = await Promise.all([
    shown('ACL', aws.call('s3:GetBucketAcl', of)),
    shown(
      'ownership controls',
      unlessAbsent(aws.call('s3:GetBucketOwnershipControls', of), 'OwnershipControlsNotFoundError'),
    ),
  ]);
  const rules = ownership?.OwnershipControls?.Rules ?? [];
  return {
    enabled: !rules.some(({ ObjectOwnership }) => ObjectOwnership === 'BucketOwnerEnforced'),
    public: Grants.flatMap(({ Grantee, Permission = '' }) => {
      const to = groups[Grantee?.URI ?? ''];
      return to === undefined ? [] : [{ permission: Permission, to }];
    }),
    others: Grants.filter((grant) => isOther(grant, Owner?.ID)).length,
  };
};

const isOther = ({ Grantee }: Grant, owner: string | undefined): boolean =>
  Grantee?.URI === undefined && Grantee?.ID !== owner;
