import { account, region } from '../../support/builders';
import { MemoryS3 } from '../../support/memory-s3';
import { memoryS3Control, type AccountBlocks } from '../../support/memory-s3-control';
import { Target } from '../../../src/domain/target';
import { publicRead } from './block-s3-bucket-public-access';
import type { Worlds } from './worlds';

const world = (blocks: () => AccountBlocks) => () => {
  const s3 = new MemoryS3(memoryS3Control(blocks()));
  s3.bucket('acme-assets', { policy: publicRead, isPublic: true, website: true });
  s3.bucket('acme-raw');
  return s3;
};
const on = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

export const blockS3AccountPublicAccess: Worlds = {
  target: Target.parse({ kind: 'AwsAccount', id: account, account, region }),
  toChange: world(() => new Map()),
  compliant: world(() => new Map([[account, on]])),
};
