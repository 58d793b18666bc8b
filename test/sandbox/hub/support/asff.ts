import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { administrator, region } from './hub';

export const controls = `arn:aws:securityhub:${region}::product/aws/securityhub`;
export const guardDuty = `arn:aws:securityhub:${region}::product/aws/guardduty`;

export function asff(changes: Partial<AwsSecurityFinding> = {}): AwsSecurityFinding {
  return {
    SchemaVersion: '2018-10-08',
    Id: `arn:aws:securityhub:${region}:${administrator}:security-control/S3.8/finding/1`,
    ProductArn: controls,
    GeneratorId: 'security-control/S3.8',
    AwsAccountId: administrator,
    Types: ['Software and Configuration Checks/AWS Security Best Practices'],
    CreatedAt: '2026-11-01T08:00:00.000Z',
    UpdatedAt: '2026-11-01T08:00:00.000Z',
    Severity: { Label: 'HIGH' },
    Title: 'S3 buckets should block public access',
    Description: 'The bucket allows public access.',
    Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::payroll', Tags: { team: 'pay' } }],
    Compliance: { Status: 'FAILED', SecurityControlId: 'S3.8' },
    ...changes,
  };
}
