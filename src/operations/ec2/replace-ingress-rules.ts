import { isAwsError, type Aws } from '../aws';
import type { Reversible } from '../operation';
import {
  permissionOf,
  ruleKey,
  ruleOf,
  ruleText,
  sameRule,
  type IngressRule,
} from './ingress-rule';

/** `CreateTags` is asked for when a rule is authorised together with its tags. */
const changes = [
  'ec2:AuthorizeSecurityGroupIngress',
  'ec2:CreateTags',
  'ec2:RevokeSecurityGroupIngress',
];

/** Rules to put in place of others, in one security group. */
export type ReplaceIngressRules = {
  readonly groupId: string;
  readonly remove: readonly IngressRule[];
  readonly add: readonly IngressRule[];
};

/** All inbound rules of the group, in a fixed order. */
export type IngressRules = readonly IngressRule[];

export const replaceIngressRules: Reversible<ReplaceIngressRules, IngressRules> = {
  kind: 'ec2.replace-ingress-rules',
  describe: ({ groupId, remove, add }) =>
    `Replace ${remove.length} inbound rule${remove.length === 1 ? '' : 's'} of ${groupId} by ${add.length}`,
  read: (aws, { groupId }) => readIngressRules(aws, groupId),
  holds: (rules, { remove, add }) =>
    !remove.some((rule) => has(rules, rule)) && add.every((rule) => has(rules, rule)),
  // First the narrower rules, then the wide one goes: traffic on the ports that stay open is never cut.
  async apply(aws, { groupId, remove, add }, now) {
    for (const rule of add) if (!has(now, rule)) await authorize(aws, groupId, rule);
    for (const rule of remove) if (has(now, rule)) await revoke(aws, groupId, rule);
  },
  async undo(aws, { groupId, remove, add }, before, now) {
    for (const rule of removedFrom(before, remove)) {
      const standing = now.find((each) => ruleKey(each) === ruleKey(rule));
      if (standing && sameRule(standing, rule)) continue;
      if (standing) await revoke(aws, groupId, standing);
      await authorize(aws, groupId, rule);
    }
    for (const rule of add)
      if (has(now, rule) && !has(before, rule)) await revoke(aws, groupId, rule);
  },
  restored: (rules, { remove, add }, before) =>
    removedFrom(before, remove).every((rule) => rules.some((each) => sameRule(each, rule))) &&
    add.every((rule) => has(before, rule) || !has(rules, rule)),
  drift: (after, now) => [
    ...now
      .filter((rule) => !after.some((each) => sameRule(each, rule)))
      .map((rule) => `added since: ${ruleText(rule)}`),
    ...after
      .filter((rule) => !now.some((each) => sameRule(each, rule)))
      .map((rule) => `removed since: ${ruleText(rule)}`),
  ],
  permissions: {
    read: ['ec2:DescribeSecurityGroupRules'],
    apply: changes,
    undo: changes,
  },
};

/** The rules as they stood, with their descriptions and tags, that this operation took away. */
const removedFrom = (before: IngressRules, remove: readonly IngressRule[]): IngressRule[] =>
  before.filter((rule) => has(remove, rule));

const has = (rules: IngressRules, rule: IngressRule): boolean =>
  rules.some((each) => ruleKey(each) === ruleKey(rule));

/** Reads all pages: a group may hold a thousand rules. */
export const readIngressRules = async (aws: Aws, groupId: string): Promise<IngressRules> => {
  const rules: IngressRule[] = [];
  let NextToken: string | undefined;
  do {
    const page = await aws.call('ec2:DescribeSecurityGroupRules', {
      Filters: [{ Name: 'group-id', Values: [groupId] }],
      MaxResults: 1000,
      ...(NextToken && { NextToken }),
    });
    rules.push(...(page.SecurityGroupRules ?? []).filter(({ IsEgress }) => !IsEgress).map(ruleOf));
    NextToken = page.NextToken;
  } while (NextToken);
  return rules.sort((a, b) => (ruleKey(a) < ruleKey(b) ? -1 : 1));
};

const authorize = async (aws: Aws, GroupId: string, rule: IngressRule): Promise<void> => {
  const Tags = Object.entries(rule.tags).map(([Key, Value]) => ({ Key, Value }));
  try {
    await aws.call('ec2:AuthorizeSecurityGroupIngress', {
      GroupId,
      IpPermissions: [permissionOf(rule)],
      ...(Tags.length > 0 && {
        TagSpecifications: [{ ResourceType: 'security-group-rule', Tags }],
      }),
    });
  } catch (error) {
    if (!isAwsError(error, 'InvalidPermission.Duplicate')) throw error;
  }
};

const revoke = async (aws: Aws, GroupId: string, rule: IngressRule): Promise<void> => {
  try {
    await aws.call('ec2:RevokeSecurityGroupIngress', {
      GroupId,
      IpPermissions: [permissionOf({ ...rule, description: '' })],
    });
  } catch (error) {
    if (!isAwsError(error, 'InvalidPermission.NotFound')) throw error;
  }
};
