import {
  DescribeImagesCommand,
  RunInstancesCommand,
  type EC2Client,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { targetIn } from './target';

/** One small instance of an image of Amazon's, as the target of a playbook. */
export const launch = async (ec2: EC2Client, more: Partial<RunInstancesCommandInput> = {}) => {
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: Images[0]?.ImageId ?? '',
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      ...more,
    }),
  );
  return targetIn('AwsEc2Instance', Instances[0]?.InstanceId ?? '');
};
