import type { Offer } from '../../domain/playbook';

export const closeEc2AdminPorts: Offer = {
  id: 'close-ec2-admin-ports',
  title: 'Close SSH and RDP to the internet',
  summary:
    'Takes port 22 or 3389 out of the inbound rules that are open to 0.0.0.0/0 or ::/0. Ranges are split, so other ports and other sources stay as they are.',
  answers: ['EC2.13', 'EC2.14'],
  target: 'AwsEc2SecurityGroup',
  risk: 'medium',
  onFailure: 'roll back',
};
