import {
  CreateFlowLogsCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { createDeliveryRoles } from '../../../sandbox/estate';
import type { Seed } from './seed';
import { targetIn } from './target';

/** Only a subnet of it has a flow log, which is not enough. */
export const logVpcFlow: Seed = async (settings) => {
  await createDeliveryRoles(settings);
  const ec2 = new EC2Client(settings);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.11.0.0/16' }));
  const VpcId = Vpc?.VpcId ?? '';
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.11.1.0/24' }));
  const target = targetIn('AwsEc2Vpc', VpcId);
  await ec2.send(
    new CreateFlowLogsCommand({
      ResourceIds: [Subnet?.SubnetId ?? ''],
      ResourceType: 'Subnet',
      TrafficType: 'ALL',
      LogGroupName: 'subnet',
      DeliverLogsPermissionArn: `arn:aws:iam::${target.account}:role/DrawbridgeFlowLogs`,
    }),
  );
  return { target, control: 'EC2.6' };
};
