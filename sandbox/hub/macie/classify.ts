import type { S3Bucket } from '@aws-sdk/client-macie2';
import type { Wire } from '../http/call';
import type { World } from '../world';
import { detector } from './detect/detector';
import type { Identifier } from './detect/identifier';
import type { DiscoveryResults } from './discovery-results';
import { mimeTypeOf, readDocument, type Outcome } from './documents/read';
import { details, findingFor, s3Object, typeOf, type Subject } from './finding';
import type { Job } from './job';
import { openObject, tagsOf, type ObjectSummary, type OpenObject } from './objects';
import { publish } from './publish';
import { scoreOf, sortOut } from './result';
import { severityOf } from './severity';
import type { CustomIdentifier, MacieAccount } from './state';

export interface Scan {
  world: World;
  macie: MacieAccount;
  job: Job;
  account: string;
  bucket: Wire<S3Bucket>;
  identifiers: Identifier[];
  customs: CustomIdentifier[];
  allowed: (text: string) => boolean;
  results: DiscoveryResults;
}

// Macie does not restore; it reports the storage class.
const archived = ['GLACIER', 'DEEP_ARCHIVE'];

// S3's error names in the words of discovery results.
function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NoSuchKey' || name === 'NotFound') return 'SOURCE_OBJECT_NO_LONGER_AVAILABLE';
  if (name === 'InvalidObjectState') return 'INVALID_OBJECT_STATE';
  return name.startsWith('KMS') ? 'INVALID_KMS_KEY' : 'PERMISSION_DENIED';
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // An object that could not be opened still gets its discovery result.
}

async function open(scan: Scan, summary: ObjectSummary): Promise<[OpenObject, Outcome?]> {
  const unread = (reason: string): [OpenObject, Outcome] => [
    { ...summary, eTag: '', versionId: '', encryption: 'NONE', kmsKey: undefined, body: nothing() },
    { code: 'SKIPPED', reason },
  ];
  if (archived.includes(summary.storageClass)) return unread('INVALID_OBJECT_STATE');
  try {
    return [await openObject(scan.world.s3, scan.bucket.name ?? '', summary)];
  } catch (error) {
    return unread(reasonOf(error));
  }
}

/** Reads one object: a finding if something sensitive is in it, and a discovery result in any case. */
export async function classify(scan: Scan, summary: ObjectSummary): Promise<void> {
  const { world, macie, job, bucket } = scan;
  const [object, failure] = await open(scan, summary);
  const search = detector(scan.identifiers, scan.allowed);
  const outcome = failure ?? (await readDocument(object.key, object.body, search.take));
  const tags = await tagsOf(world.s3, bucket.name ?? '', object.key).catch(() => []);
  const subject: Subject = {
    job,
    account: scan.account,
    region: macie.region,
    bucket,
    object,
    tags,
    resultsLocation: scan.results.location,
    scanned: {
      outcome,
      mimeType: mimeTypeOf(object.key),
      sizeClassified: outcome.code === 'SKIPPED' ? 0 : object.size,
      ...sortOut(outcome.code === 'SKIPPED' ? [] : search.detections(), scan.customs),
    },
  };
  const finding = findingFor(subject, world.now());
  await scan.results.add({
    schemaVersion: '1.0',
    id: finding?.id ?? `${job.id}-${object.key}`,
    accountId: scan.account,
    partition: 'aws',
    region: macie.region,
    category: 'CLASSIFICATION',
    createdAt: world.now().toISOString(),
    updatedAt: world.now().toISOString(),
    ...(finding
      ? { type: typeOf(subject.scanned), severity: severityOf(scoreOf(subject.scanned)) }
      : {}),
    resourcesAffected: { s3Bucket: bucket, s3Object: s3Object(subject) },
    classificationDetails: details(subject, 1000),
  });
  if (finding) publish(world, macie, finding);
}
