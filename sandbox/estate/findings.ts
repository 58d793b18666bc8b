import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';

import { region, workloads } from './accounts';
import { asff } from './asff';
import { controlFindings } from './controls';
import { ownedBy } from './tags';
import type { Estate } from './index';

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${workloads}:${resource}`;

/** Findings of the other products that report to Security Hub. */
const productFindings = (estate: Estate, now: Date): AwsSecurityFinding[] => {
  const { servers, buckets, identities } = estate;
  const server = {
    Type: 'AwsEc2Instance',
    Id: arn('ec2', `instance/${servers.web}`),
    Tags: ownedBy('web-team', { Name: 'web-server' }),
  };
  const bucket = (name: string, owner: string) => ({
    Type: 'AwsS3Bucket',
    Id: `arn:aws:s3:::${name}`,
    Tags: ownedBy(owner),
  });
  return [
    asff(
      {
        id: arn('guardduty', 'detector/12abc34d567e8fa901bc2d34e56789f0/finding/bd01c2ac7e2f'),
        product: 'aws/guardduty',
        generator: arn('guardduty', 'detector/12abc34d567e8fa901bc2d34e56789f0'),
        title: `The EC2 instance ${servers.web} is communicating with a known command and control server.`,
        description: `EC2 instance ${servers.web} is querying a domain name that is associated with a known Command & Control server.`,
        severity: 'HIGH',
        types: ['TTPs/Command and Control/Backdoor:EC2-C&CActivity.B!DNS'],
        resource: server,
        more: { ProductName: 'GuardDuty', CompanyName: 'Amazon' },
      },
      now,
    ),
    asff(
      {
        id: arn('inspector2', 'finding/faa0d54609b94871badcc83ac7c2add5'),
        product: 'aws/inspector',
        generator: 'AWSInspector',
        title: 'CVE-2024-6387 - openssh-server',
        description:
          'A signal handler race condition was found in sshd, where an unauthenticated client that does not authenticate in time can make it run code as root (regreSSHion).',
        severity: 'CRITICAL',
        types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
        resource: server,
        more: {
          ProductName: 'Inspector',
          ProductFields: { 'aws/inspector/FindingStatus': 'ACTIVE' },
        },
      },
      now,
    ),
    asff(
      {
        id: `${arn('access-analyzer', 'analyzer/organization')}/arn:aws:s3:::${buckets.assets}`,
        product: 'aws/access-analyzer',
        generator: 'aws/access-analyzer',
        title: `AwsS3Bucket/arn:aws:s3:::${buckets.assets}/ allows public access`,
        description: `AWS::S3::Bucket/arn:aws:s3:::${buckets.assets}/ allows public access`,
        severity: 'MEDIUM',
        types: [
          'Software and Configuration Checks/AWS Security Best Practices/External Access Granted',
        ],
        resource: {
          ...bucket(buckets.assets, 'web-team'),
          Details: { Other: { 'External Principal': '*', 'Action Granted': 's3:GetObject' } },
        },
      },
      now,
    ),
    asff(
      {
        id: `prowler-iam_user_administrator_access-${workloads}-${region}-0f3a9d21c`,
        product: 'prowler/prowler',
        generator: 'prowler-iam_user_administrator_access',
        title: 'Ensure that no user has the administrator policy attached.',
        description: `User ${identities.user} has a policy that allows all actions on all resources.`,
        severity: 'MEDIUM',
        types: ['Software and Configuration Checks'],
        resource: {
          Type: 'AwsIamUser',
          Id: `arn:aws:iam::${workloads}:user/${identities.user}`,
          Tags: ownedBy('platform-team'),
        },
        more: {
          ProductName: 'Prowler',
          ProductFields: { ProviderName: 'Prowler', ProviderVersion: '5.4.0' },
        },
      },
      now,
    ),
    asff(
      {
        id: arn('config', 'rule/required-tags/raw'),
        product: 'aws/config',
        generator: 'required-tags',
        title: 'required-tags',
        description: `The bucket ${buckets.raw} has no tag CostCenter.`,
        severity: 'INFORMATIONAL',
        types: ['Software and Configuration Checks'],
        resource: bucket(buckets.raw, 'orders-team'),
        more: { ProductName: 'Config', Compliance: { Status: 'FAILED' } },
      },
      now,
    ),
  ];
};

/** All findings that Security Hub knows of when the sandbox opens; what newcomers should see first comes first. */
export const findingsOf = (estate: Estate, now: Date): AwsSecurityFinding[] => {
  const [controls, products] = [controlFindings(estate, now), productFindings(estate, now)];
  return [
    ...controls.slice(0, 1),
    ...products.slice(0, 1),
    ...controls.slice(1),
    ...products.slice(1),
  ];
};
