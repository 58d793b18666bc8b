import {
  GetBucketEncryptionCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  GetBucketPolicyStatusCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { S3Bucket } from '@aws-sdk/client-macie2';
import type { Wire } from '../http/call';
import { encryptionNamed } from './objects';

/** Emulators leave some of these calls out; the default then stands for "not configured". */
async function orElse<Value>(read: Promise<Value>, fallback: Value): Promise<Value> {
  try {
    return await read;
  } catch {
    return fallback;
  }
}

async function blockOf(s3: S3Client, Bucket: string) {
  const { PublicAccessBlockConfiguration: block } = await s3.send(
    new GetPublicAccessBlockCommand({ Bucket }),
  );
  return {
    blockPublicAcls: block?.BlockPublicAcls ?? false,
    blockPublicPolicy: block?.BlockPublicPolicy ?? false,
    ignorePublicAcls: block?.IgnorePublicAcls ?? false,
    restrictPublicBuckets: block?.RestrictPublicBuckets ?? false,
  };
}

async function encryptionOf(s3: S3Client, Bucket: string) {
  const { ServerSideEncryptionConfiguration } = await s3.send(
    new GetBucketEncryptionCommand({ Bucket }),
  );
  const rule = ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  return {
    encryptionType: encryptionNamed(rule?.SSEAlgorithm ?? 'AES256'),
    kmsMasterKeyId: rule?.KMSMasterKeyID,
  };
}

// No block configured.
const open = {
  blockPublicAcls: false,
  blockPublicPolicy: false,
  ignorePublicAcls: false,
  restrictPublicBuckets: false,
};

export async function isVersioned(s3: S3Client, Bucket: string): Promise<boolean> {
  const answer = s3.send(new GetBucketVersioningCommand({ Bucket }));
  return (await orElse(answer, undefined))?.Status === 'Enabled';
}

/** What a finding and DescribeBuckets say of a bucket, read from S3 itself. */
export async function bucketFacts(
  s3: S3Client,
  name: string,
  account: string,
): Promise<Wire<S3Bucket>> {
  const [block, encryption, tags, status] = await Promise.all([
    orElse(blockOf(s3, name), open),
    orElse(encryptionOf(s3, name), {
      encryptionType: 'AES256' as const,
      kmsMasterKeyId: undefined,
    }),
    orElse(s3.send(new GetBucketTaggingCommand({ Bucket: name })), undefined),
    orElse(s3.send(new GetBucketPolicyStatusCommand({ Bucket: name })), undefined),
  ]);
  const byPolicy = status?.PolicyStatus?.IsPublic === true;
  const isPublic = byPolicy && !block.restrictPublicBuckets;
  return {
    name,
    arn: `arn:aws:s3:::${name}`,
    owner: { id: account.padStart(64, '0'), displayName: account },
    allowsUnencryptedObjectUploads: 'TRUE',
    defaultServerSideEncryption: encryption,
    tags: (tags?.TagSet ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })),
    publicAccess: {
      effectivePermission: isPublic ? 'PUBLIC' : 'NOT_PUBLIC',
      permissionConfiguration: {
        accountLevelPermissions: { blockPublicAccess: open },
        bucketLevelPermissions: {
          blockPublicAccess: block,
          accessControlList: { allowsPublicReadAccess: false, allowsPublicWriteAccess: false },
          bucketPolicy: { allowsPublicReadAccess: byPolicy, allowsPublicWriteAccess: false },
        },
      },
    },
  };
}
