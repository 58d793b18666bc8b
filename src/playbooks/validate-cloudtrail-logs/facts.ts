import type { Offer } from '../../domain/playbook';

export const validateCloudtrailLogs: Offer = {
  id: 'validate-cloudtrail-logs',
  title: 'Validate CloudTrail log files',
  summary:
    'Turns on log file validation of the trail: signed digests show whether a log file was changed or deleted. Every other setting of the trail stays.',
  answers: ['CloudTrail.4'],
  target: 'AwsCloudTrailTrail',
  risk: 'low',
  onFailure: 'roll back',
};
