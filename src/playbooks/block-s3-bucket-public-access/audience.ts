import { isPublic, statementName, statementText } from '../../operations/public-statement';
import type { Statement } from '../../operations/policy-document';
import { together } from '../../operations/s3/access-block';
import type { Bucket } from './read';

/** Whom a bucket lets in now, told apart by what the block does to them. */
export interface Audience {
  /** Statements that are public themselves. */
  everybody: readonly Named[];
  /** Statements for other accounts, which a public policy takes down with it. */
  others: readonly Named[];
  /** Allowing statements that the block does not touch. */
  kept: readonly Named[];
  /** Grants of the ACL to the public. */
  grants: Bucket['acl']['public'];
}

/** One statement of the policy, as people call it and what it says. */
export interface Named {
  name: string;
  text: string;
}

/**
 * While public policies are restricted, S3 lets in only AWS services and the bucket's own account, through any statement
 * of a policy that is public. What the bucket or its account restricts already loses nothing more.
 */
export const audienceOf = (bucket: Bucket, account: string): Audience => {
  const { policy, acl } = bucket;
  const standing = together(bucket.block, bucket.account);
  const allowing = (policy?.statements ?? []).map(namedOf).filter(({ allows }) => allows);
  const cut = policy?.public === true && !standing.RestrictPublicBuckets;
  const isOther = ({ of }: (typeof allowing)[number]): boolean => reachesOthers(of, account);
  return {
    everybody: cut ? allowing.filter(({ open }) => open) : [],
    others: cut ? allowing.filter((each) => !each.open && isOther(each)) : [],
    kept: policy?.public ? allowing.filter((each) => !each.open && !isOther(each)) : allowing,
    grants: acl.enabled && !standing.IgnorePublicAcls ? acl.public : [],
  };
};

const namedOf = (statement: Statement, index: number) => ({
  of: statement,
  allows: statement.effect === 'Allow',
  open: isPublic(statement),
  name: statementName(statement, index),
  text: statementText(statement),
});

/** Does it speak of anybody but AWS services and the bucket's own account? */
const reachesOthers = ({ principals, except }: Statement, account: string): boolean =>
  except.includes('principals') ||
  Object.entries(principals).some(
    ([type, who]) => type !== 'Service' && who.some((each) => accountOf(each) !== account),
  );

const accountOf = (principal: string): string | undefined =>
  /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(principal)?.[1];
