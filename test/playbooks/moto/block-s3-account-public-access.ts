import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { workloads } from '../../../sandbox/estate';
import { targetIn } from './target';
import type { Seed } from './seed';

export const blockS3AccountPublicAccess: Seed = async (settings) => {
  const s3 = new S3Client(settings);
  await s3.send(new CreateBucketCommand({ Bucket: 'acme-private' }));
  return { target: targetIn('AwsAccount', workloads), control: 'S3.1' };
};
