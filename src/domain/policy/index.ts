export { Duration } from '../duration';
export { exceedsTargets, mayRunAutomatically } from './automatic';
export { exceptionFor } from './exceptions';
export { accountLabel, channelsOf } from './places';
export { digestAt, quietUntil, routeFor, routeOf } from './routes';
export { ApprovalRule } from './rule';
export { ruleFor, rulingFor, type Ruling } from './ruling';
export { Policy } from './schema';
export { closesAt, opensAt } from './windows';
