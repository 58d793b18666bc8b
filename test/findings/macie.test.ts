import { findingIn, macie, rejectionsIn, wrapped } from './inline';

const one = (more: Record<string, unknown>) => findingIn(wrapped.macie(macie(more)));

test('reads a finding of sensitive data, the object first', () => {
  expect(one({})).toMatchObject({
    source: 'macie',
    product: 'Macie',
    id: 'm1',
    productArn: 'arn:aws:securityhub:eu-west-1::product/aws/macie',
    type: 'SensitiveData:S3Object/Personal',
    description: 'The object has personal data.',
    severity: 'high',
    resources: [
      {
        kind: 'AwsS3Object',
        id: 'arn:aws:s3:::b1/a/b.csv',
        account: '111122223333',
        region: 'eu-west-1',
      },
      { kind: 'AwsS3Bucket', id: 'arn:aws:s3:::b1', tags: { team: 'payments' } },
    ],
  });
});

test('reads a policy finding, which has no object', () => {
  const finding = one({
    type: 'Policy:IAMUser/S3BucketPublic',
    archived: true,
    sample: true,
    severity: { score: 1 },
    resourcesAffected: {
      s3Bucket: { arn: 'arn:aws-cn:s3:::b1', publicAccess: { effectivePermission: 'PUBLIC' } },
      s3Object: null,
    },
    partition: undefined,
    region: 'cn-north-1',
  });

  expect(finding).toMatchObject({
    productArn: 'arn:aws-cn:securityhub:cn-north-1::product/aws/macie',
    description: 'The object has personal data. The bucket is public.',
    severity: 'low',
    record: 'archived',
    sample: true,
    resources: [{ kind: 'AwsS3Bucket' }],
  });
});

test('tells what was found and how often, not where', () => {
  const classificationDetails = {
    result: {
      sensitiveData: [
        {
          detections: [
            { type: 'NAME', count: 3, occurrences: { cells: [{ columnName: 'secret' }] } },
          ],
        },
      ],
      customDataIdentifiers: { detections: [{ name: 'badge', count: 1 }, {}] },
    },
  };

  expect(one({ classificationDetails }).description).toBe(
    'The object has personal data. Found: NAME (3), badge (1), unnamed (?).',
  );
});

test('takes the bucket from the object where only the object names it', () => {
  const resourcesAffected = { s3Object: { bucketArn: 'arn:aws:s3:::b1', key: 'k' } };

  expect(one({ resourcesAffected }).resources.map(({ id }) => id)).toEqual([
    'arn:aws:s3:::b1/k',
    'arn:aws:s3:::b1',
  ]);
});

test('rejects a finding without bucket', () => {
  expect(rejectionsIn(wrapped.macie(macie({ resourcesAffected: null })))).toEqual([
    'it names no resource',
  ]);
});

test('an object key that is too long is left out, never cut', () => {
  const resourcesAffected = {
    s3Object: { bucketArn: 'arn:aws:s3:::b1', key: 'k'.repeat(3000), eTag: 'e' },
  };

  expect(one({ resourcesAffected }).resources).toMatchObject([{ kind: 'AwsS3Bucket' }]);
});

describe('the job that found it', () => {
  const jobIn = (classificationDetails: object | null) => one({ classificationDetails }).job;
  const arn = 'arn:aws:macie2:eu-west-1:111122223333:classification-job/3ce05dbb7ec5505d';

  it.each([
    [{ jobId: '3ce05dbb', jobArn: arn }, '3ce05dbb'],
    [{ jobArn: arn }, '3ce05dbb7ec5505d'],
    [{ jobId: null, jobArn: null }, undefined],
    [{ jobId: 'a/../b' }, undefined],
    [null, undefined],
  ])('is known by its id, or there is none: %j', (details, job) => {
    expect(jobIn(details)).toBe(job);
  });
});
