import type { Asked } from '../../domain/playbook';
import { unlessAbsent } from '../../operations/absent';
import { isAwsError, type Aws } from '../../operations/aws';
import { isBlocked, together, type AccessBlock } from '../../operations/s3/access-block';
import { readAccountBlock } from '../../operations/s3/block-account-public-access';
import { readBucketBlock } from '../../operations/s3/block-public-access';

/** The account's own block, and its buckets as far as they were looked at. */
export interface AccountFacts {
  block: AccessBlock;
  buckets: readonly BucketLook[];
  /** Buckets beyond those that were looked at. */
  more: number;
}

/**
 * `public` says by what; `unreadable` is a bucket that does not show it. `website` is one that can serve the public now, be
 * it by ACLs of its objects.
 */
export type BucketLook = { name: string } & (
  | { kind: 'seen'; public: readonly ('policy' | 'ACL')[]; website: boolean }
  | { kind: 'unreadable' }
);

export const permissions = [
  's3:GetAccountPublicAccessBlock',
  's3:GetBucketAcl',
  's3:GetBucketPolicyStatus',
  's3:GetBucketPublicAccessBlock',
  's3:GetBucketWebsite',
  's3:ListAllMyBuckets',
] as const;

/** A look is part of preparing a plan, which people wait for: so many buckets, and so many of them at once. */
export const mostBuckets = 100;
const abreast = 8;

export const read = async (aws: Aws, { target: { account } }: Asked): Promise<AccountFacts> => {
  const block = await readAccountBlock(aws, { account });
  // Nothing is to change, so nobody needs to be looked at.
  if (isBlocked(block)) return { block, buckets: [], more: 0 };
  const names = await listBuckets(aws);
  const buckets = await inTurns(names.slice(0, mostBuckets), (name) =>
    look(aws, name, account, block),
  );
  return {
    block,
    buckets: buckets.filter((bucket) => bucket !== undefined),
    more: Math.max(names.length - mostBuckets, 0),
  };
};

const listBuckets = async (aws: Aws): Promise<string[]> => {
  const names: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await aws.call('s3:ListBuckets', {
      MaxBuckets: 1000,
      ...(ContinuationToken && { ContinuationToken }),
    });
    names.push(...(page.Buckets ?? []).flatMap(({ Name }) => Name ?? []));
    ContinuationToken = page.ContinuationToken;
  } while (ContinuationToken);
  return names.sort();
};

/** In the order of the items, however long each takes. */
const inTurns = async <T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<(R | undefined)[]> => {
  const done: (R | undefined)[] = items.map(() => undefined);
  const left = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) done[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: abreast }, worker));
  return done;
};

/** Undefined where the bucket is gone since it was listed. */
const look = async (
  aws: Aws,
  name: string,
  account: string,
  whole: AccessBlock,
): Promise<BucketLook | undefined> => {
  const of = { Bucket: name, ExpectedBucketOwner: account };
  try {
    const [own, status, { Grants = [] }, website] = await Promise.all([
      readBucketBlock(aws, { bucket: name, account }),
      unlessAbsent(aws.call('s3:GetBucketPolicyStatus', of), 'NoSuchBucketPolicy'),
      aws.call('s3:GetBucketAcl', of),
      unlessAbsent(aws.call('s3:GetBucketWebsite', of), 'NoSuchWebsiteConfiguration'),
    ]);
    const block = together(own, whole);
    const byPolicy = status !== undefined && status.PolicyStatus?.IsPublic !== false;
    const byAcl = Grants.some(({ Grantee }) => isPublicGroup(Grantee?.URI));
    return {
      name,
      kind: 'seen',
      public: [
        ...(byPolicy && !block.RestrictPublicBuckets ? (['policy'] as const) : []),
        ...(byAcl && !block.IgnorePublicAcls ? (['ACL'] as const) : []),
      ],
      website: website !== undefined && !(block.RestrictPublicBuckets && block.IgnorePublicAcls),
    };
  } catch (error) {
    if (isAwsError(error, 'NoSuchBucket')) return undefined;
    if (isAwsError(error, 'AccessDenied')) return { name, kind: 'unreadable' };
    throw error;
  }
};

const isPublicGroup = (uri = ''): boolean =>
  /\/groups\/global\/(All|Authenticated)Users$/.test(uri);
