import type { Offer } from '../../domain/playbook';

export const restoreS3BucketEncryption: Offer = {
  id: 'restore-s3-bucket-encryption',
  title: 'Restore the default encryption of an S3 bucket',
  summary:
    'Sets the default encryption back to the KMS key that the bucket’s policy asks for, or to SSE-S3 where there is none. A KMS setting that stands stays, and so do all objects.',
  answers: ['macie:Policy:IAMUser/S3BucketEncryptionDisabled'],
  target: 'AwsS3Bucket',
  risk: 'medium',
  onFailure: 'roll back',
};
