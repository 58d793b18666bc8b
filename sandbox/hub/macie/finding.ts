import { randomUUID } from 'node:crypto';
import type { FindingType, S3Bucket } from '@aws-sdk/client-macie2';
import type { Wire } from '../http/call';
import type { Job } from './job';
import type { OpenObject, Tag } from './objects';
import { classificationResult, scoreOf, type Scanned } from './result';
import { extensionOf } from './scope';
import { severityOf } from './severity';
import type { MacieFinding } from './state';

const byCategory = {
  CREDENTIALS: 'SensitiveData:S3Object/Credentials',
  FINANCIAL_INFORMATION: 'SensitiveData:S3Object/Financial',
  PERSONAL_INFORMATION: 'SensitiveData:S3Object/Personal',
} as const satisfies Record<string, FindingType>;

const words: Partial<Record<FindingType, [title: string, description: string]>> = {
  'SensitiveData:S3Object/Multiple': [
    'The S3 object contains multiple categories of sensitive data',
    'The S3 object contains more than one category of sensitive data.',
  ],
  'SensitiveData:S3Object/Financial': [
    'The S3 object contains financial information',
    'The S3 object contains financial information such as credit card numbers.',
  ],
  'SensitiveData:S3Object/Personal': [
    'The S3 object contains personal information',
    'The S3 object contains personal information such as identification numbers.',
  ],
  'SensitiveData:S3Object/Credentials': [
    'The S3 object contains credentials data',
    'The S3 object contains credentials such as AWS secret access keys or private keys.',
  ],
  'SensitiveData:S3Object/CustomIdentifier': [
    'The S3 object contains text that matches custom data identifier criteria',
    'The S3 object contains text that matches the criteria of one or more custom data identifiers.',
  ],
};

/** One category names the type; two or more, or a custom one beside a managed one, are Multiple. */
export function typeOf({ managed, custom }: Scanned): FindingType | undefined {
  const categories = new Set(managed.map(({ identifier }) => identifier.category));
  const [only] = categories;
  if (categories.size + (custom.length > 0 ? 1 : 0) > 1) return 'SensitiveData:S3Object/Multiple';
  if (only) return byCategory[only];
  return custom.length > 0 ? 'SensitiveData:S3Object/CustomIdentifier' : undefined;
}

/** Everything known of one object when it has been read. */
export interface Subject {
  job: Job;
  account: string;
  region: string;
  bucket: Wire<S3Bucket>;
  object: OpenObject;
  tags: Tag[];
  scanned: Scanned;
  resultsLocation: string;
}

export function s3Object({ object, bucket, tags }: Pick<Subject, 'object' | 'bucket' | 'tags'>) {
  return {
    key: object.key,
    path: `${bucket.name}/${object.key}`,
    bucketArn: bucket.arn,
    size: object.size,
    eTag: object.eTag,
    versionId: object.versionId,
    extension: extensionOf(object.key),
    lastModified: object.lastModified.toISOString(),
    storageClass: 'STANDARD' as const,
    serverSideEncryption: { encryptionType: object.encryption, kmsMasterKeyId: object.kmsKey },
    publicAccess: bucket.publicAccess?.effectivePermission === 'PUBLIC',
    tags,
  };
}

export function details({ job, scanned, resultsLocation }: Subject, most: number) {
  return {
    jobId: job.id,
    jobArn: job.arn,
    originType: 'SENSITIVE_DATA_DISCOVERY_JOB' as const,
    detailedResultsLocation: resultsLocation,
    result: classificationResult(scanned, most),
  };
}

/** Nothing sensitive found is no finding; only the discovery result tells that the object was read. */
export function findingFor(subject: Subject, now: Date): MacieFinding | undefined {
  const type = typeOf(subject.scanned);
  if (!type) return undefined;
  const [title = '', description = ''] = words[type] ?? [];
  const at = now.toISOString();
  return {
    schemaVersion: '1.0',
    id: randomUUID().replaceAll('-', ''),
    accountId: subject.account,
    partition: 'aws',
    region: subject.region,
    type,
    category: 'CLASSIFICATION',
    title,
    description,
    severity: severityOf(scoreOf(subject.scanned)),
    createdAt: at,
    updatedAt: at,
    count: 1,
    archived: false,
    sample: false,
    resourcesAffected: { s3Bucket: subject.bucket, s3Object: s3Object(subject) },
    classificationDetails: details(subject, 15),
  };
}
