import { access, findingIn, rejectionsIn, wrapped } from './inline';

type More = Record<string, unknown>;
const external = (more: More) => findingIn(wrapped.external(access(more)));
const internal = (more: More) =>
  findingIn(wrapped.internal(access({ findingType: 'InternalAccess', ...more })));
const unused = (more: More) =>
  findingIn(wrapped.unused({ ...access(), id: undefined, findingId: 'u1', ...more }));

test('reads access from another account', () => {
  expect(external({})).toMatchObject({
    source: 'access-analyzer',
    product: 'IAM Access Analyzer',
    id: 'a1',
    type: 'ExternalAccess',
    title: 'AWS::S3::Bucket b1 can be used by 444455556666',
    description: 'Actions: s3:GetObject.',
    severity: 'medium',
    resources: [{ kind: 'AwsS3Bucket', id: 'arn:aws:s3:::b1' }],
    updatedAt: '2026-01-02T00:00:00.123Z',
  });
  expect(external({})).not.toHaveProperty('productArn');
});

test('public access is high', () => {
  expect(external({ isPublic: true, principal: { AWS: '*' } })).toMatchObject({
    severity: 'high',
    title: 'AWS::S3::Bucket b1 can be used by anybody',
  });
});

test('an analysis that failed says so and grants nothing', () => {
  expect(
    external({ error: 'ACCESS_DENIED', principal: undefined, action: undefined }),
  ).toMatchObject({
    severity: 'low',
    title: 'AWS::S3::Bucket b1 could not be analyzed (ACCESS_DENIED)',
    description: '',
  });
});

test('access by somebody who is not named is told', () => {
  expect(external({ principal: { AWS: 7 } }).title).toBe(
    'AWS::S3::Bucket b1 can be used by somebody outside',
  );
});

test.each([
  [{ accessType: 'INTRA_ACCOUNT', principalOwnerAccount: '111122223333' }, 'low'],
  [{ accessType: 'INTRA_ACCOUNT' }, 'low'],
  [{ accessType: 'INTRA_ORG' }, 'medium'],
  [{ principalOwnerAccount: '444455556666' }, 'medium'],
])('internal access with %j is %s', (more, severity) => {
  expect(internal(more)).toMatchObject({ type: 'InternalAccess', severity });
});

test('internal access by nobody in particular is told', () => {
  expect(internal({ principal: null }).title).toBe(
    'AWS::S3::Bucket b1 can be used by a principal inside',
  );
});

test.each([
  ['UnusedIAMRole', 'Unused IAM Role: AWS::IAM::Role role/r'],
  ['UnusedIAMUserAccessKey', 'Unused IAM User Access Key: AWS::IAM::Role role/r'],
  ['UnusedPermission', 'Unused Permission: AWS::IAM::Role role/r'],
  [undefined, 'Unused Access: AWS::IAM::Role role/r'],
])('unused access of type %s is named', (findingType, title) => {
  const resource = 'arn:aws:iam::111122223333:role/r';

  expect(unused({ findingType, resource, resourceType: 'AWS::IAM::Role' })).toMatchObject({
    id: 'u1',
    title,
    severity: 'low',
    resources: [{ kind: 'AwsIamRole', account: '111122223333' }],
  });
});

test('counts what is unused', () => {
  expect(
    unused({ action: [], numberOfUnusedServices: 2, numberOfUnusedActions: 0 }).description,
  ).toBe('Unused services: 2. Unused actions: 0.');
});

test.each([
  [{ status: 'RESOLVED' }, { record: 'archived', workflow: 'resolved' }],
  [{ isDeleted: true }, { record: 'archived', workflow: 'resolved' }],
  [{ status: 'ARCHIVED' }, { record: 'archived', workflow: 'suppressed' }],
])('%j ends a finding', (more, state) => {
  expect(external(more)).toMatchObject(state);
});

test('takes the Region of the analyzer, then that of the envelope', () => {
  const finding = access({ region: undefined });
  const resources = ['arn:aws:access-analyzer:us-west-2:111122223333:analyzer/a'];

  expect(findingIn(wrapped.external(finding, { resources })).region).toBe('us-west-2');
  expect(findingIn(wrapped.external(finding)).region).toBe('eu-west-1');
});

test('a resource without type or ARN keeps its own words', () => {
  expect(external({ resource: 'thing', resourceType: undefined })).toMatchObject({
    title: 'Resource thing can be used by 444455556666',
    resources: [{ kind: 'Other', id: 'thing' }],
  });
});

test('rejects a finding without resource', () => {
  expect(rejectionsIn(wrapped.external(access({ resource: undefined })))).toEqual([
    'it names no resource',
  ]);
});
