import type * as sdk from '@aws-sdk/client-s3';
import type { CallsOf } from './calls-of';

export type S3Calls = CallsOf<
  typeof sdk,
  's3',
  | 'CreateBucket'
  | 'DeleteBucket'
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
  | 'GetPublicAccessBlock'
  | 'ListBuckets'
  | 'ListObjectVersions'
  | 'PutBucketEncryption'
  | 'PutBucketLogging'
  | 'PutBucketPolicy'
  | 'PutPublicAccessBlock'
>;
