import type { Finding } from './finding';
import type { ChannelId } from './ids';
import type { Policy } from './policy';

/** The first route that matches wins; the last route takes what nothing else took, so no finding is without a channel. */
export const routeOf = (policy: Policy, finding: Finding): ChannelId => {
  const found = policy.routing.find(({ when }) => {
    if (when.product && !when.product.includes(finding.product)) return false;
    if (when.severity && !when.severity.includes(finding.severity)) return false;
    if (when.account && !when.account.includes(finding.account)) return false;
    return !when.tag || hasTags(finding, when.tag);
  });
  return (found ?? policy.routing[policy.routing.length - 1]!).to;
};

const hasTags = (finding: Finding, wanted: Record<string, string>): boolean =>
  finding.resources.some(({ tags }) =>
    Object.entries(wanted).every(([key, value]) => tags[key] === value),
  );
