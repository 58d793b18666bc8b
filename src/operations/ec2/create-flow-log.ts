import type { FlowLog as Described, UnsuccessfulItem } from '@aws-sdk/client-ec2';
import { Told } from '../../domain/errors';
import { isAwsError, type Aws } from '../aws';
import type { Reversible } from '../operation';

export type CreateFlowLog = {
  readonly vpc: string;
  /** Name of the log group that it writes to. */
  readonly logGroup: string;
  /** ARN of the role by which it writes there. */
  readonly role: string;
};

export type FlowLog = {
  readonly id: string;
  readonly traffic: string;
  /** A log group's name, or the ARN of a bucket or stream. */
  readonly to: string;
  readonly active: boolean;
  /** Why it does not deliver; empty while it does. */
  readonly failure: string;
};

/**
 * EC2 refuses a second flow log of one VPC to one log group (`FlowLogAlreadyExists`), so that no token is needed: one
 * would even bring back the answer of a call whose flow log was deleted since.
 */
export const createFlowLog: Reversible<CreateFlowLog, readonly FlowLog[]> = {
  kind: 'ec2.create-flow-log',
  describe: ({ vpc, logGroup }) => `Log rejected traffic of ${vpc} to the log group ${logGroup}`,
  read: async (aws, { vpc, logGroup }) =>
    (await readFlowLogs(aws, vpc)).filter(
      (flowLog) => flowLog.to === logGroup && recordsRejected(flowLog),
    ),
  holds: (flowLogs) => flowLogs.some(works),
  async apply(aws, { vpc, logGroup, role }, now) {
    const broken = now.find((flowLog) => !works(flowLog));
    if (broken) throw new Told(`The flow log ${broken.id} is there but ${stateOf(broken)}.`);
    if (now.length === 0) await create(aws, vpc, logGroup, role);
  },
  async undo(aws, _, before, now) {
    const FlowLogIds = addedSince(before, now).map(({ id }) => id);
    if (FlowLogIds.length === 0) return;
    try {
      const { Unsuccessful } = await aws.call('ec2:DeleteFlowLogs', { FlowLogIds });
      refuse(Unsuccessful);
    } catch (error) {
      if (!isAwsError(error, 'InvalidFlowLogId.NotFound')) throw error;
    }
  },
  restored: (flowLogs, _, before) => addedSince(before, flowLogs).length === 0,
  drift: (after, now) => [
    ...addedSince(after, now).map(({ id }) => `added since: flow log ${id}`),
    ...addedSince(now, after).map(({ id }) => `deleted since: flow log ${id}`),
  ],
  permissions: {
    read: ['ec2:DescribeFlowLogs'],
    apply: ['ec2:CreateFlowLogs', 'iam:PassRole'],
    undo: ['ec2:DeleteFlowLogs'],
  },
};

const addedSince = (before: readonly FlowLog[], now: readonly FlowLog[]): FlowLog[] =>
  now.filter(({ id }) => !before.some((each) => each.id === id));

/** `ALL` is rejected and accepted traffic. */
export const recordsRejected = ({ traffic }: FlowLog): boolean =>
  traffic === 'REJECT' || traffic === 'ALL';

export const works = ({ active, failure }: FlowLog): boolean => active && failure === '';

/** Goes on after “it is there but …”. */
export const stateOf = ({ active, failure }: FlowLog): string =>
  active ? `does not deliver (${failure})` : 'is not active';

/** The flow logs of the VPC itself, all pages, in a fixed order; those of its subnets and interfaces are not among them. */
export const readFlowLogs = async (aws: Aws, vpc: string): Promise<FlowLog[]> => {
  const flowLogs: FlowLog[] = [];
  let NextToken: string | undefined;
  do {
    const page = await aws.call('ec2:DescribeFlowLogs', {
      Filter: [{ Name: 'resource-id', Values: [vpc] }],
      ...(NextToken && { NextToken }),
    });
    flowLogs.push(...(page.FlowLogs ?? []).map(flowLogOf));
    NextToken = page.NextToken;
  } while (NextToken);
  return flowLogs.sort((a, b) => (a.id < b.id ? -1 : 1));
};

const flowLogOf = (flowLog: Described): FlowLog => ({
  id: flowLog.FlowLogId ?? 'unknown',
  traffic: flowLog.TrafficType ?? 'unknown',
  to: flowLog.LogGroupName ?? flowLog.LogDestination ?? 'unknown',
  active: flowLog.FlowLogStatus === 'ACTIVE',
  failure:
    flowLog.DeliverLogsStatus === 'FAILED'
      ? (flowLog.DeliverLogsErrorMessage ?? 'unknown error')
      : '',
});

const create = async (aws: Aws, vpc: string, logGroup: string, role: string): Promise<void> => {
  try {
    const { Unsuccessful } = await aws.call('ec2:CreateFlowLogs', {
      ResourceIds: [vpc],
      ResourceType: 'VPC',
      TrafficType: 'REJECT',
      LogGroupName: logGroup,
      DeliverLogsPermissionArn: role,
    });
    refuse(Unsuccessful);
  } catch (error) {
    if (!isAwsError(error, 'FlowLogAlreadyExists')) throw error;
  }
};

/** EC2 answers these calls with success and lists what it did not do beside it. */
const refuse = ([first]: readonly UnsuccessfulItem[] = []): void => {
  if (!first) return;
  const { Code: name = 'Unsuccessful', Message: words = 'EC2 gave no reason' } = first.Error ?? {};
  throw Object.assign(new Error(words), { name });
};
