import type { Offer } from '../../domain/playbook';

export const blockS3BucketPublicAccess: Offer = {
  id: 'block-s3-bucket-public-access',
  title: 'Block public access to an S3 bucket',
  summary:
    'Switches on the four settings of the bucket’s public access block. Its policy and ACL stay as they are, without effect where they are public; settings that are on stay on.',
  answers: [
    'CloudTrail.6',
    'S3.2',
    'S3.3',
    'S3.8',
    'macie:Policy:IAMUser/S3BlockPublicAccessDisabled',
    'macie:Policy:IAMUser/S3BucketPublic',
  ],
  target: 'AwsS3Bucket',
  risk: 'high',
  onFailure: 'roll back',
};
