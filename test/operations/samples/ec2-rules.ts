import type { IngressRule } from '../../../src/operations/ec2/ingress-rule';
import type { ReplaceIngressRules } from '../../../src/operations/ec2/replace-ingress-rules';
import { groupId } from '../../support/builders';
import { MemoryEc2 } from '../../support/memory-ec2';
import type { Sample } from './sample';

export const rule = (from: number, to: number, more: Partial<IngressRule> = {}): IngressRule => ({
  protocol: 'tcp',
  from,
  to,
  source: { kind: 'ipv4', id: '0.0.0.0/0' },
  description: '',
  tags: {},
  ...more,
});

const kept = { protocol: 'tcp', source: { kind: 'prefix list', id: 'pl-1' } } as const;
const words = { description: 'temporary', tags: { owner: 'web', stage: 'test' } };

const group = (rules: readonly IngressRule[]) => () => {
  const ec2 = new MemoryEc2();
  ec2.group(groupId, [
    { IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0', IsEgress: true },
    ...rules.map(standing),
  ]);
  return ec2;
};

/** The rule as EC2 tells it. */
export const standing = ({ protocol, from, to, source, description, tags }: IngressRule) => ({
  IpProtocol: protocol,
  FromPort: from,
  ToPort: to,
  ...(source.kind === 'ipv4' && { CidrIpv4: source.id }),
  ...(source.kind === 'ipv6' && { CidrIpv6: source.id }),
  ...(source.kind === 'prefix list' && { PrefixListId: source.id }),
  ...(source.kind === 'group' && {
    ReferencedGroupInfo: { GroupId: source.id, ...(source.owner && { UserId: source.owner }) },
  }),
  ...(description && { Description: description }),
  Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
});

const replace = (
  name: string,
  before: readonly IngressRule[],
  remove: readonly IngressRule[],
  add: readonly IngressRule[],
): Sample => {
  const input: ReplaceIngressRules = { groupId, remove, add };
  return { name, input, world: group(before) };
};

const wide = rule(20, 25, words);
const low = rule(20, 21, words);
const high = rule(23, 25, words);
const v6 = { source: { kind: 'ipv6', id: '::/0' } } as const;
const other = { source: { kind: 'group', id: 'sg-other', owner: '999988887777' } } as const;
const own = { source: { kind: 'group', id: 'sg-own', owner: '' } } as const;

export const replaceIngressRules: readonly Sample[] = [
  replace('a range split in two', [wide, rule(443, 443)], [wide], [low, high]),
  replace('a rule taken away', [rule(22, 22)], [rule(22, 22)], []),
  replace('a rest that stood before', [wide, low], [wide], [low, high]),
  replace(
    'all traffic, IPv6',
    [rule(-1, -1, { protocol: '-1', ...v6 })],
    [rule(-1, -1, { protocol: '-1', ...v6 })],
    [
      rule(0, 21, v6),
      rule(-1, -1, { protocol: 'icmpv6', ...v6 }),
      rule(-1, -1, { protocol: '47', ...v6 }),
    ],
  ),
  replace(
    'prefix lists and groups',
    [rule(22, 22, kept), rule(22, 22, other), rule(22, 22, own)],
    [rule(22, 22, kept), rule(22, 22, other), rule(22, 22, own)],
    [rule(23, 23, { ...kept, ...words }), rule(23, 23, other)],
  ),
  replace('other words than planned', [{ ...wide, description: 'new' }], [wide], [low, high]),
  replace('nothing to do', [rule(443, 443)], [rule(22, 22)], []),
];
