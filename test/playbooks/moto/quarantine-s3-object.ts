import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Seed } from './seed';
import { targetIn } from './target';

const Bucket = 'acme-exports';
const Key = 'hr/2026/people.csv';

export const quarantineS3Object: Seed = async (settings) => {
  const s3 = new S3Client(settings);
  await s3.send(new CreateBucketCommand({ Bucket }));
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Tls',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: `arn:aws:s3:::${Bucket}/*`,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'name\nAda Sample\n', Tagging: 'a=b' }));
  await s3.send(new PutObjectCommand({ Bucket, Key: `${Key}.bak`, Body: 'other\n' }));
  return { target: targetIn('AwsS3Object', `${Bucket}/${Key}`) };
};
