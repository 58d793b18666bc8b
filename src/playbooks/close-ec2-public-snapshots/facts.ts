import type { Offer } from '../../domain/playbook';

export const closeEc2PublicSnapshots: Offer = {
  id: 'close-ec2-public-snapshots',
  title: 'Close public EBS snapshots',
  summary:
    'Stops sharing the account’s EBS snapshots of one region with everybody, each named in the plan. Shares with single accounts stay.',
  answers: ['EC2.1'],
  target: 'AwsAccount',
  risk: 'high',
  onFailure: 'roll back',
};
