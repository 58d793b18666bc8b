import type { Instance } from '@aws-sdk/client-ec2';
import { Target } from '../../../src/domain/target';
import { anInstance, instanceId } from '../../operations/samples/ec2-instances';
import { account, region } from '../../support/builders';
import { MemoryAws } from '../../support/memory-aws';
import { memoryInstances } from '../../support/memory-instances';
import type { Worlds } from './worlds';

const instance = (more: Instance) => () => new MemoryAws(memoryInstances([anInstance(more)]));

export const requireEc2Imdsv2: Worlds = {
  target: Target.parse({ kind: 'AwsEc2Instance', id: instanceId, account, region }),
  toChange: instance({
    IamInstanceProfile: { Arn: `arn:aws:iam::${account}:instance-profile/web` },
    Tags: [
      { Key: 'Name', Value: 'web-1' },
      { Key: 'aws:autoscaling:groupName', Value: 'web' },
      { Key: 'aws:ec2launchtemplate:id', Value: 'lt-0a1b2c3d' },
      { Key: 'aws:ec2launchtemplate:version', Value: '3' },
    ],
  }),
  compliant: instance({ MetadataOptions: { HttpTokens: 'required', HttpEndpoint: 'enabled' } }),
};
