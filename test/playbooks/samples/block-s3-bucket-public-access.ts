import { account, region } from '../../support/builders';
import { MemoryS3, type MemoryBucket } from '../../support/memory-s3';
import { memoryS3Control } from '../../support/memory-s3-control';
import { Target } from '../../../src/domain/target';
import type { Worlds } from './worlds';

export const bucketName = 'acme-assets';
export const publicRead = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'PublicRead',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${bucketName}/*`,
    },
    {
      Sid: 'Trail',
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${bucketName}/AWSLogs/*`,
    },
  ],
});

const world = (more: Partial<MemoryBucket>) => () => {
  const s3 = new MemoryS3(memoryS3Control(new Map()));
  s3.bucket(bucketName, { region, tags: { owner: 'web' }, ...more });
  return s3;
};
const on = { BlockPublicAcls: true, IgnorePublicAcls: true };

export const blockS3BucketPublicAccess: Worlds = {
  target: Target.parse({ kind: 'AwsS3Bucket', id: bucketName, account, region }),
  toChange: world({ policy: publicRead, isPublic: true, block: on, website: true }),
  compliant: world({
    policy: publicRead,
    isPublic: true,
    block: { ...on, BlockPublicPolicy: true, RestrictPublicBuckets: true },
  }),
};
