import { nameOf } from '../../src/operations/macie2/create-findings-filter';
import type { Estate } from '../../sandbox/estate';
import type { Standing } from './standing-parts';

/** How a playbook is asked for, and what alone is otherwise afterwards. */
export interface Remedy {
  /** Absent where Macie itself found it: nobody but Drawbridge keeps a workflow of that. */
  readonly control?: string;
  /** What people call what is wrong: the end of its ARN. */
  readonly of: string;
  /** From the card of the finding, or by typing the name. */
  readonly by: 'card' | '/remediate';
  readonly where: 'C0ALERTS' | 'C0LOW';
  readonly becomes: Standing;
}

const blocked = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const like = (state: object): unknown => expect.objectContaining(state);

/** By playbook: one thing of the seeded estate that it is for. */
export const remediesOf = (estate: Estate): Readonly<Record<string, Remedy>> => {
  const { network, snapshots, identities, keys, databases, trails, buckets, functions, payroll } =
    estate;
  const { groups, vpcId } = network;
  const account = '444455556666';
  const logBucket = `${buckets.trails}-access-logs-${account}`;
  const high = { where: 'C0ALERTS', by: 'card' } as const;
  const low = { where: 'C0LOW', by: 'card' } as const;
  const everythingOut = 'out -1 -1--1 0.0.0.0/0 ';
  const [key = ''] = Object.values(keys.still);
  const exported = 'payments/2026/11/export.csv';
  const suppressed = nameOf({ type: 'Policy:IAMUser/S3BucketPublic', bucket: buckets.assets });
  return {
    'close-ec2-admin-ports': {
      ...high,
      control: 'EC2.13',
      of: groups.web,
      becomes: {
        [`group ${groups.web}`]: [
          'in tcp 20-21 ::/0 file transfer and mail relay',
          'in tcp 22-22 10.0.0.0/8 bastion',
          'in tcp 23-25 ::/0 file transfer and mail relay',
          'in tcp 443-443 0.0.0.0/0 public website',
          everythingOut,
        ],
      },
    },
    'empty-ec2-default-group': {
      ...high,
      control: 'EC2.2',
      of: groups.default,
      becomes: { [`group ${groups.default}`]: undefined },
    },
    'close-ec2-public-snapshots': {
      ...high,
      control: 'EC2.1',
      of: account,
      becomes: {
        [`snapshot ${snapshots.open[0]}`]: ['777788889999'],
        [`snapshot ${snapshots.open[1]}`]: [],
      },
    },
    'require-ec2-imdsv2': {
      ...high,
      control: 'EC2.8',
      of: estate.secondRegion.open,
      becomes: {
        [`instance ${estate.secondRegion.open}`]: like({
          metadata: like({ HttpTokens: 'required', HttpPutResponseHopLimit: 2 }),
        }),
      },
    },
    'close-rds-public-access': {
      ...high,
      control: 'RDS.2',
      of: databases.open,
      by: '/remediate',
      becomes: {
        [`database ${databases.open}`]: like({ public: false, groups: [groups.reporting] }),
      },
    },
    'close-lambda-public-policy': {
      ...high,
      control: 'Lambda.1',
      of: functions.open,
      becomes: {
        [`function ${functions.open}`]: [
          expect.stringContaining('"Sid":"agency"'),
          expect.stringContaining(`"AWS:SourceAccount":"${account}"`),
        ],
      },
    },
    'block-s3-bucket-public-access': {
      ...high,
      control: 'S3.2',
      of: buckets.assets,
      becomes: {
        [`bucket ${buckets.assets}`]: like({
          block: blocked,
          policy: expect.stringContaining('PublicRead'),
          website: { Suffix: 'index.html' },
        }),
      },
    },
    'restore-s3-bucket-encryption': {
      ...low,
      of: payroll.bucket,
      becomes: {
        [`bucket ${payroll.bucket}`]: like({
          encryption: [
            like({
              ApplyServerSideEncryptionByDefault: {
                SSEAlgorithm: 'aws:kms',
                KMSMasterKeyID: payroll.key,
              },
            }),
          ],
        }),
      },
    },
    'quarantine-s3-object': {
      ...high,
      of: `${buckets.raw}/${exported}`,
      becomes: {
        [`bucket ${buckets.raw}`]: like({
          policy: expect.stringContaining(`arn:aws:s3:::${buckets.raw}/${exported}`),
          objects: like({
            [exported]: [{ Key: 'drawbridge:quarantined', Value: 'quarantine-s3-object' }],
            'hr/employees.json': [],
          }),
        }),
      },
    },
    'suppress-macie-findings': {
      ...high,
      of: buckets.assets,
      becomes: { [`filter ${suppressed}`]: 'ARCHIVE' },
    },
    'block-s3-account-public-access': {
      ...low,
      control: 'S3.1',
      of: account,
      becomes: { 'public access block': blocked },
    },
    'deactivate-iam-access-keys': {
      ...low,
      control: 'IAM.3',
      of: identities.user,
      becomes: {
        [`keys of ${identities.user}`]: {
          [identities.accessKeyId]: 'Inactive',
          [identities.youngKeyId]: 'Active',
        },
      },
    },
    'strengthen-iam-password-policy': {
      ...low,
      control: 'IAM.7',
      of: account,
      becomes: {
        'password policy': like({
          MinimumPasswordLength: 14,
          RequireSymbols: true,
          RequireNumbers: true,
          PasswordReusePrevention: 24,
          ExpirePasswords: false,
        }),
      },
    },
    'rotate-kms-key': {
      ...low,
      control: 'KMS.4',
      of: key,
      by: '/remediate',
      becomes: { [`key ${key}`]: true },
    },
    'validate-cloudtrail-logs': {
      ...low,
      control: 'CloudTrail.4',
      of: trails.plain,
      by: '/remediate',
      becomes: { [`trail ${trails.plain}`]: like({ LogFileValidationEnabled: true }) },
    },
    'send-cloudtrail-to-logs': {
      ...low,
      control: 'CloudTrail.5',
      of: trails.plain,
      by: '/remediate',
      becomes: {
        [`trail ${trails.plain}`]: like({
          CloudWatchLogsLogGroupArn: expect.stringContaining(
            `/drawbridge/cloudtrail/${trails.plain}`,
          ),
          CloudWatchLogsRoleArn: `arn:aws:iam::${account}:role/DrawbridgeCloudTrailToLogs`,
        }),
        [`log group /drawbridge/cloudtrail/${trails.plain}`]: 365,
      },
    },
    'log-cloudtrail-bucket-access': {
      ...low,
      control: 'CloudTrail.7',
      of: buckets.trails,
      becomes: {
        [`bucket ${buckets.trails}`]: like({ logging: like({ TargetBucket: logBucket }) }),
        [`bucket ${logBucket}`]: like({ block: blocked }),
      },
    },
    'log-vpc-flow': {
      ...low,
      control: 'EC2.6',
      of: vpcId,
      becomes: {
        [`flow log of ${vpcId}`]: like({ TrafficType: 'REJECT' }),
        [`log group /drawbridge/flow-logs/${vpcId}`]: 365,
      },
    },
  };
};
