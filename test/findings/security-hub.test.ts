import { read } from '../../src/findings/index';
import { envelope } from './events';
import { asff, findingIn, rejectionsIn, wrapped } from './inline';

const one = (more: Record<string, unknown>) => findingIn(wrapped.asff(asff(more)));

test('reads a control finding', () => {
  expect(one({})).toEqual({
    key: expect.stringMatching(/^[0-9a-f]{32}$/),
    source: 'security-hub',
    product: 'Security Hub',
    id: asff().Id,
    productArn: asff().ProductArn,
    type: 'Software and Configuration Checks/Industry and Regulatory Standards',
    control: 'EC2.19',
    title: asff().Title,
    description: 'Port 22 is open to the world.',
    severity: 'high',
    account: '111122223333',
    region: 'eu-west-1',
    resources: [
      {
        kind: 'AwsEc2SecurityGroup',
        id: 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1',
        account: '111122223333',
        region: 'eu-west-1',
        tags: { team: 'payments' },
      },
    ],
    record: 'active',
    workflow: 'new',
    compliance: 'failed',
    firstSeenAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-02T00:00:00.000Z',
    sample: false,
  });
});

test('reads the good findings of an event and rejects the bad ones', () => {
  const reading = read(
    envelope('aws.securityhub', 'Security Hub Findings - Custom Action', {
      findings: [
        asff(),
        'nonsense',
        asff({ AwsAccountId: '1234567890123' }),
        asff({ Id: 'other' }),
      ],
    }),
  );

  expect(reading).toMatchObject({
    kind: 'findings',
    via: 'import',
    findings: [{ id: asff().Id }, { id: 'other' }],
    rejected: [
      { because: expect.stringContaining('its id is missing'), raw: '"nonsense"' },
      { because: 'its account "1234567890123" is not 12 digits' },
    ],
  });
});

test.each([
  [{ Id: undefined }, 'its id is missing or too long'],
  [{ Id: 'x'.repeat(1025) }, 'its id is missing or too long'],
  [{ Id: 'x', AwsAccountId: 111122223333 }, 'its account is missing'],
  [
    { AwsAccountId: '１１１１２２２２３３３３' },
    'its account "１１１１２２２２３３３３" is not 12 digits',
  ],
  [{ Resources: undefined }, 'it names no resource'],
  [{ Resources: [{ Type: 'AwsS3Bucket' }] }, 'it names no resource'],
  [{ ProductArn: ' ' }, 'its ProductArn is missing'],
])('rejects a finding with %j', (more, because) => {
  expect(rejectionsIn(wrapped.asff(asff(more)))).toEqual([because]);
});

test('keeps at most 2,000 whole characters of what it rejects', () => {
  const reading = read(
    wrapped.asff(asff({ Id: undefined, GeneratorId: '😀'.repeat(3000), ProductArn: '' })),
  );
  const raw = reading.kind === 'findings' ? reading.rejected[0]?.raw : undefined;

  expect(Array.from(raw ?? '')).toHaveLength(2000);
  expect(raw?.isWellFormed()).toBe(true);
});

test('takes the account from the id where the field is missing', () => {
  expect(one({ AwsAccountId: undefined }).account).toBe('111122223333');
});

test.each([
  [{ Severity: undefined, FindingProviderFields: { Severity: { Label: 'HIGH' } } }, 'high'],
  [{ Severity: { Normalized: 39 } }, 'low'],
  [
    { Severity: { Product: 5 }, ProductFields: { 'aws/securityhub/SeverityLabel': 'CRITICAL' } },
    'critical',
  ],
  [{ Severity: { Original: 'Low' } }, 'low'],
  [{ Severity: { Original: 0 } }, 'medium'],
  [{ Severity: undefined }, 'medium'],
])('grades %j', (more, severity) => {
  expect(one(more).severity).toBe(severity);
});

