import type { Offer } from '../../domain/playbook';

export const requireEc2Imdsv2: Offer = {
  id: 'require-ec2-imdsv2',
  title: 'Require IMDSv2 on an EC2 instance',
  summary:
    'The instance’s metadata service answers requests with a session token only. Its other settings stay, and one that is switched off stays off.',
  answers: ['EC2.8'],
  target: 'AwsEc2Instance',
  risk: 'medium',
  onFailure: 'roll back',
};
