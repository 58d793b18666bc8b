import type * as sdk from '@aws-sdk/client-s3-control';
import type { CallsOf } from './calls-of';

export type S3ControlCalls = CallsOf<
  typeof sdk,
  's3control',
  'DeletePublicAccessBlock' | 'GetPublicAccessBlock' | 'PutPublicAccessBlock'
>;
