import type { Aws } from '../aws';
import type { Reversible } from '../operation';
import {
  driftOf,
  has,
  outbound,
  putBack,
  readRules,
  removedFrom,
  revoke,
  stand,
} from './group-rules';
import type { EgressRule } from './ingress-rule';

/** Outbound rules to take out of one security group. */
export type RemoveEgressRules = {
  readonly groupId: string;
  readonly remove: readonly EgressRule[];
};

/** All outbound rules of the group, in a fixed order. */
export type EgressRules = readonly EgressRule[];

export const readEgressRules = (aws: Aws, groupId: string): Promise<EgressRules> =>
  readRules(aws, outbound, groupId);

export const removeEgressRules: Reversible<RemoveEgressRules, EgressRules> = {
  kind: 'ec2.remove-egress-rules',
  describe: ({ groupId, remove }) =>
    `Remove ${remove.length} outbound rule${remove.length === 1 ? '' : 's'} of ${groupId}`,
  read: (aws, { groupId }) => readEgressRules(aws, groupId),
  holds: (rules, { remove }) => !remove.some((rule) => has(rules, rule)),
  async apply(aws, { groupId, remove }, now) {
    for (const rule of remove) if (has(now, rule)) await revoke(aws, outbound, groupId, rule);
  },
  undo: (aws, { groupId, remove }, before, now) =>
    putBack(aws, outbound, groupId, removedFrom(before, remove), now),
  restored: (rules, { remove }, before) => stand(removedFrom(before, remove), rules),
  drift: (after, now) => driftOf(outbound, after, now),
  permissions: {
    read: ['ec2:DescribeSecurityGroupRules'],
    apply: ['ec2:RevokeSecurityGroupEgress'],
    // A rule that somebody added again with other words goes first. Tags on creation need a permission of their own.
    undo: ['ec2:AuthorizeSecurityGroupEgress', 'ec2:CreateTags', 'ec2:RevokeSecurityGroupEgress'],
  },
};
