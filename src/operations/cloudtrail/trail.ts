import type { Trail as Described } from '@aws-sdk/client-cloudtrail';
import type { Target } from '../../domain/target';
import type { Aws } from '../aws';

/** A trail as any of its Regions and accounts tells it. */
export type Trail = {
  readonly name: string;
  readonly arn: string;
  /** The Region that it was made in. */
  readonly home: string;
  /** The account that it was made in. */
  readonly account: string;
  readonly everyRegion: boolean;
  readonly organization: boolean;
  readonly bucket: string;
  readonly validated: boolean;
  /** ARN of the attached log group; empty where none is. */
  readonly logGroup: string;
};

/**
 * Looks among all trails that the Region sees, the copies of multi-Region and organization trails too: asked by its
 * name, CloudTrail tells only trails that were made here, and a trail elsewhere would look gone.
 */
export const findTrail = async (
  aws: Aws,
  { id, account, region }: Target,
): Promise<Trail | undefined> => {
  const { trailList = [] } = await aws.call('cloudtrail:DescribeTrails', {
    includeShadowTrails: true,
  });
  const named = trailList.filter(({ Name }) => Name === id).map(trailOf);
  return named.find((trail) => trail.account === account && trail.home === region) ?? named[0];
};

const trailOf = (trail: Described): Trail => {
  const { Name: name = '', TrailARN: arn = '' } = trail;
  const [, , , region = '', account = ''] = arn.split(':');
  return {
    name,
    arn,
    home: trail.HomeRegion ?? region,
    account,
    everyRegion: trail.IsMultiRegionTrail ?? false,
    organization: trail.IsOrganizationTrail ?? false,
    bucket: trail.S3BucketName ?? 'its bucket',
    validated: trail.LogFileValidationEnabled ?? false,
    logGroup: trail.CloudWatchLogsLogGroupArn ?? '',
  };
};

/** Why CloudTrail would refuse to change the trail from the target's account and Region, as a sentence. */
export const outOfReach = (
  { name, account, home, organization }: Trail,
  target: Target,
): string | undefined => {
  if (organization && account !== target.account)
    return `The trail ${name} belongs to the organization: only its management account ${account} or a delegated administrator can change it, not account ${target.account}.`;
  if (home !== target.region)
    return `The trail ${name} can only be changed in its home Region ${home}, not from ${target.region}: use the finding of ${home}.`;
  return undefined;
};

/** Whose events the trail holds, for the person who approves. */
export const reachOf = ({ name, everyRegion, organization, home }: Trail): string =>
  `The trail ${name} records ${everyRegion ? 'all Regions' : home} of ${organization ? 'every account of the organization' : 'this account'}.`;
