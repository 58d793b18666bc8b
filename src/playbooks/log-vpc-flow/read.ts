import type { Asked } from '../../domain/playbook';
import { isAwsError, type Aws } from '../../operations/aws';
import { readFlowLogs, type FlowLog } from '../../operations/ec2/create-flow-log';
import { roleArn } from '../../operations/iam/role-arn';
import { describeLogGroup } from '../../operations/logs/create-log-group';

export type VpcFacts =
  | { kind: 'missing' }
  | {
      kind: 'vpc';
      owner: string;
      cidr: string;
      /** Of the VPC itself. */
      flowLogs: readonly FlowLog[];
      /** Is a log group of the name that we would give it there already? */
      group: 'absent' | 'standing';
      /** ARN of the role by which flow logs are written; nothing where the account lacks it. */
      role: string | undefined;
      networkInterfaces: number;
    };

/** Provided by infra/member-account.yml. */
export const deliveryRole = 'DrawbridgeFlowLogs';

export const permissions = [
  'ec2:DescribeFlowLogs',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeVpcs',
  'iam:GetRole',
  'logs:DescribeLogGroups',
] as const;

export const groupFor = (vpc: string): string => `/drawbridge/flow-logs/${vpc}`;

export const read = async (aws: Aws, { target }: Asked): Promise<VpcFacts> => {
  const vpc = await describe(aws, target.id);
  if (!vpc) return { kind: 'missing' };
  const [flowLogs, group, role, networkInterfaces] = await Promise.all([
    readFlowLogs(aws, target.id),
    describeLogGroup(aws, groupFor(target.id)),
    roleArn(aws, deliveryRole),
    countInterfaces(aws, target.id),
  ]);
  return {
    kind: 'vpc',
    owner: vpc.OwnerId ?? 'unknown',
    cidr: vpc.CidrBlock ?? '',
    flowLogs,
    group: group ? 'standing' : 'absent',
    role,
    networkInterfaces,
  };
};

const describe = async (aws: Aws, id: string) => {
  try {
    const { Vpcs } = await aws.call('ec2:DescribeVpcs', { VpcIds: [id] });
    return Vpcs?.[0];
  } catch (error) {
    if (isAwsError(error, 'InvalidVpcID.NotFound')) return undefined;
    throw error;
  }
};

const countInterfaces = async (aws: Aws, vpc: string): Promise<number> => {
  let count = 0;
  let NextToken: string | undefined;
  do {
    const page = await aws.call('ec2:DescribeNetworkInterfaces', {
      Filters: [{ Name: 'vpc-id', Values: [vpc] }],
      ...(NextToken && { NextToken }),
    });
    count += (page.NetworkInterfaces ?? []).length;
    NextToken = page.NextToken;
  } while (NextToken);
  return count;
};
