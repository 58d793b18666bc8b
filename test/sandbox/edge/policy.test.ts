import { actionMatches, refusalOf } from '../../../sandbox/edge/policy';
import { restAction } from '../../../sandbox/edge/rest-actions';
import type { PolicyDocument, Session } from '../../../sandbox/edge';

const session = (role: PolicyDocument[], policies: PolicyDocument[] = []): Session => ({
  accessKeyId: 'ASIA1',
  account: '444455556666',
  role: { arn: 'arn:aws:iam::444455556666:role/R', principals: [], policies: role },
  name: 's',
  policies,
  expires: 0,
});
const allow = (Action: string | string[]): PolicyDocument => ({
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});

test.each([
  ['ec2:Describe*', 'ec2:DescribeInstances', true],
  ['EC2:describeinstances', 'ec2:DescribeInstances', true],
  ['ec2:Describe', 'ec2:DescribeInstances', false],
  ['s3:Get?bject', 's3:GetObject', true],
  ['*', 'iam:CreateUser', true],
])('%s against %s: %s', (pattern, action, expected) => {
  expect(actionMatches(pattern, action)).toBe(expected);
});

test('a session policy narrows the role and never widens it', () => {
  const narrow = session([allow('ec2:*')], [allow(['ec2:Describe*', 's3:*'])]);
  expect(refusalOf(narrow, 'ec2:DescribeVpcs')).toBeUndefined();
  expect(refusalOf(narrow, 'ec2:CreateVpc')).toMatch(/no session policy allows/);
  expect(refusalOf(narrow, 's3:GetObject')).toMatch(/no identity-based policy allows/);
});

test('an explicit deny wins', () => {
  const deny: PolicyDocument = {
    Statement: { Effect: 'Deny', NotAction: 'ec2:*', Resource: '*' },
  };
  expect(refusalOf(session([allow('*'), deny]), 'iam:CreateUser')).toMatch(/explicit deny/);
  expect(refusalOf(session([allow('*'), deny]), 'ec2:CreateVpc')).toBeUndefined();
});

test.each([
  { Action: 'iam:PassRole', NotResource: 'arn:aws:iam::444455556666:role/Deliver' },
  { Action: 'iam:PassRole', Resource: 'arn:aws:iam::444455556666:role/Other' },
  { Action: 'iam:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
])('a deny that depends on more than the action is not known to hold: %j', (deny) => {
  const policies: PolicyDocument[] = [allow('*'), { Statement: { Effect: 'Deny', ...deny } }];
  expect(refusalOf(session(policies), 'iam:PassRole')).toBeUndefined();
});

test.each([
  ['s3', 'GET', '/', 'ListAllMyBuckets'],
  ['s3', 'GET', '/b?publicAccessBlock', 'GetBucketPublicAccessBlock'],
  ['s3', 'DELETE', '/b?publicAccessBlock', 'PutBucketPublicAccessBlock'],
  ['s3', 'DELETE', '/b?policy', 'DeleteBucketPolicy'],
  ['s3', 'GET', '/b?list-type=2', 'ListBucket'],
  ['s3', 'PUT', '/b/k', 'PutObject'],
  ['s3', 'DELETE', '/b/k?versionId=1', 'DeleteObjectVersion'],
  ['s3', 'PUT', '/b/k?tagging', 'PutObjectTagging'],
  ['s3', 'PUT', '/b/k?retention', 'PutObjectRetention'],
  ['lambda', 'POST', '/2015-03-31/functions/f/invocations', 'InvokeFunction'],
  ['securityhub', 'PATCH', '/findings/batchupdate', 'BatchUpdateFindings'],
  ['macie2', 'POST', '/findings/describe', 'GetFindings'],
  ['macie2', 'GET', '/unheard-of', 'GET /unheard-of'],
])('%s %s %s needs %s', (service, method, path, action) => {
  const url = new URL(path, 'http://aws');
  expect(restAction(service, { method, url, headers: {} })).toBe(action);
});
