import {
  S3ControlClient,
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3-control';
import type { S3ControlCalls } from '../../operations/calls/s3-control';
import { lazily, type Callers, type SessionConfig } from './callers';

export const s3controlCallers = (config: SessionConfig): Callers<keyof S3ControlCalls> => {
  const client = lazily(() => new S3ControlClient(config));
  return {
    's3control:DeletePublicAccessBlock': (input) =>
      client().send(new DeletePublicAccessBlockCommand(input)),
    's3control:GetPublicAccessBlock': (input) =>
      client().send(new GetPublicAccessBlockCommand(input)),
    's3control:PutPublicAccessBlock': (input) =>
      client().send(new PutPublicAccessBlockCommand(input)),
  };
};
