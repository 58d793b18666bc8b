import type { Offer } from '../../domain/playbook';

export const collectEc2Evidence: Offer = {
  id: 'collect-ec2-evidence',
  title: 'Collect evidence of an EC2 instance',
  summary: 'Keeps evidence of it in the locked bucket. Nothing of the instance is changed.',
  answers: [],
  target: 'AwsEc2Instance',
  risk: 'low',
  onFailure: 'hold',
  options: [
    {
      id: 'host',
      label: 'Look inside the host',
      hint: 'Processes, connections, logins: by Systems Manager, reading only.',
      default: true,
    },
    {
      id: 'memory',
      label: 'Capture its memory',
      hint: 'By the account’s own document Drawbridge-Memory. Takes long.',
      default: false,
    },
  ],
};
