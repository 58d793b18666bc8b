import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { targetIn } from './target';
import type { Seed } from './seed';

export const closeEc2AdminPorts: Seed = async (settings) => {
  const ec2 = new EC2Client(settings);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({
      VpcId: Vpc?.VpcId ?? '',
      GroupName: 'open',
      Description: 'open',
    }),
  );
  const everybody = { IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'temporary' }] };
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [
        { IpProtocol: 'tcp', FromPort: 20, ToPort: 25, ...everybody },
        { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...everybody },
      ],
    }),
  );
  return { target: targetIn('AwsEc2SecurityGroup', GroupId), control: 'EC2.13' };
};
