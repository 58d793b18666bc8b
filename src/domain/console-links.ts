import type { Finding, Resource } from './finding';

/** A link that a person follows to look for themselves. Built from checked parts only, never taken from a finding (law 11). */
export interface ConsoleLink {
  words: string;
  url: string;
}

/** Console hosts by the region's partition. */
const hostOf = (region: string): string => {
  if (region.startsWith('us-gov-')) return 'console.amazonaws-us-gov.com';
  if (region.startsWith('cn-')) return 'console.amazonaws.cn';
  return `${region}.console.aws.amazon.com`;
};

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
  AwsS3Bucket: { id: /^[a-z0-9.-]{3,63}$/, path: (id) => `s3/buckets/${id}` },
  AwsIamUser: { id: /^[\w+=,.@-]{1,64}$/, path: (id) => `iam/home#/users/details/${enc(id)}` },
  AwsKmsKey: { id: /^(mrk-)?[0-9a-f-]{32,40}$/, path: (id) => `kms/home#/kms/keys/${id}` },
  AwsRdsDbInstance: { id: /^[\w-]{1,63}$/, path: (id) => `rds/home#database:id=${id}` },
  AwsLambdaFunction: { id: /^[\w-]{1,64}$/, path: (id) => `lambda/home#/functions/${id}` },
};

const enc = encodeURIComponent;

/** At most four: the resource, its changes in CloudTrail, the finding, and the vendor's own page on AWS's documentation. */
export const consoleLinks = (finding: Finding): ConsoleLink[] => {
  const [resource] = finding.resources;
  const region = resource?.region ?? finding.region;
  return [
    ...(resource && region ? ofResource(resource, region) : []),
    ...(region && finding.productArn
      ? [
          link(
            'Finding in Security Hub',
            region,
            `securityhub/home#/findings?search=Id%3D${enc(`\\operator\\:EQUALS\\:${finding.id}`)}`,
          ),
        ]
      : []),
    ...(finding.reference && /^https:\/\/docs\.aws\.amazon\.com\/[\w#./-]+$/.test(finding.reference)
      ? [{ words: 'What AWS advises', url: finding.reference }]
      : []),
  ];
};

const ofResource = ({ kind, id }: Resource, region: string): ConsoleLink[] => {
  const short = id.split(/[/:]/).at(-1) ?? '';
  const known = paths[kind];
  return [
    ...(known?.id.test(short) ? [link('Resource in the console', region, known.path(short))] : []),
    ...(/^[\w+=,.@:/-]{1,256}$/.test(short)
      ? [
          link(
            'Who changed it (CloudTrail)',
            region,
            `cloudtrailv2/home#/events?ResourceName=${enc(short)}`,
          ),
        ]
      : []),
  ];
};

const link = (words: string, region: string, path: string): ConsoleLink => {
  const [page = '', part] = path.split('#');
  const query = page.endsWith('/home') ? `?region=${region}` : '';
  return { words, url: `https://${hostOf(region)}/${page}${query}${part ? `#${part}` : ''}` };
};
