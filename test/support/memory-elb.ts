import type { TargetDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { awsError, type Handlers } from './memory-aws';

const isSame = (a: TargetDescription, b: TargetDescription): boolean =>
  a.Id === b.Id && a.Port === b.Port;

/**
 * Target groups by ARN: one target may stand on several ports, and what is taken out drains for a while.
 * @param stopped instances that do not run: they cannot be registered
 */
export const memoryElb = (
  groups: Map<string, TargetDescription[]>,
  { stopped = new Set<string>() } = {},
): Handlers => {
  const draining = new Map<string, TargetDescription[]>();
  const find = (arn = '') => {
    const targets = groups.get(arn);
    if (!targets) throw awsError('TargetGroupNotFoundException');
    return { arn, targets, leaving: draining.get(arn) ?? [] };
  };
  const without = (all: readonly TargetDescription[], gone: readonly TargetDescription[]) =>
    all.filter((each) => !gone.some((other) => isSame(each, other)));
  return {
    'elasticloadbalancing:DescribeTargetHealth': ({ TargetGroupArn }) => {
      const { targets, leaving } = find(TargetGroupArn);
      const tell = (State: 'healthy' | 'draining') => (Target: TargetDescription) => ({
        Target,
        TargetHealth: { State },
      });
      return {
        TargetHealthDescriptions: [
          ...leaving.map(tell('draining')),
          ...targets.map(tell('healthy')),
        ],
      };
    },
    'elasticloadbalancing:DeregisterTargets': ({ TargetGroupArn, Targets = [] }) => {
      const { arn, targets, leaving } = find(TargetGroupArn);
      const going = targets.filter((each) => Targets.some((other) => isSame(each, other)));
      draining.set(arn, [...leaving, ...going]);
      groups.set(arn, without(targets, going));
      return {};
    },
    'elasticloadbalancing:RegisterTargets': ({ TargetGroupArn, Targets = [] }) => {
      const { arn, targets, leaving } = find(TargetGroupArn);
      if (Targets.some(({ Id = '' }) => stopped.has(Id))) throw awsError('InvalidTargetException');
      draining.set(arn, without(leaving, Targets));
      groups.set(arn, [...without(targets, Targets), ...Targets]);
      return {};
    },
  };
};
