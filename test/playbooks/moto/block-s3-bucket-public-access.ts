import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketWebsiteCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { targetIn } from './target';
import type { Seed } from './seed';

const Bucket = 'acme-public-site';
const statement = (Sid: string, Principal: unknown, Action: string) => ({
  Sid,
  Effect: 'Allow',
  Principal,
  Action,
  Resource: `arn:aws:s3:::${Bucket}/*`,
});

export const blockS3BucketPublicAccess: Seed = async (settings) => {
  const s3 = new S3Client(settings);
  await s3.send(
    new CreateBucketCommand({ Bucket, ObjectOwnership: 'ObjectWriter', ACL: 'public-read' }),
  );
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      statement('PublicRead', '*', 's3:GetObject'),
      statement('Trail', { Service: 'cloudtrail.amazonaws.com' }, 's3:PutObject'),
    ],
  });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  const Tagging = { TagSet: [{ Key: 'owner', Value: 'web' }] };
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging }));
  const WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' } };
  await s3.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration }));
  return { target: targetIn('AwsS3Bucket', Bucket), control: 'S3.2' };
};
