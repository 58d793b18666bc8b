import type { AwsSecurityFinding, Resource } from '@aws-sdk/client-securityhub';

import { region as firstRegion, secondRegion, workloads } from './accounts';
import { consolidated, perStandard } from './asff';
import { controlWords, type Control } from './control-words';
import { ownedBy } from './tags';
import type { Estate } from './index';

const arn = (service: string, resource: string, region = firstRegion): string =>
  `arn:aws:${service}:${region}:${workloads}:${resource}`;

const resource = (Type: string, Id: string, owner: string): Resource => ({
  Type,
  Id,
  Tags: ownedBy(owner),
});
const group = (id: string, owner: string) =>
  resource('AwsEc2SecurityGroup', arn('ec2', `security-group/${id}`), owner);
const bucket = (name: string, owner: string) =>
  resource('AwsS3Bucket', `arn:aws:s3:::${name}`, owner);
const trail = (name: string) =>
  resource('AwsCloudTrailTrail', arn('cloudtrail', `trail/${name}`), 'platform-team');
// Accounts have no tags in findings.
const account: Resource = { Type: 'AwsAccount', Id: `AWS::::Account:${workloads}` };

/** What fails, in the order in which newcomers should see it. */
const failing = (estate: Estate): [Control, Resource, region?: string][] => {
  const { network, buckets, identities, databases, functions, keys, trails } = estate;
  const { groups } = network;
  const inIreland = arn('ec2', `instance/${estate.secondRegion.open}`, secondRegion);
  return [
    ['EC2.13', group(groups.web, 'web-team')],
    ['RDS.2', resource('AwsRdsDbInstance', arn('rds', `db:${databases.open}`), 'orders-team')],
    ['S3.2', bucket(buckets.assets, 'web-team')],
    ['EC2.1', account],
    [
      'Lambda.1',
      resource('AwsLambdaFunction', arn('lambda', `function:${functions.open}`), 'web-team'),
    ],
    ['EC2.8', resource('AwsEc2Instance', inIreland, 'reports-team'), secondRegion],
    ['EC2.14', group(groups.rdp, 'support-team')],
    ['EC2.2', group(groups.default, 'platform-team')],
    ['S3.3', bucket(buckets.uploads, 'orders-team')],
    [
      'IAM.3',
      resource('AwsIamUser', `arn:aws:iam::${workloads}:user/${identities.user}`, 'platform-team'),
    ],
    ['IAM.7', account],
    ['S3.1', account],
    ['EC2.6', resource('AwsEc2Vpc', arn('ec2', `vpc/${network.vpcId}`), 'platform-team')],
    ['CloudTrail.4', trail(trails.plain)],
    ['CloudTrail.5', trail(trails.plain)],
    ['CloudTrail.7', bucket(buckets.trails, 'platform-team')],
    ...Object.values(keys.still).map((id): [Control, Resource] => [
      'KMS.4',
      resource('AwsKmsKey', arn('kms', `key/${id}`), 'orders-team'),
    ]),
  ];
};

/** Findings of Security Hub's own controls, one of them in the form of hubs without consolidation. */
export const controlFindings = (estate: Estate, now: Date): AwsSecurityFinding[] =>
  failing(estate).map(([control, of, region]) => {
    const facts = { control, resource: of, ...controlWords[control], ...(region && { region }) };
    return control === 'EC2.14' ? perStandard(facts, now) : consolidated(facts, now);
  });
