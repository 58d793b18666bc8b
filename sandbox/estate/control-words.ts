import type { ControlFacts } from './asff';

type Words = Pick<ControlFacts, 'title' | 'description' | 'severity'>;

/** AWS's title and severity of each control; what it checks in our own words. */
export const controlWords = {
  'EC2.1': {
    severity: 'CRITICAL',
    title: 'Amazon EBS snapshots should not be publicly restorable',
    description: 'Some EBS snapshots of the account may be restored by everybody.',
  },
  'EC2.2': {
    severity: 'HIGH',
    title: 'VPC default security groups should not allow inbound or outbound traffic',
    description: 'The default security group of the VPC has rules.',
  },
  'EC2.6': {
    severity: 'MEDIUM',
    title: 'VPC flow logging should be enabled in all VPCs',
    description: 'No flow log records what the VPC rejects.',
  },
  'EC2.8': {
    severity: 'HIGH',
    title: 'EC2 instances should use Instance Metadata Service Version 2 (IMDSv2)',
    description: 'The metadata service of the instance answers without a session token.',
  },
  'EC2.13': {
    severity: 'HIGH',
    title: 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22',
    description: 'The security group lets everybody in on port 22 (SSH).',
  },
  'EC2.14': {
    severity: 'HIGH',
    title: 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 3389',
    description: 'The security group lets everybody in on port 3389 (RDP).',
  },
  'CloudTrail.4': {
    severity: 'LOW',
    title: 'CloudTrail log file validation should be enabled',
    description:
      'The log files of the trail are not signed: whether one was changed cannot be told.',
  },
  'CloudTrail.5': {
    severity: 'LOW',
    title: 'CloudTrail trails should be integrated with Amazon CloudWatch Logs',
    description: 'No log group gets the events of the trail, so no alarm can watch them.',
  },
  'CloudTrail.7': {
    severity: 'LOW',
    title: 'Ensure S3 bucket access logging is enabled on the CloudTrail S3 bucket',
    description: 'Who reads or changes the files of the trail is logged nowhere.',
  },
  'IAM.3': {
    severity: 'MEDIUM',
    title: "IAM users' access keys should be rotated every 90 days or less",
    description: 'The user has an active access key that is older than 90 days.',
  },
  'IAM.7': {
    severity: 'MEDIUM',
    title: 'Password policies for IAM users should have strong configurations',
    description: 'The password policy of the account is weaker than recommended.',
  },
  'KMS.4': {
    severity: 'MEDIUM',
    title: 'AWS KMS key rotation should be enabled',
    description: 'The customer-managed key is not rotated by itself.',
  },
  'Lambda.1': {
    severity: 'CRITICAL',
    title: 'Lambda function policies should prohibit public access',
    description: 'The policy of the function lets everybody, or buckets of any account, call it.',
  },
  'RDS.2': {
    severity: 'CRITICAL',
    title:
      'RDS DB Instances should prohibit public access, as determined by the PubliclyAccessible configuration',
    description: 'The database instance has a public address.',
  },
  'S3.1': {
    severity: 'MEDIUM',
    title: 'S3 general purpose buckets should have block public access settings enabled',
    description: 'The account does not block public access to its buckets.',
  },
  'S3.2': {
    severity: 'CRITICAL',
    title: 'S3 general purpose buckets should block public read access',
    description: 'Everybody may read the bucket, by its policy or its access control list.',
  },
  'S3.3': {
    severity: 'CRITICAL',
    title: 'S3 general purpose buckets should block public write access',
    description: 'Everybody may write to the bucket, by its policy or its access control list.',
  },
} as const satisfies Readonly<Record<string, Words>>;

export type Control = keyof typeof controlWords;
