import * as z from 'zod/mini';
import type { Resource } from '../domain/finding';
import { kindOf, resourcesOf, Tags } from './resources';
import { list, loose, text } from './text';

/** What GuardDuty tells of the resource: a block per kind, of which several may be filled. */
export const GuardDutyResource = loose({
  resourceType: text,
  instanceDetails: loose({ instanceId: text, tags: Tags }),
  accessKeyDetails: loose({ accessKeyId: text, userName: text, userType: text }),
  s3BucketDetails: list(
    loose({ arn: text, tags: Tags, s3ObjectDetails: list(loose({ objectArn: text })) }),
  ),
  eksClusterDetails: loose({ arn: text, tags: Tags }),
  ecsClusterDetails: loose({ arn: text, tags: Tags }),
  rdsDbInstanceDetails: loose({ dbInstanceArn: text, dbInstanceIdentifier: text, tags: Tags }),
  lambdaDetails: loose({ functionArn: text, tags: Tags }),
  containerDetails: loose({ id: text, name: text }),
});

/** The resources of an attack sequence, which has them beside its signals. */
export const Sequence = list(
  loose({ uid: text, resourceType: text, accountId: text, region: text, tags: Tags }),
);

/** Which kind a finding is about, where its name for it is not the ASFF name already. */
const PRIMARY = new Map<string | undefined, string>([
  ['Instance', 'AwsEc2Instance'],
  ['AccessKey', 'AwsIamAccessKey'],
  ['S3Bucket', 'AwsS3Bucket'],
  ['S3Object', 'AwsS3Object'],
  ['EKSCluster', 'AwsEksCluster'],
  ['KubernetesCluster', 'AwsEksCluster'],
  ['ECSCluster', 'AwsEcsCluster'],
  ['RDSDBInstance', 'AwsRdsDbInstance'],
  ['Lambda', 'AwsLambdaFunction'],
]);
const PRINCIPALS = new Map<string | undefined, string>([
  ['IAMUser', 'AwsIamUser'],
  ['AssumedRole', 'AwsIamRole'],
  ['Role', 'AwsIamRole'],
]);

/**
 * The resources of a finding, the one it is about first; the account if it names none. The principal of an access key
 * is added by its bare name: a key can only be taken from a user who is known.
 */
export function resourcesOfGuardDuty(
  given: z.infer<typeof GuardDutyResource>,
  sequence: z.infer<typeof Sequence>,
  account: string,
  region: string | undefined,
): Resource[] {
  const { instanceDetails, accessKeyDetails, rdsDbInstanceDetails, containerDetails } = given;
  const buckets = given.s3BucketDetails;
  const principal = PRINCIPALS.get(accessKeyDetails.userType);
  const found = [
    ...sequence.map(({ uid, resourceType, accountId, ...rest }) => ({
      ...rest,
      account: accountId ?? account,
      id: uid,
      type: kindInSequence(resourceType),
    })),
    { type: 'AwsIamAccessKey', id: accessKeyDetails.accessKeyId },
    ...(principal === undefined ? [] : [{ type: principal, id: accessKeyDetails.userName }]),
    { type: 'AwsEc2Instance', id: instanceDetails.instanceId, tags: instanceDetails.tags },
    ...buckets.flatMap(({ s3ObjectDetails }) =>
      s3ObjectDetails.map(({ objectArn }) => ({ type: 'AwsS3Object', id: objectArn })),
    ),
    ...buckets.map(({ arn, tags }) => ({ type: 'AwsS3Bucket', id: arn, tags })),
    { type: 'AwsEksCluster', id: given.eksClusterDetails.arn, tags: given.eksClusterDetails.tags },
    { type: 'AwsEcsCluster', id: given.ecsClusterDetails.arn, tags: given.ecsClusterDetails.tags },
    {
      type: 'AwsRdsDbInstance',
      id: rdsDbInstanceDetails.dbInstanceArn ?? rdsDbInstanceDetails.dbInstanceIdentifier,
      tags: rdsDbInstanceDetails.tags,
    },
    {
      type: 'AwsLambdaFunction',
      id: given.lambdaDetails.functionArn,
      tags: given.lambdaDetails.tags,
    },
    { type: 'Container', id: containerDetails.id ?? containerDetails.name },
  ];
  const resources = resourcesOf(found.map((resource) => ({ account, region, ...resource })));
  if (resources.length === 0) {
    return resourcesOf([{ type: 'AwsAccount', id: `AWS::::Account:${account}`, region }]);
  }
  const primary = PRIMARY.get(given.resourceType) ?? given.resourceType;
  return resources.sort((a, b) => Number(b.kind === primary) - Number(a.kind === primary));
}

/** `EC2_INSTANCE`, `ACCESS_KEY`, … as ASFF names them; what runs inside a cluster has no AWS name. */
function kindInSequence(type: string | undefined): string | undefined {
  if (type === 'ACCESS_KEY') return 'AwsIamAccessKey';
  if (type === 'CONTAINER') return 'Container';
  if (type === undefined || type.startsWith('KUBERNETES_')) return kindOf(type);
  return kindOf(`AWS_${type}`);
}
