import type { Plan, Planned } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import type { Target } from '../../domain/target';
import {
  recordsRejected,
  stateOf,
  works,
  type CreateFlowLog,
  type FlowLog,
} from '../../operations/ec2/create-flow-log';
import type { CreateLogGroup } from '../../operations/logs/create-log-group';
import { deliveryRole, groupFor, type VpcFacts } from './read';

/** Days. The usual benchmarks ask for a year of logs. */
const retention = 365;

export const plan = (facts: VpcFacts, { target }: Asked): Planned => {
  const vpc = target.id;
  if (facts.kind === 'missing')
    return { kind: 'compliant', because: `The VPC ${vpc} does not exist any more.` };
  const recording = facts.flowLogs.filter(recordsRejected);
  const working = recording.find(works);
  if (working)
    return {
      kind: 'compliant',
      because: `The flow log ${working.id} records rejected traffic of ${vpc} in ${working.to} already.`,
    };
  if (facts.owner !== target.account)
    return {
      kind: 'refusal',
      because: `The VPC ${vpc} is shared with account ${target.account} and belongs to account ${facts.owner}: only that account can log all of it.`,
    };
  if (!facts.role)
    return {
      kind: 'refusal',
      because: `Account ${target.account} has no role ${deliveryRole}, by which flow logs would be written: deploy the member account template there again.`,
    };
  const ours = recording.find(({ to }) => to === groupFor(vpc));
  if (ours)
    return {
      kind: 'refusal',
      because: `The flow log ${ours.id} to ${ours.to} is there, but ${stateOf(ours)}: EC2 takes no second one. Check the log group and the role ${deliveryRole}.`,
    };
  return { kind: 'plan', plan: planFor(facts, facts.role, target) };
};

const planFor = (
  { cidr, flowLogs, group, networkInterfaces }: VpcFacts & { kind: 'vpc' },
  role: string,
  target: Target,
): Plan => {
  const vpc = target.id;
  const name = groupFor(vpc);
  const made: CreateLogGroup = { name, retention };
  const flow: CreateFlowLog = { vpc, logGroup: name, role };
  const create = group === 'absent';
  return {
    playbook: 'log-vpc-flow',
    target,
    steps: [
      // First the group, then the flow log: it never writes into nothing.
      ...(create
        ? [{ operation: 'logs.create-log-group', input: made, phase: 'change' as const }]
        : []),
      { operation: 'ec2.create-flow-log', input: flow, phase: 'change' },
    ],
    effects: [
      ...(create
        ? [{ what: 'Log group', before: 'none', after: `${name}, kept for ${retention} days` }]
        : []),
      {
        what: 'Flow log of rejected traffic',
        before: flowLogs.some(recordsRejected) ? 'none that works' : 'none',
        after: `to ${name}, by ${deliveryRole}`,
      },
    ],
    keeps: [
      ...flowLogs.map(words),
      ...(create ? [] : [`The log group ${name} with its events and its retention`]),
    ],
    warnings: flowLogs
      .filter((flowLog) => !works(flowLog))
      .map(
        (flowLog) => `The flow log ${flowLog.id} to ${flowLog.to} ${stateOf(flowLog)}: it stays.`,
      ),
    blastRadius: [
      `${vpc} (${cidr}) has ${networkInterfaces} network interface${networkInterfaces === 1 ? '' : 's'}; no connection is touched or slowed.`,
      'CloudWatch Logs charges each rejected flow by the gigabyte taken in and kept: an open port that is scanned a lot costs more.',
      'Whoever may read log groups of this account can read addresses and ports there.',
      'An undo deletes the log group only while nothing is in it.',
    ],
    reversible: 'exactly',
  };
};

const words = ({ id, traffic, to }: FlowLog): string => `Flow log ${id} (${traffic}) to ${to}`;
