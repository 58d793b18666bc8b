import type { EgressRule } from '../../../src/operations/ec2/ingress-rule';
import type { RemoveEgressRules } from '../../../src/operations/ec2/remove-egress-rules';
import { groupId } from '../../support/builders';
import { MemoryEc2 } from '../../support/memory-ec2';
import { rule, standing } from './ec2-rules';
import type { Sample } from './sample';

/** A group with these outbound rules, and an inbound rule that must stay. */
export const outboundGroup = (rules: readonly EgressRule[]): MemoryEc2 => {
  const ec2 = new MemoryEc2();
  ec2.group(groupId, [
    standing(rule(443, 443)),
    ...rules.map((each) => ({ ...standing(each), IsEgress: true })),
  ]);
  return ec2;
};

const remove = (
  name: string,
  before: readonly EgressRule[],
  remove: readonly EgressRule[],
): Sample => {
  const input: RemoveEgressRules = { groupId, remove };
  return { name, input, world: () => outboundGroup(before) };
};

const everything = rule(-1, -1, { protocol: '-1' });
const words = { description: 'updates', tags: { owner: 'web', stage: 'test' } };
const named = rule(443, 443, { source: { kind: 'prefix list', id: 'pl-1' }, ...words });
const itself = rule(-1, -1, {
  protocol: '-1',
  source: { kind: 'group', id: groupId, owner: '111122223333' },
  description: 'each other',
});
const v6 = rule(-1, -1, { protocol: '-1', source: { kind: 'ipv6', id: '::/0' } });

export const removeEgressRules: readonly Sample[] = [
  remove('all traffic', [everything], [everything]),
  remove(
    'words, tags, prefix lists, IPv6 and the group itself',
    [everything, v6, named, itself],
    [everything, v6, named, itself],
  ),
  remove('one of two', [named, everything], [everything]),
  remove('other words than planned', [{ ...named, description: 'new' }], [named]),
  remove('nothing to do', [named], [everything]),
];
