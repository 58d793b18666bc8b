import type { Offer } from '../../domain/playbook';

export const sendCloudtrailToLogs: Offer = {
  id: 'send-cloudtrail-to-logs',
  title: 'Send CloudTrail events to CloudWatch Logs',
  summary:
    'Creates a log group and attaches it to the trail, so that alarms can watch its events. The bucket of the trail, its policy and an attached log group stay.',
  answers: ['CloudTrail.5'],
  target: 'AwsCloudTrailTrail',
  risk: 'medium',
  onFailure: 'roll back',
};
