import { region, workloads } from './accounts';
import { ownedBy } from './tags';
import type { Estate } from './index';

const severity = (description: 'High' | 'Medium' | 'Low') => ({
  description,
  score: { High: 3, Medium: 2, Low: 1 }[description],
});

const common = (id: string, now: Date) => ({
  schemaVersion: '1.0',
  id,
  accountId: workloads,
  partition: 'aws',
  region,
  createdAt: now.toISOString(),
  updatedAt: now.toISOString(),
  count: 1,
  archived: false,
  sample: false,
});

const bucketOf = (
  name: string,
  effectivePermission: 'PUBLIC' | 'NOT_PUBLIC',
  owner: string,
  DataClass: string,
) => ({
  arn: `arn:aws:s3:::${name}`,
  name,
  owner: { displayName: 'workloads', id: 'a1b2c3' },
  tags: Object.entries(ownedBy(owner, { DataClass })).map(([key, value]) => ({ key, value })),
  publicAccess: { effectivePermission },
});

/** Findings as Macie itself puts them on the bus. */
export const macieFindings = ({ buckets, payroll }: Estate, now: Date) => {
  const key = 'payments/2026/11/export.csv';
  const sensitive = {
    ...common('5be50fce24526e670df77bc00ce48e71', now),
    category: 'CLASSIFICATION',
    type: 'SensitiveData:S3Object/Financial',
    title: 'The S3 object contains financial information',
    description: 'The S3 object contains financial information such as credit card numbers.',
    severity: severity('High'),
    resourcesAffected: {
      s3Bucket: bucketOf(buckets.raw, 'NOT_PUBLIC', 'orders-team', 'restricted'),
      s3Object: {
        bucketArn: `arn:aws:s3:::${buckets.raw}`,
        key,
        path: `${buckets.raw}/${key}`,
        extension: 'csv',
        eTag: 'ce3b0d1a9c9d4f6e8a2b7c5d4e3f2a1b',
        size: 1800,
        storageClass: 'STANDARD',
        tags: [],
      },
    },
    classificationDetails: {
      jobArn: `arn:aws:macie2:${region}:${workloads}:classification-job/3ce05dbb7ec5505def334104bf6db1`,
      result: {
        status: { code: 'COMPLETE' },
        sizeClassified: 1800,
        sensitiveData: [
          {
            category: 'FINANCIAL_INFORMATION',
            totalCount: 40,
            detections: [{ type: 'CREDIT_CARD_NUMBER', count: 40 }],
          },
        ],
      },
    },
  };
  const policy = {
    ...common('0f7e6d5c4b3a29181706f5e4d3c2b1a0', now),
    category: 'POLICY',
    type: 'Policy:IAMUser/S3BucketPublic',
    title: 'The S3 bucket is publicly accessible',
    description: 'The S3 bucket became publicly accessible by its bucket policy.',
    severity: severity('High'),
    resourcesAffected: { s3Bucket: bucketOf(buckets.assets, 'PUBLIC', 'web-team', 'public') },
    policyDetails: {
      action: {
        actionType: 'AWS_API_CALL',
        apiCallDetails: { api: 'PutBucketPolicy', apiServiceName: 's3.amazonaws.com' },
      },
    },
  };
  const encryption = {
    ...common('7c1d0b9a8f6e5d4c3b2a190817263544', now),
    category: 'POLICY',
    type: 'Policy:IAMUser/S3BucketEncryptionDisabled',
    title: 'The default encryption settings of the S3 bucket were reset',
    description: 'The bucket encrypts new objects with a key of S3 instead of a KMS key.',
    severity: severity('Low'),
    resourcesAffected: {
      s3Bucket: {
        ...bucketOf(payroll.bucket, 'NOT_PUBLIC', 'orders-team', 'restricted'),
        defaultServerSideEncryption: { encryptionType: 'AES256', kmsMasterKeyId: null },
      },
    },
    policyDetails: {
      action: {
        actionType: 'AWS_API_CALL',
        apiCallDetails: { api: 'DeleteBucketEncryption', apiServiceName: 's3.amazonaws.com' },
      },
    },
  };
  return { sensitive, policy, encryption };
};
