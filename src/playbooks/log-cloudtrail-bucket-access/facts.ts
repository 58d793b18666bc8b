import type { Offer } from '../../domain/playbook';

export const logCloudtrailBucketAccess: Offer = {
  id: 'log-cloudtrail-bucket-access',
  title: 'Log access to the CloudTrail bucket',
  summary:
    'Creates a private bucket for access logs and turns on server access logging of the bucket that holds the trail. Its objects, its policy and a logging that is on already stay.',
  answers: ['CloudTrail.7'],
  target: 'AwsS3Bucket',
  risk: 'low',
  onFailure: 'roll back',
};
