import type { Finding } from '../finding';
import type { ChannelId } from '../ids';
import { dateAt, instantOf } from '../zone';
import { listsHold, tagsHold } from './matching';
import type { Policy, Route } from './schema';
import { closesAt } from './windows';

/** The first route that matches wins; the last route takes what nothing else took, so no finding is without a channel. */
export const routeFor = (policy: Policy, finding: Finding): Route => {
  const { product, type, severity, account, control, region } = finding;
  const found = policy.routing.find(
    ({ when }) =>
      listsHold(when, { product, type, severity, account, control, region }) === 'yes' &&
      (!when.tag || finding.resources.some(({ tags }) => tagsHold(when.tag, tags) === 'yes')),
  );
  return found ?? policy.routing[policy.routing.length - 1]!;
};

export const routeOf = (policy: Policy, finding: Finding): ChannelId =>
  routeFor(policy, finding).to;

/** How long this finding is not to disturb its channel; `undefined`: it may now. Critical ones always may. */
export const quietUntil = (
  policy: Policy,
  route: Route,
  finding: Finding,
  now: Date,
): Date | undefined => {
  const window = route.quiet === undefined ? undefined : policy.windows[route.quiet];
  return window && finding.severity !== 'critical' ? closesAt(window, now) : undefined;
};

/** The next moment of the daily list, later than `now`. */
export const digestAt = ({ digest: { at, zone } }: Policy, now: Date): Date => {
  const moments = [0, 1, 2].map((days) => instantOf(zone, dateAt(zone, now.getTime(), days) + at));
  return new Date(moments.find((moment) => moment > now.getTime())!);
};
