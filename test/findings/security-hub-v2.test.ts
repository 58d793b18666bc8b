import { findingIn, ocsf, rejectionsIn, wrapped } from './inline';

const one = (more: Record<string, unknown>) => findingIn(wrapped.ocsf(ocsf(more)));

test('reads an OCSF finding', () => {
  expect(one({})).toMatchObject({
    source: 'security-hub-v2',
    product: 'Security Hub',
    id: ocsf().finding_info.uid,
    productArn: 'arn:aws:securityhub:eu-west-1::productv2/aws/securityhub',
    type: 'Posture Management',
    control: 'EC2.19',
    severity: 'high',
    account: '111122223333',
    region: 'eu-west-1',
    resources: [
      { kind: 'AwsEc2SecurityGroup', account: '111122223333', tags: { team: 'payments' } },
    ],
    compliance: 'failed',
    firstSeenAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-02T00:00:00.000Z',
  });
});

test('reads the account of a resource from its owner, or from the account that it is', () => {
  const resources = [
    { type: 'AWS::EC2::Instance', uid: 'i-1', owner: { account: { uid: '444455556666' } } },
    { type: 'AWS::::Account', uid: '111122223333' },
  ];

  expect(one({ resources }).resources).toMatchObject([
    { kind: 'AwsEc2Instance', account: '444455556666' },
    { kind: 'AwsAccount', account: '111122223333' },
  ]);
});

test('reads the one resource of older OCSF', () => {
  expect(one({ resources: undefined, resource: { type: 'Other', uid: 'x' } }).resources).toEqual([
    { kind: 'Other', id: 'x', tags: {} },
  ]);
});

test.each([
  [{ status_id: 2 }, { record: 'active', workflow: 'notified' }],
  [{ status_id: 3 }, { record: 'active', workflow: 'suppressed' }],
  [{ status_id: 4 }, { record: 'active', workflow: 'resolved' }],
  [{ status_id: 5 }, { record: 'archived', workflow: 'resolved' }],
  [{ status_id: 99 }, { record: 'active', workflow: 'new' }],
  [{ activity_id: 3 }, { record: 'archived', workflow: 'new' }],
  [{ status_id: undefined, status: 'In Progress' }, { workflow: 'notified' }],
  [{ status_id: undefined }, { workflow: 'new' }],
  [{ compliance: { status: 'Pass' } }, { compliance: 'passed' }],
  [{ compliance: { status_id: 2 } }, { compliance: 'warning' }],
  [{ compliance: { status_id: 99 } }, { compliance: 'not-available' }],
  [{ compliance: { status: 'Maybe' } }, { compliance: 'not-available' }],
  [{ severity_id: 6 }, { severity: 'critical' }],
  [{ severity_id: 0, vendor_attributes: { severity_id: 2 } }, { severity: 'low' }],
  [{ severity_id: 99 }, { severity: 'medium' }],
  [{ remediation: { references: ['https://a.example/'] } }, { reference: 'https://a.example/' }],
])('reads %j', (more, expected) => {
  expect(one(more)).toMatchObject(expected);
});

test('a finding without compliance has none, and a sample says so in its title', () => {
  const finding = one({
    compliance: undefined,
    finding_info: {
      uid: 'x',
      title: '[SAMPLE] A scan',
      types: ['Threats'],
      created_time_dt: '2026-01-01T00:00:00+01:00',
    },
  });

  expect(finding).not.toHaveProperty('compliance');
  expect(finding).toMatchObject({ sample: true, updatedAt: '2025-12-31T23:00:00.000Z' });
});

test('a finding without a title is named by its type', () => {
  expect(one({ finding_info: { uid: 'x', types: ['Threats'] } })).toMatchObject({
    title: 'Threats',
    sample: false,
  });
});

test('rejects a finding without product, which could not be updated', () => {
  expect(rejectionsIn(wrapped.ocsf(ocsf({ metadata: {} })))).toEqual([
    'its metadata.product.uid is missing',
  ]);
});
