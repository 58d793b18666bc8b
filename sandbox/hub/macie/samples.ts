import { randomUUID } from 'node:crypto';
import { FindingType, type PolicyDetails, type SensitiveDataItem } from '@aws-sdk/client-macie2';
import { z } from 'zod';
import type { Call, Done, Wire } from '../http/call';
import { parse } from '../http/parse';
import { publish } from './publish';
import { severityOf } from './severity';
import { requireMacie, type MacieAccount, type MacieFinding } from './state';

const Request = z.object({ findingTypes: z.array(z.enum(FindingType)).optional() });
const name = 'macie-sample-finding-bucket';

const personal: Wire<SensitiveDataItem> = {
  category: 'PERSONAL_INFORMATION',
  totalCount: 12,
  detections: [{ type: 'USA_SOCIAL_SECURITY_NUMBER', count: 12 }],
};
const financial: Wire<SensitiveDataItem> = {
  category: 'FINANCIAL_INFORMATION',
  totalCount: 7,
  detections: [{ type: 'CREDIT_CARD_NUMBER', count: 7 }],
};
const credentials: Wire<SensitiveDataItem> = {
  category: 'CREDENTIALS',
  totalCount: 1,
  detections: [{ type: 'AWS_CREDENTIALS', count: 1 }],
};
const found: Partial<Record<FindingType, Wire<SensitiveDataItem>[]>> = {
  'SensitiveData:S3Object/Personal': [personal],
  'SensitiveData:S3Object/Financial': [financial],
  'SensitiveData:S3Object/Credentials': [credentials],
  'SensitiveData:S3Object/Multiple': [personal, financial],
};

function policyDetails(at: string): Wire<PolicyDetails> {
  const api = 'PutBucketPolicy';
  return {
    action: {
      actionType: 'AWS_API_CALL',
      apiCallDetails: { api, apiServiceName: 's3.amazonaws.com', firstSeen: at, lastSeen: at },
    },
    actor: {
      userIdentity: { type: 'Root', root: { accountId: '000000000000' } },
      ipAddressDetails: { ipAddressV4: '198.51.100.1' },
    },
  };
}

function sampleOf(macie: MacieAccount, type: FindingType, at: string): MacieFinding {
  const isPolicy = type.startsWith('Policy:');
  const jobId = '0'.repeat(32);
  const arn = `arn:aws:s3:::${name}`;
  const object = {
    bucketArn: arn,
    key: 'sample-path/sample-object.csv',
    path: `${name}/sample-path/sample-object.csv`,
    extension: 'csv',
    size: 4096,
    eTag: '0'.repeat(32),
    versionId: '',
    lastModified: at,
  };
  const isCustom = type === 'SensitiveData:S3Object/CustomIdentifier';
  const detections = isCustom ? [{ arn: randomUUID(), name: 'sample-identifier', count: 3 }] : [];
  return {
    schemaVersion: '1.0',
    id: randomUUID().replaceAll('-', ''),
    accountId: macie.account,
    partition: 'aws',
    region: macie.region,
    type,
    category: isPolicy ? 'POLICY' : 'CLASSIFICATION',
    title: `[SAMPLE] ${type}`,
    description: 'A sample finding with fictitious data.',
    severity: severityOf(isPolicy || type.endsWith('Credentials') ? 3 : 2),
    createdAt: at,
    updatedAt: at,
    count: 1,
    archived: false,
    sample: true,
    resourcesAffected: {
      s3Bucket: { name, arn, createdAt: at, tags: [] },
      ...(isPolicy ? {} : { s3Object: object }),
    },
    ...(isPolicy
      ? { policyDetails: policyDetails(at) }
      : {
          classificationDetails: {
            jobId,
            jobArn: `arn:aws:macie2:${macie.region}:${macie.account}:classification-job/${jobId}`,
            originType: 'SENSITIVE_DATA_DISCOVERY_JOB',
            result: {
              status: { code: 'COMPLETE' },
              mimeType: 'text/csv',
              sizeClassified: 4096,
              sensitiveData: found[type] ?? [],
              customDataIdentifiers: { totalCount: isCustom ? 3 : 0, detections },
            },
          },
        }),
  };
}

/** One of each type, or of those asked for; they go to the bus like real ones, marked `sample`. */
export function createSampleFindings(call: Call): Done {
  const macie = requireMacie(call);
  const { findingTypes } = parse(Request, call.body, 'ValidationException');
  const at = call.world.now().toISOString();
  for (const type of findingTypes ?? Object.values(FindingType)) {
    publish(call.world, macie, sampleOf(macie, type, at));
  }
  return {};
}
