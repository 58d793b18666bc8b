import {
  CreateBucketCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { setTimeout as sleep } from 'node:timers/promises';
import { botAccount } from '../../../sandbox/estate';
import { asAccount } from '../../../sandbox/stack';
import type { EvidenceStore } from '../../../src/aws/calls/own';
import type { LocalAws } from './local-aws';

/** A bucket as infra/evidence.yml makes it, in the bot's account. */
export const localEvidence = async (
  { edge }: Pick<LocalAws, 'edge'>,
  bucket = 'drawbridge-evidence',
): Promise<EvidenceStore> => {
  const s3 = new S3Client({ ...asAccount(edge.url, botAccount), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: true }));
  const DefaultRetention = { Mode: 'GOVERNANCE' as const, Days: 1 };
  const ObjectLockConfiguration = {
    ObjectLockEnabled: 'Enabled' as const,
    Rule: { DefaultRetention },
  };
  await s3.send(new PutObjectLockConfigurationCommand({ Bucket: bucket, ObjectLockConfiguration }));
  return {
    s3,
    bucket,
    sleep: (milliseconds) => sleep(Math.min(milliseconds, 50)),
    now: () => new Date(),
    forensics: '777788889999',
  };
};
