import type { ServerSideEncryptionRule } from '@aws-sdk/client-s3';
import {
  encryptionWords,
  setBucketEncryption,
} from '../../src/operations/s3/set-bucket-encryption';
import { account } from '../support/builders';
import { MemoryS3 } from '../support/memory-s3';

const run = 'rem-0000000000/0';
const key = `arn:aws:kms:eu-west-1:${account}:key/1`;
const input = { bucket: 'acme', account, key };
const bare: ServerSideEncryptionRule = {
  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
  BucketKeyEnabled: false,
  BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
};
const bucketWith = (encryption?: readonly ServerSideEncryptionRule[]) => {
  const s3 = new MemoryS3();
  const bucket = s3.bucket('acme', encryption && { encryption });
  return { s3, bucket, read: () => setBucketEncryption.read(s3, input, run) };
};

it('changes the key and nothing else of the rule, and gives back the very rule', async () => {
  const { s3, bucket, read } = bucketWith([bare]);
  const before = await read();

  await setBucketEncryption.apply(s3, input, before, run);
  expect(bucket.encryption).toEqual([
    {
      ...bare,
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key },
    },
  ]);
  await setBucketEncryption.undo(s3, input, before, await read());

  expect(bucket.encryption).toEqual([bare]);
});

it('leaves two layers of KMS with the same key as they are', async () => {
  const { s3, read } = bucketWith([
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms:dsse', KMSMasterKeyID: key } },
  ]);

  expect(setBucketEncryption.holds(await read(), input)).toBe(true);
  await setBucketEncryption.apply(s3, input, await read(), run);
  expect(s3.calls.some(({ name }) => name.includes(':Put'))).toBe(false);
});

it('leaves what somebody else has set meanwhile', async () => {
  const { s3, bucket, read } = bucketWith([bare]);
  const before = await read();
  await setBucketEncryption.apply(s3, input, before, run);
  const after = await read();
  const other = {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: 'x' },
  };
  bucket.encryption = [other];

  await setBucketEncryption.undo(s3, input, before, await read());

  expect(bucket.encryption).toEqual([other]);
  expect(setBucketEncryption.restored(await read(), input, before)).toBe(true);
  expect(setBucketEncryption.drift(after, await read())).toEqual([
    'changed since: new objects are encrypted with KMS, key x',
  ]);
});

it.each([
  [[], 'nothing that was set'],
  [[{ algorithm: 'AES256' }], 'SSE-S3, a key of S3'],
  [[{ algorithm: 'aws:kms' }], 'KMS, the AWS managed key'],
  [[{ algorithm: 'aws:kms:dsse', key: 'k' }], 'two layers of KMS, key k'],
])('%j is called %s', (rules, words) => {
  expect(encryptionWords(rules)).toBe(words);
});
