import type { Remediation } from '../domain/remediation';

/** What the second hears who asks for the same. */
export const underWay = ({ requester, requestedAt, status }: Remediation): string =>
  `${requester.name} already asked for this at ${requestedAt}; it is ${status.state} now.`;
