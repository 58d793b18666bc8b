import type { Offer } from '../../domain/playbook';

export const isolateEc2Instance: Offer = {
  id: 'isolate-ec2-instance',
  title: 'Isolate an EC2 instance',
  summary:
    'Takes evidence first, then cuts the instance off: its network, its credentials, its load balancers. It goes on running, and /release brings everything back.',
  answers: ['guardduty:*'],
  command: 'isolate',
  evidence: 'collect-ec2-evidence',
  target: 'AwsEc2Instance',
  risk: 'high',
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
    {
      id: 'sessions',
      label: 'Revoke all sessions of its role',
      hint: 'Others with it are cut off until they have new credentials.',
      default: false,
    },
    {
      id: 'addresses',
      label: 'Take its Elastic IP addresses away',
      hint: 'Cuts at once what comes in by them. A release gives them back.',
      default: false,
    },
    {
      id: 'metadata',
      label: 'Switch its metadata service off',
      hint: 'No credentials, no host data. SSM without a profile ends with it.',
      default: false,
    },
    {
      id: 'stop',
      label: 'Stop it in the end',
      hint: 'Memory and instance store are lost for ever.',
      default: false,
    },
  ],
};
