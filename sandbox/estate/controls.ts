import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';

import { region, workloads } from './accounts';
import { consolidated, perStandard } from './asff';
import type { Estate } from './index';

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${workloads}:${resource}`;

const group = (id: string) => ({
  Type: 'AwsEc2SecurityGroup',
  Id: arn('ec2', `security-group/${id}`),
});

/** Findings of Security Hub's own controls, in both of their forms. */
export const controlFindings = (estate: Estate, now: Date): AwsSecurityFinding[] => {
  const { network, buckets, identities, servers } = estate;
  const { web, rdp } = network.groups;
  return [
    consolidated(
      {
        control: 'EC2.13',
        uuid: '5f1c5e7a-0001-4000-8000-00000000ec13',
        title: 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22',
        description:
          'This control checks whether an Amazon EC2 security group allows ingress from 0.0.0.0/0 or ::/0 to port 22. The control fails if the security group allows ingress from 0.0.0.0/0 or ::/0 to port 22.',
        severity: 'HIGH',
        resource: { ...group(web), Tags: { Environment: 'production' } },
      },
      now,
    ),
    perStandard(
      {
        control: 'EC2.14',
        uuid: '5f1c5e7a-0002-4000-8000-00000000ec14',
        title: 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 3389',
        description:
          'This control checks whether an Amazon EC2 security group allows ingress from 0.0.0.0/0 or ::/0 to port 3389. The control fails if the security group allows it.',
        severity: 'HIGH',
        resource: group(rdp),
      },
      now,
    ),
    consolidated(
      {
        control: 'S3.2',
        uuid: '5f1c5e7a-0003-4000-8000-000000000532',
        title: 'S3 general purpose buckets should block public read access',
        description:
          'This control checks whether an Amazon S3 general purpose bucket permits public read access. It evaluates the block public access settings, the bucket policy, and the bucket access control list (ACL).',
        severity: 'CRITICAL',
        resource: { Type: 'AwsS3Bucket', Id: `arn:aws:s3:::${buckets.assets}` },
      },
      now,
    ),
    consolidated(
      {
        control: 'IAM.3',
        uuid: '5f1c5e7a-0004-4000-8000-000000001a03',
        title: "IAM users' access keys should be rotated every 90 days or less",
        description:
          'This control checks whether the active access keys are rotated within 90 days.',
        severity: 'MEDIUM',
        resource: {
          Type: 'AwsIamUser',
          Id: `arn:aws:iam::${workloads}:user/${identities.user}`,
        },
      },
      now,
    ),
    consolidated(
      {
        control: 'EC2.8',
        uuid: '5f1c5e7a-0005-4000-8000-00000000ec08',
        title: 'EC2 instances should use Instance Metadata Service Version 2 (IMDSv2)',
        description:
          'This control checks whether your EC2 instance metadata version is configured with Instance Metadata Service Version 2 (IMDSv2).',
        severity: 'LOW',
        resource: { Type: 'AwsEc2Instance', Id: arn('ec2', `instance/${servers.worker}`) },
      },
      now,
    ),
  ];
};
