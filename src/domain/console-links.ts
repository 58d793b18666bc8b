import { isInHub, type Finding, type Resource } from './finding';
import { partitionOf } from './partition';

/** A link that a person follows to look for themselves. Built from checked parts only, never taken from a finding (law 11). */
export interface ConsoleLink {
  words: string;
  url: string;
}

/** Console hosts by partition. Where we know none, there is no link. */
const hostOf = (region: string): string | undefined =>
  ({
    aws: `${region}.console.aws.amazon.com`,
    'aws-us-gov': 'console.amazonaws-us-gov.com',
    'aws-cn': 'console.amazonaws.cn',
  })[partitionOf(region)];

const paths: Readonly<Record<string, { id: RegExp; path: (id: string) => string }>> = {
  AwsEc2SecurityGroup: {
    id: /^sg-[0-9a-f]+$/,
    path: (id) => `ec2/home#SecurityGroup:groupId=${id}`,
  },
  AwsEc2Instance: {
    id: /^i-[0-9a-f]+$/,
    path: (id) => `ec2/home#InstanceDetails:instanceId=${id}`,
  },
  AwsEc2Vpc: { id: /^vpc-[0-9a-f]+$/, path: (id) => `vpcconsole/home#VpcDetails:VpcId=${id}` },
  AwsS3Bucket: { id: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, path: (id) => `s3/buckets/${id}` },
  AwsIamUser: { id: /^[\w+=,.@-]{1,64}$/, path: (id) => `iam/home#/users/details/${enc(id)}` },
  AwsKmsKey: { id: /^(mrk-)?[0-9a-f-]{32,40}$/, path: (id) => `kms/home#/kms/keys/${id}` },
  AwsRdsDbInstance: { id: /^[\w-]{1,63}$/, path: (id) => `rds/home#database:id=${id}` },
  AwsLambdaFunction: { id: /^[\w-]{1,64}$/, path: (id) => `lambda/home#/functions/${id}` },
};

const enc = encodeURIComponent;

/** At most four: the resource, its changes in CloudTrail, the finding and what found it, and AWS's own advice. */
export const consoleLinks = (finding: Finding): ConsoleLink[] => {
  const [resource] = finding.resources;
  const region = resource?.region ?? finding.region;
  return [
    ...(resource && region ? ofResource(resource, region) : []),
    ...(finding.region && isInHub(finding)
      ? link('Finding in Security Hub', finding.region, inHub(finding))
      : []),
    ...(finding.region && finding.source === 'macie' ? inMacie(finding, finding.region) : []),
    ...(finding.reference && advice.test(finding.reference)
      ? [{ words: 'What AWS advises', url: finding.reference }]
      : []),
  ];
};

const advice = /^https:\/\/docs\.aws\.amazon\.com\/[\w#./-]{1,500}$/;

/** The console decodes what it searches for twice. */
const inHub = ({ source, id }: Finding): string => {
  const wanted = enc(enc(`\\operator\\:EQUALS\\:${id.slice(0, 512).toWellFormed()}`));
  return source === 'security-hub-v2'
    ? `securityhub/v2/home#/findings?search=finding_info.uid%3D${wanted}`
    : `securityhub/home#/findings?search=Id%3D${wanted}`;
};

/** The Region is the one that Macie looked in: its console shows no other. */
const inMacie = ({ id, job }: Finding, region: string): ConsoleLink[] => [
  ...(plainId.test(id) ? link('Finding in Macie', region, `macie/home#findings?itemId=${id}`) : []),
  ...(job ? jobLinks(job, region, 'Findings of its job') : []),
];

const plainId = /^[\w-]{1,64}$/;

const ofResource = ({ kind, id }: Resource, region: string): ConsoleLink[] => {
  if (kind === 'AwsS3Object') return ofObject(id, region);
  const short = shortOf(kind, id);
  const known = Object.hasOwn(paths, kind) ? paths[kind] : undefined;
  return [
    ...(known?.id.test(short) ? link('Resource in the console', region, known.path(short)) : []),
    ...(/^[\w+=,.@-]{1,256}$/.test(short)
      ? link(
          'Who changed it (CloudTrail)',
          region,
          `cloudtrailv2/home#/events?ResourceName=${enc(short)}`,
        )
      : []),
  ];
};

/** Who read or changed an object is not in CloudTrail's own event history. */
const ofObject = (id: string, region: string): ConsoleLink[] => {
  const [, bucket = '', key = ''] = /^arn:[^:]*:s3:::([^/]+)\/(.{1,200})$/s.exec(id) ?? [];
  return paths['AwsS3Bucket']?.id.test(bucket)
    ? link('Resource in the console', region, `s3/object/${bucket}`, {
        prefix: key.toWellFormed(),
      })
    : [];
};

/** A function's ARN may end in an alias or a version. */
const shortOf = (kind: string, id: string): string =>
  (kind === 'AwsLambdaFunction' && /:function:([^:]+)/.exec(id)?.[1]) ||
  id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf(':')) + 1);

const link = (
  words: string,
  region: string,
  path: string,
  more: Readonly<Record<string, string>> = {},
): ConsoleLink[] => {
  const host = hostOf(region);
  const query = Object.entries({ region, ...more }).map(([name, value]) => `${name}=${enc(value)}`);
  return host
    ? [{ words, url: `https://${host}/${path.replace(/#|$/, (at) => `?${query.join('&')}${at}`)}` }]
    : [];
};

/** What one job of Macie found, beside what it is. */
export const jobLinks = (job: string, region: string, words = 'Open in Macie'): ConsoleLink[] =>
  /^[0-9a-f]{8,64}$/.test(job)
    ? link(
        words,
        region,
        `macie/home#findings?tab=job&search=${enc(`classificationDetails.jobId=${job}`)}&macros=current`,
      )
    : [];
