import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import { aTarget, groupId } from '../../support/builders';
import { MemoryEc2 } from '../../support/memory-ec2';
import type { Worlds } from './worlds';

const openTo = (
  protocol: string,
  port: number,
  more: SecurityGroupRule = {},
): SecurityGroupRule => ({
  IpProtocol: protocol,
  FromPort: port,
  ToPort: port,
  CidrIpv4: '0.0.0.0/0',
  ...more,
});

const group =
  (...rules: SecurityGroupRule[]) =>
  () => {
    const ec2 = new MemoryEc2();
    ec2.group(groupId, rules);
    ec2.interfaces.push({
      NetworkInterfaceId: 'eni-1',
      Groups: [{ GroupId: groupId }],
      Attachment: { InstanceId: 'i-1' },
      Association: { PublicIp: '203.0.113.1' },
    });
    return ec2;
  };

export const closeEc2AdminPorts: Worlds = {
  target: aTarget,
  toChange: group(
    openTo('tcp', 22, { FromPort: 20, ToPort: 25, Description: 'temporary' }),
    openTo('tcp', 3389),
    { IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv6: '::/0' },
    openTo('tcp', 443),
  ),
  compliant: group(openTo('tcp', 443), openTo('tcp', 22, { CidrIpv4: '10.0.0.0/8' })),
};
