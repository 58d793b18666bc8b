import type { Filter, SecurityGroup, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { Aws } from '../aws';
import { all } from '../pages';

/**
 * Two groups per VPC: `quarantine` lets nothing through; `transition` lets everything through, both ways, so that the
 * flows of whoever is on it are allowed by rules and no longer by connection tracking, and end when the rules do.
 */
export type Purpose = 'quarantine' | 'transition';
const purposes: readonly Purpose[] = ['quarantine', 'transition'];

export const ownTag = 'DrawbridgeGroup';
export const ownName = (purpose: Purpose): string => `drawbridge-${purpose}`;

const isTagged = ({ Tags = [] }: SecurityGroup, purpose: Purpose): boolean =>
  Tags.some(({ Key, Value }) => Key === ownTag && Value === purpose);

const isNamed = ({ GroupName = '' }: SecurityGroup, purpose: Purpose): boolean =>
  GroupName.startsWith(ownName(purpose));

/** What the group is for, if it is ours: by name and by our tag. A name alone can be anybody's. */
export const purposeOf = (group: SecurityGroup): Purpose | undefined =>
  purposes.find((purpose) => isTagged(group, purpose) && isNamed(group, purpose));

/** What it may be for, where somebody took its tag away or tagged a group of their own. */
export const likelyPurposeOf = (group: SecurityGroup): Purpose | undefined =>
  purposes.find((purpose) => isTagged(group, purpose) || isNamed(group, purpose));

/** All pages. A group that is gone is no error of a filter. */
export const listGroups = (aws: Aws, ...Filters: Filter[]): Promise<SecurityGroup[]> =>
  all(async (NextToken) => {
    const page = await aws.call('ec2:DescribeSecurityGroups', {
      Filters,
      ...(NextToken && { NextToken }),
    });
    return { items: page.SecurityGroups, next: page.NextToken };
  });

/** The rules of these groups, in and out, all pages. */
export const listRules = (aws: Aws, groupIds: readonly string[]): Promise<SecurityGroupRule[]> =>
  all(async (NextToken) => {
    const page = await aws.call('ec2:DescribeSecurityGroupRules', {
      Filters: [{ Name: 'group-id', Values: [...groupIds] }],
      MaxResults: 1000,
      ...(NextToken && { NextToken }),
    });
    return { items: page.SecurityGroupRules, next: page.NextToken };
  });

/** Told twice, by the group and by the list of rules: a list that lags behind is not taken for “no rules” (law 10). */
export const isShut = (group: SecurityGroup, rules: readonly SecurityGroupRule[]): boolean =>
  (group.IpPermissions ?? []).length === 0 &&
  (group.IpPermissionsEgress ?? []).length === 0 &&
  !rules.some(({ GroupId }) => GroupId === group.GroupId);
