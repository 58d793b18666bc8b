import type { Estate } from '../../sandbox/estate';
import type { Standing } from './standing-parts';

/** How a playbook is asked for, and what alone is otherwise afterwards. */
export interface Remedy {
  readonly control: string;
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
  const { network, snapshots, identities, keys, databases, trails, buckets, functions } = estate;
  const { groups, vpcId } = network;
  const account = '444455556666';
  const logBucket = `${buckets.trails}-access-logs-${account}`;
  const high = { where: 'C0ALERTS', by: 'card' } as const;
  const low = { where: 'C0LOW', by: 'card' } as const;
  const everythingOut = 'out -1 -1--1 0.0.0.0/0 ';
  const [key = ''] = Object.values(keys.still);
  return {
    'close-ec2-admin-ports': {
      ...{ control: 'EC2.13', of: groups.web, ...high },
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
      ...{ control: 'EC2.2', of: groups.default, ...high },
      becomes: { [`group ${groups.default}`]: undefined },
    },
    'close-ec2-public-snapshots': {
      ...{ control: 'EC2.1', of: account, ...high },
      becomes: {
        [`snapshot ${snapshots.open[0]}`]: ['777788889999'],
        [`snapshot ${snapshots.open[1]}`]: [],
      },
    },
    'require-ec2-imdsv2': {
      ...{ control: 'EC2.8', of: estate.secondRegion.open, ...high },
      becomes: {
        [`instance ${estate.secondRegion.open}`]: like({
          metadata: like({ HttpTokens: 'required', HttpPutResponseHopLimit: 2 }),
        }),
      },
    },
    'close-rds-public-access': {
      ...{ control: 'RDS.2', of: databases.open, ...high, by: '/remediate' },
      becomes: {
        [`database ${databases.open}`]: like({ public: false, groups: [groups.reporting] }),
      },
    },
    'close-lambda-public-policy': {
      ...{ control: 'Lambda.1', of: functions.open, ...high },
      becomes: {
        [`function ${functions.open}`]: [
          expect.stringContaining('"Sid":"agency"'),
          expect.stringContaining(`"AWS:SourceAccount":"${account}"`),
        ],
      },
    },
    'block-s3-bucket-public-access': {
      ...{ control: 'S3.2', of: buckets.assets, ...high },
      becomes: {
        [`bucket ${buckets.assets}`]: like({
          block: blocked,
          policy: expect.stringContaining('PublicRead'),
          website: { Suffix: 'index.html' },
        }),
      },
    },
    'block-s3-account-public-access': {
      ...{ control: 'S3.1', of: account, ...low },
      becomes: { 'public access block': blocked },
    },
    'deactivate-iam-access-keys': {
      ...{ control: 'IAM.3', of: identities.user, ...low },
      becomes: {
        [`keys of ${identities.user}`]: {
          [identities.accessKeyId]: 'Inactive',
          [identities.youngKeyId]: 'Active',
        },
      },
    },
    'strengthen-iam-password-policy': {
      ...{ control: 'IAM.7', of: account, ...low },
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
      ...{ control: 'KMS.4', of: key, ...low, by: '/remediate' },
      becomes: { [`key ${key}`]: true },
    },
    'validate-cloudtrail-logs': {
      ...{ control: 'CloudTrail.4', of: trails.plain, ...low, by: '/remediate' },
      becomes: { [`trail ${trails.plain}`]: like({ LogFileValidationEnabled: true }) },
    },
    'send-cloudtrail-to-logs': {
      ...{ control: 'CloudTrail.5', of: trails.plain, ...low, by: '/remediate' },
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
      ...{ control: 'CloudTrail.7', of: buckets.trails, ...low },
      becomes: {
        [`bucket ${buckets.trails}`]: like({ logging: like({ TargetBucket: logBucket }) }),
        [`bucket ${logBucket}`]: like({ block: blocked }),
      },
    },
    'log-vpc-flow': {
      ...{ control: 'EC2.6', of: vpcId, ...low },
      becomes: {
        [`flow log of ${vpcId}`]: like({ TrafficType: 'REJECT' }),
        [`log group /drawbridge/flow-logs/${vpcId}`]: 365,
      },
    },
  };
};
