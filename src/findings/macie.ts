import * as z from 'zod/mini';
import type { Envelope } from './envelope';
import { keyOfSensitiveObject, productArnOf } from './key';
import { arnOf, regionOf, resourcesOf, Tags } from './resources';
import { settle, type Outcome } from './settle';
import { fromMacie } from './severity';
import { anything, flag, list, loose, number, text } from './text';

/** The fields of a Macie finding, of sensitive data or of a policy, that Drawbridge needs. */
const Macie = loose({
  id: text,
  accountId: text,
  partition: text,
  region: text,
  type: text,
  title: text,
  description: text,
  severity: loose({ score: number, description: text }),
  createdAt: anything,
  updatedAt: anything,
  archived: flag,
  sample: flag,
  resourcesAffected: loose({
    s3Bucket: loose({
      arn: text,
      tags: Tags,
      publicAccess: loose({ effectivePermission: text }),
    }),
    s3Object: loose({ bucketArn: text, key: text, eTag: text, tags: Tags }),
  }),
  classificationDetails: loose({
    jobId: text,
    jobArn: text,
    result: loose({
      sensitiveData: list(loose({ detections: list(loose({ type: text, count: number })) })),
      customDataIdentifiers: loose({ detections: list(loose({ name: text, count: number })) }),
    }),
  }),
});
type Macie = z.infer<typeof Macie>;

/** Reads one Macie finding. The object comes before its bucket: it is what a playbook acts on. */
export function macie(raw: unknown, envelope: Envelope): Outcome {
  const finding = Macie.parse(raw);
  const { type = '' } = finding;
  const { s3Bucket, s3Object } = finding.resourcesAffected;
  const bucketArn = s3Object.bucketArn ?? s3Bucket.arn;
  const objectArn = bucketArn && s3Object.key ? `${bucketArn}/${s3Object.key}` : undefined;
  const region = regionOf(finding.region);
  const place = { account: finding.accountId, region };
  return settle(
    {
      source: 'macie',
      product: 'Macie',
      productArn: productArnOf('macie', {
        partition: finding.partition ?? arnOf(bucketArn).partition,
        region,
      }),
      id: finding.id,
      key:
        objectArn && s3Object.eTag
          ? keyOfSensitiveObject(objectArn, s3Object.eTag, type)
          : undefined,
      type,
      job: jobOf(finding),
      title: finding.title,
      description: [finding.description, ...factsOf(finding)].join(' '),
      severity: fromMacie(finding.severity.description, finding.severity.score),
      account: finding.accountId,
      region,
      resources: resourcesOf([
        { ...place, type: 'AwsS3Object', id: objectArn, tags: s3Object.tags },
        {
          ...place,
          type: 'AwsS3Bucket',
          id: s3Bucket.arn ?? s3Object.bucketArn,
          tags: s3Bucket.tags,
        },
      ]),
      record: finding.archived ? 'archived' : 'active',
      workflow: 'new',
      firstSeen: [finding.createdAt],
      updated: [finding.updatedAt, finding.createdAt],
      sample: finding.sample,
    },
    raw,
    envelope,
  );
}

/** None where Macie found it by itself, without a job. */
function jobOf({ classificationDetails: { jobId, jobArn } }: Macie): string | undefined {
  const id = jobId ?? jobArn?.split('/').at(-1);
  return id && /^[\w-]{1,64}$/.test(id) ? id : undefined;
}

/** What was found and how often, never the data nor its place: column names can be data themselves. */
function factsOf({ classificationDetails: { result }, resourcesAffected }: Macie): string[] {
  const detections = [
    ...result.sensitiveData.flatMap((data) => data.detections),
    ...result.customDataIdentifiers.detections.map(({ name, count }) => ({ type: name, count })),
  ];
  const found = detections.map(({ type, count }) => `${type ?? 'unnamed'} (${count ?? '?'})`);
  return [
    ...(found.length > 0 ? [`Found: ${found.join(', ')}.`] : []),
    ...(resourcesAffected.s3Bucket.publicAccess.effectivePermission === 'PUBLIC'
      ? ['The bucket is public.']
      : []),
  ];
}
