import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import { aTarget, account, groupId } from '../../support/builders';
import { MemoryEc2 } from '../../support/memory-ec2';
import type { Worlds } from './worlds';

const everything = { IpProtocol: '-1', FromPort: -1, ToPort: -1 } as const;

const group =
  (...rules: SecurityGroupRule[]) =>
  () => {
    const ec2 = new MemoryEc2();
    ec2.group(groupId, rules).name = 'default';
    ec2.interfaces.push(
      {
        NetworkInterfaceId: 'eni-2',
        InterfaceType: 'vpc_endpoint',
        Description: 'VPC Endpoint Interface vpce-0a1b2c3d',
        Groups: [{ GroupId: groupId }],
      },
      {
        NetworkInterfaceId: 'eni-1',
        Groups: [{ GroupId: groupId }, { GroupId: 'sg-web' }],
        Attachment: { InstanceId: 'i-1' },
        Association: { PublicIp: '203.0.113.1' },
      },
    );
    return ec2;
  };

export const emptyEc2DefaultGroup: Worlds = {
  target: aTarget,
  toChange: group(
    { ...everything, ReferencedGroupInfo: { GroupId: groupId, UserId: account } },
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '10.0.0.0/8', Description: 'admin' },
    { ...everything, CidrIpv4: '0.0.0.0/0', IsEgress: true },
    { ...everything, CidrIpv6: '::/0', IsEgress: true },
  ),
  compliant: group(),
};
