import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { Seed } from './seed';
import { targetIn } from './target';

/** A name so long that the name of its log bucket is cut. */
export const logCloudtrailBucketAccess: Seed = async (settings) => {
  const Bucket = 'acme-trail-of-the-whole-organization-since-2019';
  await new S3Client(settings).send(new CreateBucketCommand({ Bucket }));
  return { target: targetIn('AwsS3Bucket', Bucket), control: 'CloudTrail.7' };
};
