import type * as sdk from '@aws-sdk/client-s3';
import type { CallsOf } from './calls-of';

export type S3Calls = CallsOf<typeof sdk, 's3', 'GetPublicAccessBlock' | 'PutPublicAccessBlock'>;
