import { findingIn, guardDuty, rejectionsIn, wrapped } from './inline';

const one = (more: Record<string, unknown>) => findingIn(wrapped.guardDuty(guardDuty(more)));
const kinds = (more: Record<string, unknown>) =>
  one(more).resources.map(({ kind, id }) => `${kind} ${id}`);

test('reads a finding about an instance', () => {
  expect(one({})).toMatchObject({
    source: 'guardduty',
    id: guardDuty().arn,
    productArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
    type: 'Recon:EC2/Portscan',
    severity: 'medium',
    resources: [
      {
        kind: 'AwsEc2Instance',
        id: 'i-1',
        account: '111122223333',
        region: 'eu-west-1',
        tags: { team: 'payments' },
      },
    ],
    record: 'active',
    workflow: 'new',
    firstSeenAt: '2025-12-31T00:00:00.000Z',
    sample: false,
  });
});

test('reads the casing of the API', () => {
  const upper = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(upper);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name.charAt(0).toUpperCase() + name.slice(1),
        upper(item),
      ]),
    );
  };

  expect(findingIn(wrapped.guardDuty(upper(guardDuty())))).toEqual(one({}));
});

test.each([
  [
    { service: { archived: true } },
    { record: 'archived', firstSeenAt: '2026-01-01T00:00:00.000Z' },
  ],
  [{ service: { additionalInfo: { sample: true } } }, { sample: true }],
  [{ service: { additionalInfo: { value: '{"sample":true}' } } }, { sample: true }],
  [{ severity: 9 }, { severity: 'critical' }],
  [
    { accountId: undefined, region: undefined, partition: undefined },
    {
      account: '111122223333',
      region: 'eu-west-1',
      productArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
    },
  ],
])('reads %j', (more, expected) => {
  expect(one(more)).toMatchObject(expected);
});

test('an access key comes with the user it was taken from', () => {
  const resource = {
    resourceType: 'AccessKey',
    accessKeyDetails: { accessKeyId: 'AKIA1', userName: 'eve', userType: 'IAMUser' },
    instanceDetails: { instanceId: 'i-1' },
  };

  expect(kinds({ resource })).toEqual([
    'AwsIamAccessKey AKIA1',
    'AwsIamUser eve',
    'AwsEc2Instance i-1',
  ]);
});

test('the key of the root user comes alone', () => {
  const accessKeyDetails = { accessKeyId: 'AKIA1', userName: 'Root', userType: 'Root' };

  expect(kinds({ resource: { resourceType: 'AccessKey', accessKeyDetails } })).toEqual([
    'AwsIamAccessKey AKIA1',
  ]);
});

test('what the finding is about comes first', () => {
  const resource = {
    resourceType: 'S3Object',
    accessKeyDetails: { accessKeyId: 'ASIA1', userName: 'app', userType: 'AssumedRole' },
    s3BucketDetails: [
      { arn: 'arn:aws:s3:::b1', s3ObjectDetails: [{ objectArn: 'arn:aws:s3:::b1/k' }] },
    ],
  };

  expect(kinds({ resource })).toEqual([
    'AwsS3Object arn:aws:s3:::b1/k',
    'AwsIamAccessKey ASIA1',
    'AwsIamRole app',
    'AwsS3Bucket arn:aws:s3:::b1',
  ]);
});

test('reads clusters, databases, functions and containers', () => {
  const resource = {
    resourceType: 'Container',
    eksClusterDetails: { arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/c' },
    ecsClusterDetails: { arn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/c' },
    rdsDbInstanceDetails: { dbInstanceIdentifier: 'db' },
    lambdaDetails: { functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:f' },
    containerDetails: { name: 'nginx' },
  };

  expect(kinds({ resource })).toEqual([
    'Container nginx',
    'AwsEksCluster arn:aws:eks:eu-west-1:111122223333:cluster/c',
    'AwsEcsCluster arn:aws:ecs:eu-west-1:111122223333:cluster/c',
    'AwsRdsDbInstance db',
    'AwsLambdaFunction arn:aws:lambda:eu-west-1:111122223333:function:f',
  ]);
});

test('reads the resources of an attack sequence', () => {
  const resources = [
    { uid: 'AKIA1', resourceType: 'ACCESS_KEY', accountId: '444455556666', region: 'us-east-1' },
    { uid: 'i-1', resourceType: 'EC2_INSTANCE', tags: [{ key: 'team', value: 'payments' }] },
    { uid: 'pod', resourceType: 'KUBERNETES_WORKLOAD' },
    { uid: 'c', resourceType: 'CONTAINER' },
    { uid: 'x' },
  ];
  const finding = one({
    type: 'AttackSequence:IAM/CompromisedCredentials',
    resource: { resourceType: 'AttackSequence' },
    service: { detection: { sequence: { resources } } },
  });

  expect(finding.resources).toMatchObject([
    { kind: 'AwsIamAccessKey', id: 'AKIA1', account: '444455556666', region: 'us-east-1' },
    { kind: 'AwsEc2Instance', id: 'i-1', account: '111122223333', tags: { team: 'payments' } },
    { kind: 'KubernetesWorkload' },
    { kind: 'Container' },
    { kind: 'Other' },
  ]);
});

test('a finding that names no resource is about its account', () => {
  expect(one({ resource: {} }).resources).toEqual([
    {
      kind: 'AwsAccount',
      id: 'AWS::::Account:111122223333',
      account: '111122223333',
      region: 'eu-west-1',
      tags: {},
    },
  ]);
});

test('rejects an account of 13 digits', () => {
  expect(rejectionsIn(wrapped.guardDuty(guardDuty({ accountId: '1234567891234' })))).toEqual([
    'its account "1234567891234" is not 12 digits',
  ]);
});

test('rejects a finding without ARN', () => {
  expect(rejectionsIn(wrapped.guardDuty(guardDuty({ arn: undefined })))).toEqual([
    'its id is missing or too long',
  ]);
});
