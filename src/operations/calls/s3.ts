import type * as sdk from '@aws-sdk/client-s3';
import type { CallsOf } from './calls-of';

export type S3Calls = CallsOf<
  typeof sdk,
  's3',
  | 'CreateBucket'
  | 'DeleteBucket'
  | 'DeleteBucketEncryption'
  | 'DeleteBucketPolicy'
  | 'DeletePublicAccessBlock'
  | 'GetBucketAcl'
  | 'GetBucketEncryption'
  | 'GetBucketLocation'
  | 'GetBucketLogging'
  | 'GetBucketOwnershipControls'
  | 'GetBucketPolicy'
  | 'GetBucketPolicyStatus'
  | 'GetBucketTagging'
  | 'GetBucketWebsite'
  | 'GetObjectTagging'
  | 'GetPublicAccessBlock'
  | 'ListBuckets'
  | 'ListObjectVersions'
  | 'PutBucketEncryption'
  | 'PutBucketLogging'
  | 'PutBucketPolicy'
  | 'PutObjectTagging'
  | 'PutPublicAccessBlock'
>;
