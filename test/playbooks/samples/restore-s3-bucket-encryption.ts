import { Target } from '../../../src/domain/target';
import { account, region } from '../../support/builders';
import type { Handlers } from '../../support/memory-aws';
import { MemoryS3, type MemoryBucket } from '../../support/memory-s3';
import type { Worlds } from './worlds';

export const bucket = 'acme-payroll';
export const keyArn = `arn:aws:kms:${region}:${account}:key/0a1b2c3d-0000-4444-8888-000000000001`;

/** Denies what is not encrypted with this key. */
export const wants = (key: string, more: object = {}): object => ({
  Sid: 'OnlyWithKey',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutObject',
  Resource: `arn:aws:s3:::${bucket}/*`,
  Condition: {
    StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': key },
  },
  ...more,
});

export const policyWith = (...Statement: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });

export const sseS3 = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } };
export const kms = {
  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: keyArn },
};

const keys = (KeyState: 'Enabled' | 'Disabled'): Handlers => ({
  'kms:DescribeKey': ({ KeyId }) => ({ KeyMetadata: { KeyId, KeyState } }),
});

export const worldWith =
  (more: Partial<MemoryBucket>, handlers = keys('Enabled')) =>
  (): MemoryS3 => {
    const s3 = new MemoryS3(handlers);
    s3.bucket(bucket, more);
    return s3;
  };
export const disabled = keys('Disabled');

export const restoreS3BucketEncryption: Worlds = {
  target: Target.parse({ kind: 'AwsS3Bucket', id: bucket, account, region }),
  toChange: worldWith({ encryption: [sseS3], policy: policyWith(wants(keyArn)) }),
  compliant: worldWith({ encryption: [kms], policy: policyWith(wants(keyArn)) }),
};
