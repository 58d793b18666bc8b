import { ruleKey, type IngressRule } from '../../operations/ec2/ingress-rule';

/** A port to close, and the protocols on which it is an administration port. */
export interface AdminPort {
  port: number;
  name: string;
  protocols: readonly string[];
}

const last = 65_535;

/** Open to everybody: any IPv4 or any IPv6 address. */
export const isPublic = ({ source }: IngressRule): boolean =>
  (source.kind === 'ipv4' && source.id === '0.0.0.0/0') ||
  (source.kind === 'ipv6' && source.id === '::/0');

export const opens = (rule: IngressRule, { port, protocols }: AdminPort): boolean =>
  rule.protocol === '-1' ||
  (protocols.includes(rule.protocol) && rule.from <= port && port <= rule.to);

/** The rules that, put in place of `rule`, let everything through but the ports. None if nothing is left. */
export const without = (rule: IngressRule, ports: readonly AdminPort[]): IngressRule[] =>
  spread(rule).flatMap((each) =>
    ports.reduce((left, port) => left.flatMap((part) => cut(part, port)), [each]),
  );

const cut = (rule: IngressRule, admin: AdminPort): IngressRule[] => {
  if (!opens(rule, admin)) return [rule];
  const { port } = admin;
  return [
    ...(rule.from < port ? [{ ...rule, to: port - 1 }] : []),
    ...(port < rule.to ? [{ ...rule, from: port + 1 }] : []),
  ];
};

/**
 * “All traffic” cannot be narrowed as it is: it becomes one rule for each protocol that is used in practice. What has
 * no rule of its own then (IP protocols other than these) is told as a warning.
 */
const spread = (rule: IngressRule): IngressRule[] => {
  if (rule.protocol !== '-1') return [rule];
  const of = (protocol: string, from: number, to: number): IngressRule => ({
    ...rule,
    protocol,
    from,
    to,
  });
  const icmp = rule.source.kind === 'ipv6' ? 'icmpv6' : 'icmp';
  return [
    of('tcp', 0, last),
    of('udp', 0, last),
    of(icmp, -1, -1),
    ...['47', '50', '51'].map((p) => of(p, -1, -1)),
  ];
};

/** The same rule once: two overlapping rules may leave the same rest. The first description stays. */
export const distinct = (rules: readonly IngressRule[]): IngressRule[] =>
  [...new Map([...rules].reverse().map((rule) => [ruleKey(rule), rule])).values()].reverse();
