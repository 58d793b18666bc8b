import type { Aws } from '../aws';
import type { Reversible } from '../operation';
import {
  authorize,
  driftOf,
  has,
  inbound,
  putBack,
  readRules,
  removedFrom,
  revoke,
  stand,
} from './group-rules';
import type { IngressRule } from './ingress-rule';

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

export const readIngressRules = (aws: Aws, groupId: string): Promise<IngressRules> =>
  readRules(aws, inbound, groupId);

export const replaceIngressRules: Reversible<ReplaceIngressRules, IngressRules> = {
  kind: 'ec2.replace-ingress-rules',
  describe: ({ groupId, remove, add }) =>
    `Replace ${remove.length} inbound rule${remove.length === 1 ? '' : 's'} of ${groupId} by ${add.length}`,
  read: (aws, { groupId }) => readIngressRules(aws, groupId),
  holds: (rules, { remove, add }) =>
    !remove.some((rule) => has(rules, rule)) && add.every((rule) => has(rules, rule)),
  // First the narrower rules, then the wide one goes: traffic on the ports that stay open is never cut.
  async apply(aws, { groupId, remove, add }, now) {
    for (const rule of add) if (!has(now, rule)) await authorize(aws, inbound, groupId, rule);
    for (const rule of remove) if (has(now, rule)) await revoke(aws, inbound, groupId, rule);
  },
  async undo(aws, { groupId, remove, add }, before, now) {
    await putBack(aws, inbound, groupId, removedFrom(before, remove), now);
    for (const rule of add)
      if (has(now, rule) && !has(before, rule)) await revoke(aws, inbound, groupId, rule);
  },
  restored: (rules, { remove, add }, before) =>
    stand(removedFrom(before, remove), rules) &&
    add.every((rule) => has(before, rule) || !has(rules, rule)),
  drift: (after, now) => driftOf(inbound, after, now),
  permissions: {
    read: ['ec2:DescribeSecurityGroupRules'],
    apply: changes,
    undo: changes,
  },
};
