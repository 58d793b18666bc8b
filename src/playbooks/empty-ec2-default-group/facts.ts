import type { Offer } from '../../domain/playbook';

export const emptyEc2DefaultGroup: Offer = {
  id: 'empty-ec2-default-group',
  title: 'Empty the default security group of a VPC',
  summary:
    'Removes all inbound and outbound rules of a VPC’s default group, which everything gets that names no group. Other groups stay as they are.',
  answers: ['EC2.2'],
  target: 'AwsEc2SecurityGroup',
  risk: 'medium',
  onFailure: 'roll back',
};
