import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';

import type { ClientSettings } from '../stack';
import { region, workloads } from './accounts';
import { ownedBy, tagList } from './tags';

/** A bucket whose policy asks for a KMS key, which its default encryption has lost. */
export interface Payroll {
  readonly bucket: string;
  /** ARN of the key. */
  readonly key: string;
}

export const createPayroll = async (
  settings: ClientSettings,
  keyId: string | undefined,
): Promise<Payroll> => {
  const s3 = new S3Client(settings);
  const Bucket = 'acme-payroll';
  const key = `arn:aws:kms:${region}:${workloads}:key/${keyId}`;
  const onlyWithKey = {
    Sid: 'OnlyWithKey',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: `arn:aws:s3:::${Bucket}/*`,
    Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': key } },
  };
  await s3.send(new CreateBucketCommand({ Bucket }));
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [onlyWithKey] });
  const Tagging = { TagSet: tagList(ownedBy('orders-team', { DataClass: 'restricted' })) };
  await Promise.all([
    s3.send(new PutBucketPolicyCommand({ Bucket, Policy })),
    s3.send(new PutBucketTaggingCommand({ Bucket, Tagging })),
  ]);
  return { bucket: Bucket, key };
};
