import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Asked } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import type { IngressRule } from '../../operations/ec2/ingress-rule';
import { purposeOf } from '../../operations/ec2/own-groups';
import { readIngressRules } from '../../operations/ec2/replace-ingress-rules';
import { readGroup, readInterfacesOf } from '../../operations/ec2/security-group';

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
  const group = await readGroup(aws, target.id);
  if (!group) return { kind: 'missing' };
  const { GroupName: name = '', VpcId: vpc = '' } = group;
  if (purposeOf(group)) return { kind: 'ours', name };
  const [rules, interfaces] = await Promise.all([
    readIngressRules(aws, target.id),
    readInterfacesOf(aws, target.id),
  ]);
  return { kind: 'group', name, vpc, rules, users: interfaces.map(userOf) };
};

const userOf = (eni: NetworkInterface): User => ({
  networkInterface: eni.NetworkInterfaceId ?? 'unknown',
  ...(eni.Attachment?.InstanceId && { instance: eni.Attachment.InstanceId }),
  description: eni.Description ?? '',
  publicAddress: eni.Association?.PublicIp !== undefined,
});
