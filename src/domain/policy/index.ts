export { Duration } from '../duration';
export { exceedsTargets, mayRunAutomatically, type Verdict } from './automatic';
export { exceptionFor } from './exceptions';
export type { Window } from './hours';
export { accountLabel, channelsOf } from './places';
export { ApprovalRule } from './rule';
export { ruleFor, rulingFor, type About, type Ruling } from './ruling';
export { Policy, type Members, type Route } from './schema';
export { closesAt, opensAt } from './windows';
