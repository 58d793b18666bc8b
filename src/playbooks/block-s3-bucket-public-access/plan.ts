import type { Effect, Planned } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import {
  isBlocked,
  settingNames,
  settings,
  together,
  type AccessBlock,
} from '../../operations/s3/access-block';
import type { BlockPublicAccess } from '../../operations/s3/block-public-access';
import { audienceOf, type Audience } from './audience';
import type { Bucket, BucketFacts } from './read';

const without = 'without effect while blocked';

export const plan = (facts: BucketFacts, { target, control, finding }: Asked): Planned => {
  if (facts.kind === 'missing')
    return { kind: 'compliant', because: `The bucket ${target.id} does not exist any more.` };
  if (facts.kind === 'unreadable') return { kind: 'refusal', because: refusalOf(facts, target) };
  if (isBlocked(wanted(facts, control ?? finding?.type)))
    return {
      kind: 'compliant',
      because: `All four settings that block public access are on for ${target.id}.`,
    };
  const audience = audienceOf(facts, target.account);
  const input: BlockPublicAccess = { bucket: target.id, account: target.account };
  return {
    kind: 'plan',
    plan: {
      playbook: 'block-s3-bucket-public-access',
      target,
      steps: [{ operation: 's3.block-public-access', input, phase: 'change' }],
      effects: [...settingEffects(facts), ...accessEffects(audience)],
      keeps: keepsOf(facts, audience, target.account, control),
      warnings: warningsOf(facts, audience),
      blastRadius: radiusOf(facts, target.id),
      reversible: 'exactly',
    },
  };
};

/** Some look at the bucket's own settings: S3.8, CloudTrail.6, Macie. Who may read or write is also the account's matter. */
const wanted = ({ block, account }: Bucket, of: string | undefined): AccessBlock =>
  of !== undefined && aboutAccess.includes(of) ? together(block, account) : block;

const aboutAccess = ['S3.2', 'S3.3', 'Policy:IAMUser/S3BucketPublic'];

const refusalOf = (
  { part, denied }: Extract<BucketFacts, { kind: 'unreadable' }>,
  { id, account }: Asked['target'],
): string =>
  denied
    ? `Who uses ${id} cannot be seen: AWS does not show its ${part}. Either the bucket is not of account ${account}, or its policy denies Drawbridge to look.`
    : `Who uses ${id} cannot be seen: its ${part} has a form that is not known here.`;

const settingEffects = ({ block, account }: Bucket): Effect[] =>
  settingNames
    .filter((name) => !block[name])
    .map((name) => ({
      what: `${settings[name]} (${name})`,
      before: account[name] ? 'off, but on for the whole account' : 'off',
      after: 'on',
    }));

const accessEffects = ({ everybody, others, grants }: Audience): Effect[] => [
  ...[...everybody, ...others].map(({ name, text }) => ({
    what: `Policy statement ${name}`,
    before: text,
    after: without,
  })),
  ...grants.map(({ permission, to }) => ({
    what: 'ACL grant',
    before: `${permission} for ${to}`,
    after: without,
  })),
];

const keepsOf = (
  { acl }: Bucket,
  { kept }: Audience,
  account: string,
  control: string | undefined,
): string[] => [
  ...(control === 'CloudTrail.6'
    ? [
        'CloudTrail goes on writing: cloudtrail.amazonaws.com is an AWS service, which the block does not touch.',
      ]
    : []),
  `Policy, ACL and objects are not changed; access by IAM permissions of account ${account} goes on.`,
  ...kept.map(({ name, text }) => `Policy statement ${name} ${text}.`),
  ...(acl.others > 0
    ? [
        `${count(acl.others, 'ACL grant')} to other accounts ${acl.others === 1 ? 'stays' : 'stay'}.`,
      ]
    : []),
];

const warningsOf = (facts: Bucket, { everybody, others, grants }: Audience): string[] => {
  const { policy, acl, website, block, account } = facts;
  const standing = together(block, account);
  const open = everybody.length + grants.length > 0;
  return [
    ...(website && !(standing.RestrictPublicBuckets && standing.IgnorePublicAcls)
      ? [
          'WEBSITE: static website hosting is on. A bucket that is blocked answers its visitors with 403: the site goes down unless it moves behind CloudFront with origin access control.',
        ]
      : []),
    ...(open
      ? [
          'Whoever reads without signing gets 403 from then on: browsers, partners, and a CDN that has no origin access control.',
        ]
      : []),
    ...(others.length > 0
      ? [
          `Other accounts lose access too, as long as the policy is public: ${others.map(({ name }) => name).join(', ')}.`,
        ]
      : []),
    ...(policy?.public && !standing.RestrictPublicBuckets && everybody.length === 0
      ? ['AWS calls the policy public, but no statement was found that is: read it first.']
      : []),
    ...(acl.enabled && !standing.IgnorePublicAcls
      ? [
          'Objects may have public ACLs of their own, which stop working too: they were not looked at.',
        ]
      : []),
    ...(standing.BlockPublicAcls && standing.BlockPublicPolicy
      ? []
      : [
          'S3 refuses new public policies and ACLs from then on: deployments and uploads that set one fail.',
        ]),
  ];
};

const radiusOf = ({ policy, account, region, tags }: Bucket, bucket: string): string[] => [
  `Bucket ${bucket} in ${region}${tags.length > 0 ? `, tagged ${tags.join(', ')}` : ''}.`,
  policy === undefined
    ? 'It has no policy.'
    : `AWS calls its policy ${policy.public ? 'public' : 'not public'}.`,
  accountWords(account),
];

const accountWords = (account: AccessBlock): string => {
  if (isBlocked(account))
    return 'Its account blocks public access as a whole, so nobody loses any.';
  const on = settingNames.filter((name) => account[name]);
  return on.length === 0
    ? 'Its account blocks nothing by itself.'
    : `Its account has on: ${on.join(', ')}.`;
};

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
