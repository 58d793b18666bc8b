import type { Asked } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import type { EgressRule, IngressRule } from '../../operations/ec2/ingress-rule';
import { readEgressRules } from '../../operations/ec2/remove-egress-rules';
import { readIngressRules } from '../../operations/ec2/replace-ingress-rules';
import { readGroup, readInterfacesOf } from '../../operations/ec2/security-group';
import { userOf, type User } from './users';

/** The group as it stands: `missing` when it is gone. */
export type DefaultGroupFacts =
  | { kind: 'missing' }
  | {
      kind: 'group';
      name: string;
      vpc: string;
      inbound: readonly IngressRule[];
      outbound: readonly EgressRule[];
      users: readonly User[];
    };

export const permissions = [
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSecurityGroupRules',
  'ec2:DescribeNetworkInterfaces',
] as const;

export const read = async (aws: Aws, { target: { id } }: Asked): Promise<DefaultGroupFacts> => {
  const group = await readGroup(aws, id);
  if (!group) return { kind: 'missing' };
  const [inbound, outbound, interfaces] = await Promise.all([
    readIngressRules(aws, id),
    readEgressRules(aws, id),
    readInterfacesOf(aws, id),
  ]);
  const { GroupName = '', VpcId = '' } = group;
  const users = interfaces.map((each) => userOf(each, id));
  return { kind: 'group', name: GroupName, vpc: VpcId, inbound, outbound, users };
};
