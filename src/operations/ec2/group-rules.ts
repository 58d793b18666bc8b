import { isAwsError, type Aws } from '../aws';
import { listRules } from './own-groups';
import {
  egressText,
  permissionOf,
  ruleKey,
  ruleOf,
  ruleText,
  sameRule,
  type IngressRule,
} from './ingress-rule';

/** All rules of one side of a group, in a fixed order. */
export type Rules = readonly IngressRule[];

export const inbound = {
  egress: false,
  text: ruleText,
  authorize: 'ec2:AuthorizeSecurityGroupIngress',
  revoke: 'ec2:RevokeSecurityGroupIngress',
} as const;
export const outbound = {
  egress: true,
  text: egressText,
  authorize: 'ec2:AuthorizeSecurityGroupEgress',
  revoke: 'ec2:RevokeSecurityGroupEgress',
} as const;
type Side = typeof inbound | typeof outbound;

export const has = (rules: Rules, rule: IngressRule): boolean =>
  rules.some((each) => ruleKey(each) === ruleKey(rule));

/** The rules as they stood, with their descriptions and tags, that were to be taken away. */
export const removedFrom = (before: Rules, remove: Rules): IngressRule[] =>
  before.filter((rule) => has(remove, rule));

/** Reads all pages: a group may hold a thousand rules. */
export const readRules = async (aws: Aws, side: Side, groupId: string): Promise<Rules> => {
  const standing = await listRules(aws, [groupId]);
  const rules = standing.filter((rule) => (rule.IsEgress === true) === side.egress).map(ruleOf);
  return rules.sort((a, b) => (ruleKey(a) < ruleKey(b) ? -1 : 1));
};

export const authorize = async (
  aws: Aws,
  side: Side,
  GroupId: string,
  rule: IngressRule,
): Promise<void> => {
  const Tags = Object.entries(rule.tags).map(([Key, Value]) => ({ Key, Value }));
  try {
    await aws.call(side.authorize, {
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

export const revoke = async (
  aws: Aws,
  side: Side,
  GroupId: string,
  rule: IngressRule,
): Promise<void> => {
  try {
    await aws.call(side.revoke, {
      GroupId,
      IpPermissions: [permissionOf({ ...rule, description: '' })],
    });
  } catch (error) {
    if (!isAwsError(error, 'InvalidPermission.NotFound')) throw error;
  }
};

/** Puts rules back as they stood; one that was added again by hand gets its words and tags back. */
export const putBack = async (
  aws: Aws,
  side: Side,
  groupId: string,
  rules: Rules,
  now: Rules,
): Promise<void> => {
  for (const rule of rules) {
    const standing = now.find((each) => ruleKey(each) === ruleKey(rule));
    if (standing && sameRule(standing, rule)) continue;
    if (standing) await revoke(aws, side, groupId, standing);
    await authorize(aws, side, groupId, rule);
  }
};

export const stand = (rules: Rules, now: Rules): boolean =>
  rules.every((rule) => now.some((each) => sameRule(each, rule)));

export const driftOf = ({ text }: Side, after: Rules, now: Rules): string[] => [
  ...now
    .filter((rule) => !after.some((each) => sameRule(each, rule)))
    .map((rule) => `added since: ${text(rule)}`),
  ...after
    .filter((rule) => !now.some((each) => sameRule(each, rule)))
    .map((rule) => `removed since: ${text(rule)}`),
];