test.each([
  [{ RecordState: 'ARCHIVED' }, { record: 'archived' }],
  [
    { RecordState: undefined, Workflow: undefined },
    { record: 'active', workflow: 'new' },
  ],
  [{ Workflow: { Status: 'SUPPRESSED' } }, { workflow: 'suppressed' }],
  [{ Workflow: { Status: 'NOTIFIED' } }, { workflow: 'notified' }],
  [{ Workflow: { Status: 'RESOLVED' } }, { workflow: 'resolved' }],
  [{ Compliance: { Status: 'PASSED' } }, { compliance: 'passed' }],
  [{ Compliance: { Status: 'WARNING' } }, { compliance: 'warning' }],
  [{ Compliance: { Status: 'WHATEVER' } }, { compliance: 'not-available' }],
  [{ Sample: true }, { sample: true }],
  [{ ProductFields: { 'aws/guardduty/service/additionalInfo/sample': 'true' } }, { sample: true }],
  [{ Region: 'N/A' }, { region: 'eu-west-1' }],
  [
    { Title: undefined, Types: [] },
    { title: 'unknown', type: 'unknown' },
  ],
  [{ Description: null }, { description: '' }],
])('reads the state of %j', (more, expected) => {
  expect(one(more)).toMatchObject(expected);
});

test('has no Region where nobody names one', () => {
  const finding = one({
    Region: 'N/A',
    ProductArn: 'arn:aws:securityhub:test-region::product/x/y',
    Resources: [{ Type: 'Container', Id: 'alpine', Region: 'global' }],
  });

  expect(finding).not.toHaveProperty('region');
  expect(finding.resources).toEqual([{ kind: 'Container', id: 'alpine', tags: {} }]);
});

test.each([
  [{ Remediation: { Recommendation: { Url: 'https://a.example/b' } } }, 'https://a.example/b'],
  [{ ProductFields: { RecommendationUrl: 'https://a.example/c' } }, 'https://a.example/c'],
  [{ Remediation: { Recommendation: { Url: 'http://a.example' } } }, undefined],
  [{ Remediation: { Recommendation: { Url: 'javascript:alert(1)' } } }, undefined],
])('points to further reading of %j', (more, reference) => {
  expect(one(more).reference).toBe(reference);
});

test('cuts title and description by whole characters', () => {
  const { title, description } = one({ Title: '😀'.repeat(300), Description: 'é'.repeat(2000) });

  expect(Array.from(title)).toHaveLength(256);
  expect(title.endsWith('😀…')).toBe(true);
  expect(description).toHaveLength(1024);
});

test.each([
  [
    'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
    'TTPs/Discovery/Recon:EC2-Portscan',
    'Recon:EC2/Portscan',
  ],
  [
    'arn:aws:securityhub:eu-west-1::product/aws/macie',
    'Effects/Data Exposure/Policy:IAMUser-S3BucketPublic',
    'Policy:IAMUser/S3BucketPublic',
  ],
  [
    'arn:aws:securityhub:eu-west-1::product/aws/macie',
    'Sensitive Data Identifications/PII',
    'Sensitive Data Identifications/PII',
  ],
  [
    'arn:aws:securityhub:eu-west-1::product/x/y',
    'TTPs/Recon:EC2-Portscan',
    'TTPs/Recon:EC2-Portscan',
  ],
])('%s names "%s" %s', (ProductArn, type, expected) => {
  expect(one({ ProductArn, Types: [type] }).type).toBe(expected);
});

test('takes the types of the provider where there are no others', () => {
  expect(one({ Types: ['', 7], FindingProviderFields: { Types: ['A/B'] } }).type).toBe('A/B');
});

test.each([
  [{ ProductName: 'GuardDuty' }, 'GuardDuty'],
  [{ ProductName: 'Default', ProductFields: { ProviderName: 'Prowler' } }, 'Prowler'],
  [{ ProductFields: { 'aws/securityhub/ProductName': 'Cloud Custodian' } }, 'Cloud Custodian'],
  [{}, '111122223333/default'],
])('a product of others, with %j, is called %s', (more, product) => {
  const ProductArn = 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default';

  expect(one({ ProductArn, ...more }).product).toBe(product);
});

test('a product of AWS keeps its name, whatever the finding says', () => {
  expect(one({ ProductName: 'Cloud Custodian' }).product).toBe('Security Hub');
});
