import type { Instance } from '@aws-sdk/client-ec2';
import type { Asked } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { optionsOf, readInstance, type MetadataOptions } from '../../operations/ec2/require-imdsv2';

/** The instance as it stands: `missing` when it is terminated or gone. */
export type InstanceFacts =
  | { kind: 'missing' }
  | {
      kind: 'instance';
      name: string;
      /** EC2's word: `running`, `stopped` … */
      state: string;
      options: MetadataOptions;
      /** ARN of the instance profile, whose credentials the metadata service gives. */
      profile: string;
      /** The Auto Scaling group and the launch template that it came from; empty if none. */
      group: string;
      template: string;
    };

export const permissions = ['ec2:DescribeInstances'] as const;

export const read = async (aws: Aws, { target }: Asked): Promise<InstanceFacts> => {
  const instance = await readInstance(aws, target.id);
  if (!instance) return { kind: 'missing' };
  return {
    kind: 'instance',
    name: tagOf(instance, 'Name'),
    state: instance.State?.Name ?? 'unknown',
    options: optionsOf(instance),
    profile: instance.IamInstanceProfile?.Arn ?? '',
    group: tagOf(instance, 'aws:autoscaling:groupName'),
    template: templateOf(instance),
  };
};

/** `lt-0a1b2c3d, version 3` */
const templateOf = (instance: Instance): string => {
  const [id, version] = [
    tagOf(instance, 'aws:ec2launchtemplate:id'),
    tagOf(instance, 'aws:ec2launchtemplate:version'),
  ];
  return version === '' ? id : `${id}, version ${version}`;
};

const tagOf = ({ Tags = [] }: Instance, key: string): string =>
  Tags.find(({ Key }) => Key === key)?.Value ?? '';
