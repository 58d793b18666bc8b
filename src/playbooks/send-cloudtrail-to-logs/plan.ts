import { partitionOf } from '../../domain/partition';
import type { Plan, Planned } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import type { Target } from '../../domain/target';
import type { SetLogGroup } from '../../operations/cloudtrail/set-log-group';
import { reachOf, type Trail } from '../../operations/cloudtrail/trail';
import type { CreateLogGroup } from '../../operations/logs/create-log-group';
import { deliveryRole, groupFor, type TrailFacts } from './read';

/** Days. The usual benchmarks ask for a year of logs. */
const retention = 365;

export const plan = (facts: TrailFacts, { target }: Asked): Planned => {
  if (facts.kind === 'missing')
    return { kind: 'compliant', because: `The trail ${target.id} does not exist any more.` };
  if (facts.kind === 'out of reach') return { kind: 'refusal', because: facts.because };
  const { trail, attached, group, role } = facts;
  if (attached === 'standing')
    return {
      kind: 'compliant',
      because: `The trail ${trail.name} sends its events to ${nameIn(trail.logGroup)} already.`,
    };
  if (attached === 'elsewhere')
    return {
      kind: 'refusal',
      because: `The trail ${trail.name} names the log group ${trail.logGroup}, which cannot be seen from this account and Region: it stays.`,
    };
  if (!role)
    return {
      kind: 'refusal',
      because: `Account ${target.account} has no role ${deliveryRole}, by which CloudTrail would write: deploy the member account template there again.`,
    };
  return {
    kind: 'plan',
    plan: planFor(trail, attached === 'gone', group === 'absent', role, target),
  };
};

const planFor = (
  trail: Trail,
  gone: boolean,
  create: boolean,
  role: string,
  target: Target,
): Plan => {
  const name = groupFor(trail);
  const made: CreateLogGroup = { name, retention };
  const { region, account } = target;
  const set: SetLogGroup = {
    trail: trail.arn,
    logGroup: `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${name}:*`,
    role,
    replaces: gone ? trail.logGroup : '',
  };
  const attachedNow = gone ? `${nameIn(trail.logGroup)}, which is gone` : 'none';
  return {
    playbook: 'send-cloudtrail-to-logs',
    target,
    steps: [
      // First the group, then the trail: it never points at nothing.
      ...(create
        ? [{ operation: 'logs.create-log-group', input: made, phase: 'change' as const }]
        : []),
      { operation: 'cloudtrail.set-log-group', input: set, phase: 'change' },
    ],
    effects: [
      ...(create
        ? [{ what: 'Log group', before: 'none', after: `${name}, kept for ${retention} days` }]
        : []),
      { what: 'Log group of the trail', before: attachedNow, after: `${name}, by ${deliveryRole}` },
    ],
    keeps: [
      `The bucket ${trail.bucket}, its policy and all other settings of the trail`,
      ...(create ? [] : [`The log group ${name} with its events and its retention`]),
    ],
    warnings: gone
      ? [
          `The trail names ${nameIn(trail.logGroup)}, which does not exist: its events reach no log group now. The new one takes its place.`,
        ]
      : [],
    blastRadius: [
      reachOf(trail),
      'From now on its events are also charged by CloudWatch Logs, by the gigabyte taken in and kept.',
      'Whoever may read log groups of this account can read the events there.',
      'An undo deletes the log group only while nothing is in it.',
    ],
    reversible: gone
      ? { not: 'CloudTrail takes no log group that is gone, so undo leaves the trail without one.' }
      : 'exactly',
  };
};

const nameIn = (arn: string): string => arn.replace(/:\*$/, '').split(':').slice(6).join(':');
