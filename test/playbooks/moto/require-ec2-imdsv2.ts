import { DescribeImagesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { targetIn } from './target';
import type { Seed } from './seed';

/** An instance whose other metadata options are not the defaults, so that a lost one shows. */
export const requireEc2Imdsv2: Seed = async (settings) => {
  const ec2 = new EC2Client(settings);
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: Images[0]?.ImageId ?? '',
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      MetadataOptions: {
        HttpTokens: 'optional',
        HttpEndpoint: 'enabled',
        HttpPutResponseHopLimit: 3,
        InstanceMetadataTags: 'enabled',
      },
    }),
  );
  return {
    target: targetIn('AwsEc2Instance', Instances[0]?.InstanceId ?? ''),
    control: 'EC2.8',
  };
};
