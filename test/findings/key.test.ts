import { asff, findingIn, guardDuty, inspector, macie, ocsf, wrapped } from './inline';

const hub = (more: Record<string, unknown>) => findingIn(wrapped.asff(asff(more))).key;
const own = (name: string) => `arn:aws:securityhub:eu-west-1::product/aws/${name}`;
const object = (Types: string[], Details: unknown = { AwsS3Object: { ETag: 'e1' } }) => ({
  Id: 'whatever',
  ProductArn: own('macie'),
  Types,
  Resources: [
    { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::b1' },
    { Type: 'AwsS3Object', Id: 'arn:aws:s3:::b1/a/b.csv', Details },
  ],
});
const PERSONAL = ['Sensitive Data Identifications/PII/SensitiveData:S3Object-Personal'];

test('a finding that is delivered again has the same key, whatever else has changed', () => {
  expect(hub({ Workflow: { Status: 'NOTIFIED' }, UpdatedAt: '2026-05-05T00:00:00Z' })).toBe(
    hub({}),
  );
  expect(hub({ Id: `${asff().Id}2` })).not.toBe(hub({}));
});

test('a control finding has the same key in CSPM, in V2 and in the other casing', () => {
  const v2 = findingIn(wrapped.ocsf(ocsf())).key;

  expect(v2).toBe(hub({}));
  expect(hub({ Id: asff().Id.replace('EC2.19', 'ec2.19') })).toBe(v2);
});

test('a GuardDuty finding has the same key from the service, as ASFF and as OCSF', () => {
  const native = findingIn(wrapped.guardDuty(guardDuty())).key;
  const product = { uid: 'arn:aws:securityhub:us-east-1::productv2/aws/guardduty' };
  const v2 = ocsf({ metadata: { product }, finding_info: { uid: guardDuty().arn } });

  expect(hub({ Id: guardDuty().arn, ProductArn: own('guardduty') })).toBe(native);
  expect(findingIn(wrapped.ocsf(v2)).key).toBe(native);
});

test('an Inspector finding has the same key from the service and as ASFF', () => {
  const { findingArn } = inspector();

  expect(hub({ Id: findingArn, ProductArn: own('inspector') })).toBe(
    findingIn(wrapped.inspector(inspector())).key,
  );
});

test('nobody else can speak for a finding of AWS by reusing its id', () => {
  const mine = 'arn:aws:securityhub:eu-west-1:666677778888:product/666677778888/default';

  expect(hub({ ProductArn: mine })).not.toBe(hub({}));
  expect(hub({ ProductArn: `${mine}/product/aws/securityhub` })).not.toBe(hub({}));
  expect(
    hub({ ProductArn: 'arn:aws:securityhub:eu-west-1:666677778888:product/aws/securityhub' }),
  ).not.toBe(hub({}));
  expect(hub({ ProductArn: mine })).not.toBe(hub({ ProductArn: mine.replaceAll('6', '5') }));
});

test('ids that are not ARNs are told apart by the Region of their product', () => {
  const other = { Id: 'x', ProductArn: own('macie').replace('eu-west-1', 'us-east-1') };

  expect(hub({ Id: 'x', ProductArn: own('macie') })).not.toBe(hub(other));
});

test('Macie: a scan of the same object again has the same key, changed content another', () => {
  const key = (more: Record<string, unknown>) => findingIn(wrapped.macie(macie(more))).key;
  const resourcesAffected = {
    s3Object: { bucketArn: 'arn:aws:s3:::b1', key: 'a/b.csv', eTag: 'e2' },
  };

  expect(key({ id: 'm2' })).toBe(key({}));
  expect(key({ resourcesAffected })).not.toBe(key({}));
  expect(key({ type: 'SensitiveData:S3Object/Financial' })).not.toBe(key({}));
});

test('Macie: the ASFF copy of a sensitive object has the same key, with its eTag', () => {
  const native = findingIn(wrapped.macie(macie())).key;

  expect(hub(object(PERSONAL))).toBe(native);
  expect(hub(object(PERSONAL, { AwsS3Object: { ETag: '"e1"' } }))).toBe(native);
  expect(hub(object(PERSONAL, {}))).not.toBe(native);
  expect(
    hub({ ...object(PERSONAL), ProductArn: 'arn:aws:securityhub:eu-west-1::product/x/y' }),
  ).not.toBe(native);
  expect(hub(object([]))).not.toBe(native);
});

test('Macie: a policy finding is known by its id, from the service and as ASFF', () => {
  const policy = macie({
    type: 'Policy:IAMUser/S3BucketPublic',
    resourcesAffected: { s3Bucket: { arn: 'arn:aws:s3:::b1' } },
  });

  expect(hub({ Id: 'm1', ProductArn: own('macie') })).toBe(findingIn(wrapped.macie(policy)).key);
});

test('without partition there is no product ARN, but still a key', () => {
  const finding = findingIn(
    wrapped.macie(
      macie({ partition: '', resourcesAffected: { s3Bucket: { arn: 'arn:aws:s3:::b1' } } }),
    ),
  );

  expect(finding).not.toHaveProperty('productArn');
  expect(finding.key).toMatch(/^[0-9a-f]{32}$/);
});
