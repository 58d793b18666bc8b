import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Asked } from '../../domain/playbook';
import { isAwsError, type Aws } from '../../operations/aws';
import type { IngressRule } from '../../operations/ec2/ingress-rule';
import { purposeOf } from '../../operations/ec2/own-groups';
import { readIngressRules } from '../../operations/ec2/replace-ingress-rules';

/** The group as it stands: `missing` when it is gone, `ours` when isolations use it. */
export type GroupFacts =
  | { kind: 'missing' }
  | { kind: 'ours'; name: string }
  | {
      kind: 'group';
      name: string;
      vpc: string;
      rules: readonly IngressRule[];
      users: readonly User[];
    };

/** A network interface that uses the group, and whom it serves. */
export interface User {
  networkInterface: string;
  instance?: string;
  description: string;
  publicAddress: boolean;
}

export const permissions = [
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSecurityGroupRules',
  'ec2:DescribeNetworkInterfaces',
] as const;

export const read = async (aws: Aws, { target }: Asked): Promise<GroupFacts> => {
  const group = await describe(aws, target.id);
  if (!group) return { kind: 'missing' };
  const { GroupName: name = '', VpcId: vpc = '' } = group;
  if (purposeOf(group)) return { kind: 'ours', name };
  const [rules, users] = await Promise.all([
    readIngressRules(aws, target.id),
    readUsers(aws, target.id),
  ]);
  return { kind: 'group', name, vpc, rules, users };
};

const describe = async (aws: Aws, id: string) => {
  try {
    const found = await aws.call('ec2:DescribeSecurityGroups', { GroupIds: [id] });
    return found.SecurityGroups?.[0];
  } catch (error) {
    if (isAwsError(error, 'InvalidGroup.NotFound')) return undefined;
    throw error;
  }
};

const readUsers = async (aws: Aws, id: string): Promise<User[]> => {
  const users: User[] = [];
  let NextToken: string | undefined;
  do {
    const page = await aws.call('ec2:DescribeNetworkInterfaces', {
      Filters: [{ Name: 'group-id', Values: [id] }],
      ...(NextToken && { NextToken }),
    });
    users.push(...(page.NetworkInterfaces ?? []).map(userOf));
    NextToken = page.NextToken;
  } while (NextToken);
  return users;
};

const userOf = (eni: NetworkInterface): User => ({
  networkInterface: eni.NetworkInterfaceId ?? 'unknown',
  ...(eni.Attachment?.InstanceId && { instance: eni.Attachment.InstanceId }),
  description: eni.Description ?? '',
  publicAddress: eni.Association?.PublicIp !== undefined,
});
