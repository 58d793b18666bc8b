import type { IngressRule } from '../../src/operations/ec2/ingress-rule';
import { isPublic } from '../../src/playbooks/close-ec2-admin-ports/split';

/** A packet that wants in: from anywhere in a family, from a prefix list or from another group. */
export interface Packet {
  protocol: string;
  port: number;
  from: string;
}

/** Does any rule let it in? `from` is the id of the rules' source, so that narrower sources stay apart. */
export const reaches = (rules: readonly IngressRule[], { protocol, port, from }: Packet): boolean =>
  rules.some(
    (rule) =>
      rule.source.id === from &&
      (rule.protocol === '-1' ||
        (rule.protocol === protocol &&
          (rule.from === -1 || (rule.from <= port && port <= rule.to)))),
  );

/** Is the port open to everybody, over this protocol? */
export const isOpen = (rules: readonly IngressRule[], protocol: string, port: number): boolean =>
  rules.filter(isPublic).some((rule) => reaches([rule], { protocol, port, from: rule.source.id }));
