import { canonical } from '../../domain/canonical';
import type { IpPermission, SecurityGroupRule } from '@aws-sdk/client-ec2';

/**
 * One inbound rule with one source, as people think of it. `protocol` is EC2's word: `tcp`, `udp`, `icmp`, `icmpv6`, a
 * number, or `-1` for all. Ports are both -1 where the protocol has none.
 *
 * An outbound rule has the same shape: `source` is then the other end, where traffic may go.
 */
export type IngressRule = {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly source: Source;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
};

export type EgressRule = IngressRule;

export type Source =
  | { readonly kind: 'ipv4' | 'ipv6' | 'prefix list'; readonly id: string }
  | { readonly kind: 'group'; readonly id: string; readonly owner: string };

/** EC2 keeps one rule per protocol, ports and source: two rules with the same key are the same rule. */
export const ruleKey = ({ protocol, from, to, source }: IngressRule): string =>
  `${protocol} ${from}-${to} ${source.kind} ${source.id}`;

/** The same rule with the same words and tags on it. */
export const sameRule = (a: IngressRule, b: IngressRule): boolean =>
  ruleKey(a) === ruleKey(b) &&
  a.description === b.description &&
  canonical(a.tags) === canonical(b.tags);

export const ruleOf = (rule: SecurityGroupRule): IngressRule => ({
  protocol: rule.IpProtocol ?? '-1',
  from: rule.FromPort ?? -1,
  to: rule.ToPort ?? -1,
  source: sourceOf(rule),
  description: rule.Description ?? '',
  tags: Object.fromEntries((rule.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
});

const sourceOf = (rule: SecurityGroupRule): Source => {
  if (rule.CidrIpv4) return { kind: 'ipv4', id: rule.CidrIpv4 };
  if (rule.CidrIpv6) return { kind: 'ipv6', id: rule.CidrIpv6 };
  if (rule.PrefixListId) return { kind: 'prefix list', id: rule.PrefixListId };
  const group = rule.ReferencedGroupInfo;
  return { kind: 'group', id: group?.GroupId ?? 'unknown', owner: group?.UserId ?? '' };
};

/** One permission per rule, so that each call names exactly one rule and its description. */
export const permissionOf = ({
  protocol,
  from,
  to,
  source,
  description,
}: IngressRule): IpPermission => ({
  IpProtocol: protocol,
  ...(protocol !== '-1' && { FromPort: from, ToPort: to }),
  ...sourceMember(source, description),
});

const sourceMember = (source: Source, description: string): IpPermission => {
  const words = description === '' ? {} : { Description: description };
  switch (source.kind) {
    case 'ipv4':
      return { IpRanges: [{ CidrIp: source.id, ...words }] };
    case 'ipv6':
      return { Ipv6Ranges: [{ CidrIpv6: source.id, ...words }] };
    case 'prefix list':
      return { PrefixListIds: [{ PrefixListId: source.id, ...words }] };
    case 'group':
      return {
        UserIdGroupPairs: [
          { GroupId: source.id, ...(source.owner && { UserId: source.owner }), ...words },
        ],
      };
  }
};

/** `TCP 20–25 from 0.0.0.0/0 “temporary”`: one line for cards and threads. */
export const ruleText = (rule: IngressRule): string => textOf(rule, 'from');

/** `TCP 443 to 0.0.0.0/0` */
export const egressText = (rule: EgressRule): string => textOf(rule, 'to');

const textOf = (rule: IngressRule, way: 'from' | 'to'): string => {
  const named = rule.description === '' ? '' : ` “${rule.description}”`;
  return `${protocolText(rule)} ${way} ${rule.source.id}${named}`;
};

const protocolText = ({ protocol, from, to }: IngressRule): string => {
  if (protocol === '-1') return 'All traffic';
  const name = protocolNames[protocol] ?? `IP protocol ${protocol}`;
  if (from === -1) return name;
  if (protocol.startsWith('icmp')) return `${name} type ${from}`;
  return from === to ? `${name} ${from}` : `${name} ${from}–${to}`;
};

const protocolNames: Readonly<Record<string, string>> = {
  tcp: 'TCP',
  udp: 'UDP',
  icmp: 'ICMP',
  icmpv6: 'ICMPv6',
  '47': 'GRE',
  '50': 'ESP',
  '51': 'AH',
};
