import {
  S3Client,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import type { S3Calls } from '../../operations/calls/s3';
import { lazily, type Callers, type SessionConfig } from './callers';

export const s3Callers = (config: SessionConfig): Callers<keyof S3Calls> => {
  const client = lazily(() => new S3Client(config));
  return {
    's3:GetPublicAccessBlock': (input) => client().send(new GetPublicAccessBlockCommand(input)),
    's3:PutPublicAccessBlock': (input) => client().send(new PutPublicAccessBlockCommand(input)),
  };
};
