import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import type { Seed } from './seed';
import { targetIn } from './target';

const Bucket = 'acme-payroll';

/** Its policy asks for a key, and the default encryption has lost it: what S3 does by itself is left. */
export const restoreS3BucketEncryption: Seed = async (settings) => {
  const s3 = new S3Client(settings);
  const { KeyMetadata } = await new KMSClient(settings).send(new CreateKeyCommand({}));
  await s3.send(new CreateBucketCommand({ Bucket }));
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OnlyWithKey',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${Bucket}/*`,
        Condition: {
          StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': KeyMetadata?.Arn },
        },
      },
    ],
  });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  return { target: targetIn('AwsS3Bucket', Bucket) };
};
