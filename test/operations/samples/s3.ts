import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import type { BlockAccountPublicAccess } from '../../../src/operations/s3/block-account-public-access';
import type { BlockPublicAccess } from '../../../src/operations/s3/block-public-access';
import { account } from '../../support/builders';
import { MemoryAws } from '../../support/memory-aws';
import { MemoryS3 } from '../../support/memory-s3';
import { memoryS3Control } from '../../support/memory-s3-control';
import type { Sample } from './sample';

const blocks: readonly [string, PublicAccessBlockConfiguration?][] = [
  ['no block at all'],
  ['a block with all off', all(false)],
  ['a block that is half on', { ...all(false), BlockPublicAcls: true, IgnorePublicAcls: true }],
  ['nothing to do', all(true)],
];

function all(on: boolean): PublicAccessBlockConfiguration {
  return {
    BlockPublicAcls: on,
    IgnorePublicAcls: on,
    BlockPublicPolicy: on,
    RestrictPublicBuckets: on,
  };
}

const bucket: BlockPublicAccess = { bucket: 'acme-assets', account };

export const blockPublicAccess: readonly Sample[] = blocks.map(([name, block]) => ({
  name,
  input: bucket,
  world: () => {
    const s3 = new MemoryS3();
    s3.bucket(bucket.bucket, block && { block });
    return s3;
  },
}));

const whole: BlockAccountPublicAccess = { account };

export const blockAccountPublicAccess: readonly Sample[] = blocks.map(([name, block]) => ({
  name,
  input: whole,
  world: () => new MemoryAws(memoryS3Control(new Map(block && [[account, block]]))),
}));
