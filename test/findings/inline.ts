import { read } from '../../src/findings/index';
import type { Finding } from '../../src/domain/finding';
import { envelope } from './events';

type More = Record<string, unknown>;
const DETECTOR = 'arn:aws:guardduty:eu-west-1:111122223333:detector/d1';

/** A failed control as Security Hub CSPM sends it. */
export const asff = (more: More = {}) => ({
  SchemaVersion: '2018-10-08',
  Id: 'arn:aws:securityhub:eu-west-1:111122223333:security-control/EC2.19/finding/6f1c',
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
  GeneratorId: 'security-control/EC2.19',
  AwsAccountId: '111122223333',
  Region: 'eu-west-1',
  Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
  CreatedAt: '2026-01-01T00:00:00.000Z',
  UpdatedAt: '2026-01-02T00:00:00.000Z',
  Severity: { Label: 'HIGH', Normalized: 70 },
  Title: 'Security groups should not allow unrestricted access to ports with high risk',
  Description: 'Port 22 is open to the world.',
  Resources: [
    {
      Type: 'AwsEc2SecurityGroup',
      Id: 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1',
      Tags: { team: 'payments' },
    },
  ],
  Compliance: { Status: 'FAILED', SecurityControlId: 'EC2.19' },
  Workflow: { Status: 'NEW' },
  RecordState: 'ACTIVE',
  ...more,
});

/** The same control as Security Hub V2 sends it. */
export const ocsf = (more: More = {}) => ({
  activity_id: 1,
  class_uid: 2003,
  severity_id: 4,
  status_id: 1,
  cloud: { account: { uid: '111122223333' }, region: 'eu-west-1' },
  metadata: {
    product: {
      name: 'Security Hub',
      uid: 'arn:aws:securityhub:eu-west-1::productv2/aws/securityhub',
    },
  },
  finding_info: {
    uid: 'arn:aws:securityhub:eu-west-1:111122223333:security-control/EC2.19/finding/6f1c',
    title: 'Security groups should not allow unrestricted access',
    desc: 'Port 22 is open to the world.',
    types: ['Posture Management'],
    created_time: 1767225600000,
    modified_time: 1767312000000,
  },
  resources: [
    {
      type: 'AWS::EC2::SecurityGroup',
      uid: 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1',
      tags: [{ name: 'team', value: 'payments' }],
    },
  ],
  compliance: { control: 'EC2.19', status: 'Fail', status_id: 3 },
  ...more,
});

/** A finding of sensitive data in an object. */
export const macie = (more: More = {}) => ({
  id: 'm1',
  accountId: '111122223333',
  partition: 'aws',
  region: 'eu-west-1',
  type: 'SensitiveData:S3Object/Personal',
  title: 'The S3 object contains personal information',
  description: 'The object has personal data.',
  severity: { score: 3, description: 'High' },
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  archived: false,
  sample: false,
  resourcesAffected: {
    s3Bucket: { arn: 'arn:aws:s3:::b1', tags: [{ key: 'team', value: 'payments' }] },
    s3Object: { bucketArn: 'arn:aws:s3:::b1', key: 'a/b.csv', eTag: 'e1' },
  },
  classificationDetails: null,
  policyDetails: null,
  ...more,
});

/** A finding about an EC2 instance. */
export const guardDuty = (more: More = {}) => ({
  accountId: '111122223333',
  region: 'eu-west-1',
  partition: 'aws',
  id: 'g1',
  arn: `${DETECTOR}/finding/g1`,
  type: 'Recon:EC2/Portscan',
  title: 'An instance scans ports',
  description: 'It scans a remote host.',
  severity: 5,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:00.000Z',
  resource: {
    resourceType: 'Instance',
    instanceDetails: { instanceId: 'i-1', tags: [{ key: 'team', value: 'payments' }] },
  },
  service: { archived: false, eventFirstSeen: '2025-12-31T00:00:00Z' },
  ...more,
});

/** A vulnerability of an instance, with the dates that events have. */
export const inspector = (more: More = {}) => ({
  awsAccountId: '111122223333',
  findingArn: 'arn:aws:inspector2:eu-west-1:111122223333:finding/f1',
  type: 'PACKAGE_VULNERABILITY',
  severity: 'HIGH',
  status: 'ACTIVE',
  title: 'CVE-2026-0001 - openssl',
  description: 'A bug in openssl.',
  firstObservedAt: 'Dec 3, 2025, 6:02:30 PM',
  updatedAt: 'Dec 4, 2025, 12:02:30 AM',
  packageVulnerabilityDetails: { sourceUrl: 'https://example.com/CVE-2026-0001' },
  resources: [{ type: 'AWS_EC2_INSTANCE', id: 'i-1', region: 'N/A', tags: { team: 'payments' } }],
  ...more,
});

/** A bucket that another account can read. */
export const access = (more: More = {}) => ({
  id: 'a1',
  accountId: '111122223333',
  region: 'eu-west-1',
  resource: 'arn:aws:s3:::b1',
  resourceType: 'AWS::S3::Bucket',
  isPublic: false,
  principal: { AWS: '444455556666' },
  action: ['s3:GetObject'],
  status: 'ACTIVE',
  isDeleted: false,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:00.123456789Z',
  ...more,
});

/** Each fixture in the envelope it arrives in. */
export const wrapped = {
  asff: (...findings: unknown[]) =>
    envelope('aws.securityhub', 'Security Hub Findings - Imported', { findings }),
  ocsf: (...findings: unknown[]) =>
    envelope('aws.securityhub', 'Findings Imported V2', { findings }),
  macie: (finding: unknown) => envelope('aws.macie', 'Macie Finding', finding),
  guardDuty: (finding: unknown) => envelope('aws.guardduty', 'GuardDuty Finding', finding),
  inspector: (finding: unknown) => envelope('aws.inspector2', 'Inspector2 Finding', finding),
  external: (finding: unknown, more?: More) =>
    envelope('aws.access-analyzer', 'Access Analyzer Finding', finding, more),
  internal: (finding: unknown) =>
    envelope('aws.access-analyzer', 'Internal Access Finding', finding),
  unused: (finding: unknown) =>
    envelope('aws.access-analyzer', 'Unused Access Finding for IAM entities', finding),
};

/** The one finding of an event; fails if it is none, or several. */
export function findingIn(event: unknown): Finding {
  const reading = read(event);
  if (reading.kind !== 'findings') throw new Error(`${reading.kind}: ${reading.because}`);
  const [finding, ...others] = reading.findings;
  const because = reading.rejected.map((rejection) => rejection.because);
  if (finding === undefined || others.length > 0)
    throw new Error(`not one finding: ${because.join()}`);
  return finding;
}

/** Why the parts of an event are rejected. */
export function rejectionsIn(event: unknown): string[] {
  const reading = read(event);
  return reading.kind === 'findings'
    ? reading.rejected.map(({ because }) => because)
    : [reading.kind];
}
