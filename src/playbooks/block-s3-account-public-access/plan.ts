import type { Effect, Planned } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import { isBlocked, settingNames, settings } from '../../operations/s3/access-block';
import type { BlockAccountPublicAccess } from '../../operations/s3/block-account-public-access';
import type { AccountFacts, BucketLook } from './read';

type Seen = Extract<BucketLook, { kind: 'seen' }>;

export const plan = (facts: AccountFacts, { target }: Asked): Planned => {
  const { account } = target;
  if (isBlocked(facts.block))
    return {
      kind: 'compliant',
      because: `All four settings that block public access are on for account ${account}.`,
    };
  const seen = facts.buckets.filter((bucket) => bucket.kind === 'seen');
  if (facts.buckets.length > 0 && seen.length === 0)
    return {
      kind: 'refusal',
      because: `Who loses access cannot be seen: no bucket of account ${account} shows whether it is public.`,
    };
  const open = seen.filter((bucket) => bucket.public.length > 0);
  const input: BlockAccountPublicAccess = { account };
  return {
    kind: 'plan',
    plan: {
      playbook: 'block-s3-account-public-access',
      target,
      steps: [{ operation: 's3.block-account-public-access', input, phase: 'change' }],
      effects: effectsOf(facts, open),
      keeps: [
        'Policies, ACLs and objects are not changed, nor are the blocks of single buckets.',
        `Access by IAM permissions of account ${account} and by AWS services goes on.`,
      ],
      warnings: warningsOf(facts, seen, open),
      blastRadius: radiusOf(facts, seen, open),
      reversible: 'exactly',
    },
  };
};

/** A card has room for 40 lines; the settings are the first four. */
const mostShown = 30;

const effectsOf = ({ block }: AccountFacts, open: readonly Seen[]): Effect[] => [
  ...settingNames
    .filter((name) => !block[name])
    .map((name) => ({ what: `${settings[name]} (${name})`, before: 'off', after: 'on' })),
  ...open.slice(0, mostShown).map((bucket) => ({
    what: 'Public bucket',
    before: `${bucket.name}, by its ${reasonsOf(bucket)}`,
    after: 'not public while blocked',
  })),
  ...(open.length > mostShown
    ? [
        {
          what: 'Public buckets',
          before: `${open.length - mostShown} more`,
          after: 'not public while blocked',
        },
      ]
    : []),
];

const warningsOf = (
  { buckets, more }: AccountFacts,
  seen: readonly Seen[],
  open: readonly Seen[],
): string[] => {
  const websites = seen.filter(({ website }) => website);
  const hidden = buckets.filter(({ kind }) => kind === 'unreadable');
  return [
    ...(websites.length > 0
      ? [
          `WEBSITE: static website hosting is on, and goes down with 403, for ${some(websites.map(({ name }) => name))}.`,
        ]
      : []),
    ...(open.length > 0
      ? [
          `${open.length} of ${seen.length} buckets ${open.length === 1 ? 'is' : 'are'} public now: whoever reads without signing gets 403, and other accounts lose access where the policy is public.`,
        ]
      : []),
    ...(hidden.length > 0
      ? [
          `${hidden.length} of the buckets ${hidden.length === 1 ? 'does not show whether it is' : 'do not show whether they are'} public: ${some(hidden.map(({ name }) => name))}.`,
        ]
      : []),
    ...(more > 0 ? [`And ${more} more buckets were not looked at.`] : []),
    'It binds every bucket and access point of the account in all Regions, new ones too: deployments and uploads that set a public policy or ACL fail.',
    'Objects may have public ACLs of their own, which stop working too: they were not looked at.',
  ];
};

const radiusOf = (
  { buckets, more }: AccountFacts,
  seen: readonly Seen[],
  open: readonly Seen[],
): string[] => [
  `Buckets of the account: ${buckets.length + more}, of which looked at: ${seen.length}.`,
  ...(open.length > 0
    ? [`Public now: ${some(open.map((each) => `${each.name} (${reasonsOf(each)})`))}.`]
    : ['None of those is public now by its policy or ACL.']),
];

const reasonsOf = ({ public: by, website }: Seen): string =>
  `${by.join(' and ')}${website ? ', a website' : ''}`;

const some = (items: readonly string[]): string =>
  items.length <= 5
    ? items.join(', ')
    : `${items.slice(0, 5).join(', ')} and ${items.length - 5} more`;
