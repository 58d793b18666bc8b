import { aTarget } from '../../support/builders';
import { MemoryAws } from '../../support/memory-aws';
import { MemoryS3Logging } from '../../support/memory-s3-logging';
import type { Worlds } from './worlds';

export const logCloudtrailBucketAccess: Worlds = {
  target: { ...aTarget, kind: 'AwsS3Bucket', id: 'trail-logs' },
  toChange: () => new MemoryAws(new MemoryS3Logging().bucket('trail-logs').handlers),
  compliant: () => {
    const logging = { TargetBucket: 'elsewhere', TargetPrefix: '' };
    return new MemoryAws(new MemoryS3Logging().bucket('trail-logs', { logging }).handlers);
  },
};
