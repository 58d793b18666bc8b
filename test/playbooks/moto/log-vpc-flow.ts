import {
  CreateFlowLogsCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { deliveryRole } from './delivery-role';
import type { Seed } from './seed';
import { targetIn } from './target';

/** Only a subnet of it has a flow log, which is not enough. */
export const logVpcFlow: Seed = async (settings) => {
  const role = 'DrawbridgeFlowLogs';
  await deliveryRole(settings, role, 'vpc-flow-logs.amazonaws.com');
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
      DeliverLogsPermissionArn: `arn:aws:iam::${target.account}:role/${role}`,
    }),
  );
  return { target, control: 'EC2.6' };
};
