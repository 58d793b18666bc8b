import { Target } from '../../../src/domain/target';
import { withDenial } from '../../../src/operations/s3/object-denial';
import { denialFor } from '../../../src/playbooks/quarantine-s3-object/read';
import { account, region } from '../../support/builders';
import { anObject, MemoryS3, type MemoryBucket } from '../../support/memory-s3';
import { memoryS3Control, type AccountBlocks } from '../../support/memory-s3-control';
import type { Worlds } from './worlds';

export const bucket = 'acme-exports';
export const key = 'hr/2026/people.csv';
export const target = Target.parse({
  kind: 'AwsS3Object',
  id: `${bucket}/${key}`,
  account,
  region,
});
export const denial = denialFor(target);

export const worldWith =
  (more: Partial<MemoryBucket> = {}, blocks: AccountBlocks = new Map()) =>
  (): MemoryS3 => {
    const s3 = new MemoryS3(memoryS3Control(blocks));
    const objects = { [key]: anObject({ tags: { owner: 'hr' } }), [`${key}.bak`]: anObject() };
    s3.bucket(bucket, structuredClone({ objects, ...more }));
    return s3;
  };

export const tls = {
  Sid: 'Tls',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: `arn:aws:s3:::${bucket}/*`,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
export const policyOf = (...Statement: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });

export const quarantineS3Object: Worlds = {
  target,
  toChange: worldWith({ policy: policyOf(tls) }),
  compliant: worldWith({ policy: withDenial(undefined, denial) }),
};
