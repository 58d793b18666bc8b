import {
  S3Client,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketWebsiteCommand,
  GetObjectTaggingCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutObjectTaggingCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import type { S3Calls } from '../../operations/calls/s3';
import { lazily, type Callers, type SessionConfig } from './callers';

export const s3Callers = (config: SessionConfig): Callers<keyof S3Calls> => {
  // A finding may come from another Region than its bucket's.
  const client = lazily(() => new S3Client({ ...config, followRegionRedirects: true }));
  return {
    's3:CreateBucket': (input) => client().send(new CreateBucketCommand(input)),
    's3:DeleteBucket': (input) => client().send(new DeleteBucketCommand(input)),
    's3:DeleteBucketEncryption': (input) => client().send(new DeleteBucketEncryptionCommand(input)),
    's3:DeleteBucketPolicy': (input) => client().send(new DeleteBucketPolicyCommand(input)),
    's3:DeletePublicAccessBlock': (input) =>
      client().send(new DeletePublicAccessBlockCommand(input)),
    's3:GetBucketAcl': (input) => client().send(new GetBucketAclCommand(input)),
    's3:GetBucketEncryption': (input) => client().send(new GetBucketEncryptionCommand(input)),
    's3:GetBucketLocation': (input) => client().send(new GetBucketLocationCommand(input)),
    's3:GetBucketLogging': (input) => client().send(new GetBucketLoggingCommand(input)),
    's3:GetBucketOwnershipControls': (input) =>
      client().send(new GetBucketOwnershipControlsCommand(input)),
    's3:GetBucketPolicy': (input) => client().send(new GetBucketPolicyCommand(input)),
    's3:GetBucketPolicyStatus': (input) => client().send(new GetBucketPolicyStatusCommand(input)),
    's3:GetBucketTagging': (input) => client().send(new GetBucketTaggingCommand(input)),
    's3:GetBucketWebsite': (input) => client().send(new GetBucketWebsiteCommand(input)),
    's3:GetObjectTagging': (input) => client().send(new GetObjectTaggingCommand(input)),
    's3:GetPublicAccessBlock': (input) => client().send(new GetPublicAccessBlockCommand(input)),
    's3:ListBuckets': (input) => client().send(new ListBucketsCommand(input)),
    's3:ListObjectVersions': (input) => client().send(new ListObjectVersionsCommand(input)),
    's3:PutBucketEncryption': (input) => client().send(new PutBucketEncryptionCommand(input)),
    's3:PutBucketLogging': (input) => client().send(new PutBucketLoggingCommand(input)),
    's3:PutBucketPolicy': (input) => client().send(new PutBucketPolicyCommand(input)),
    's3:PutObjectTagging': (input) => client().send(new PutObjectTaggingCommand(input)),
    's3:PutPublicAccessBlock': (input) => client().send(new PutPublicAccessBlockCommand(input)),
  };
};
