import type { Offer } from '../../domain/playbook';

export const logVpcFlow: Offer = {
  id: 'log-vpc-flow',
  title: 'Log VPC flow that is rejected',
  summary:
    'Creates a log group and a flow log that records rejected traffic of the VPC. No packet is treated otherwise; flow logs that are there stay.',
  answers: ['EC2.6'],
  target: 'AwsEc2Vpc',
  risk: 'low',
  onFailure: 'roll back',
};
