import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkInterfaceCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { targetIn } from './target';
import type { Seed } from './seed';

/** A default group with words and tags on its rules, one of them for its own members, and a network interface in it. */
export const emptyEc2DefaultGroup: Seed = async (settings) => {
  const ec2 = new EC2Client(settings);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.8.0.0/16' }));
  const VpcId = Vpc?.VpcId ?? '';
  const { SecurityGroups = [] } = await ec2.send(
    new DescribeSecurityGroupsCommand({
      Filters: [
        { Name: 'vpc-id', Values: [VpcId] },
        { Name: 'group-name', Values: ['default'] },
      ],
    }),
  );
  const GroupId = SecurityGroups[0]?.GroupId ?? '';
  const TagSpecifications = [
    { ResourceType: 'security-group-rule' as const, Tags: [{ Key: 'owner', Value: 'network' }] },
  ];
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [
        { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId, Description: 'each other' }] },
      ],
      TagSpecifications,
    }),
  );
  await ec2.send(
    new AuthorizeSecurityGroupEgressCommand({
      GroupId,
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          IpRanges: [{ CidrIp: '198.51.100.0/24', Description: 'updates' }],
        },
      ],
      TagSpecifications,
    }),
  );
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.8.1.0/24' }));
  const SubnetId = Subnet?.SubnetId ?? '';
  await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId, Groups: [GroupId] }));
  return { target: targetIn('AwsEc2SecurityGroup', GroupId), control: 'EC2.2' };
};
