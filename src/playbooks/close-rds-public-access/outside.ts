import type { IngressRule } from '../../operations/ec2/ingress-rule';

/** RFC 1918, shared and link-local addresses, and their IPv6 kin: nobody comes from there over the internet. */
const inside = [
  /^10\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^192\.168\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^169\.254\./,
  /^f[cd][\da-f]{2}:/i,
  /^fe80:/i,
];

/** Can somebody outside private networks use the rule to reach the port? A prefix list may hold any address. */
export const letsOutsidersIn = ({ protocol, from, to, source }: IngressRule, port: number) => {
  const opens = protocol === '-1' || (protocol === 'tcp' && from <= port && port <= to);
  if (!opens || source.kind === 'group') return false;
  return source.kind === 'prefix list' || !inside.some((range) => range.test(source.id));
};
