import type { Effect, Planned, Step } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import type { MakeSnapshotPrivate } from '../../operations/ec2/make-snapshot-private';
import type { PublicSnapshot } from './read';

/** Snapshots in one plan: more than that nobody reads, and nobody should approve unread. */
const most = 50;

export const plan = (snapshots: readonly PublicSnapshot[], { target }: Asked): Planned => {
  const { account, region } = target;
  if (snapshots.length === 0)
    return {
      kind: 'compliant',
      because: `No EBS snapshot of account ${account} in ${region} is shared with everybody.`,
    };
  const now = snapshots.slice(0, most);
  return {
    kind: 'plan',
    plan: {
      playbook: 'close-ec2-public-snapshots',
      target,
      steps: now.map(stepFor),
      effects: now.map(effectFor),
      keeps: [
        'Shares with accounts that are named one by one.',
        'The snapshots themselves, and volumes that were made of them.',
      ],
      warnings: warningsFor(snapshots.length, region),
      blastRadius: [
        `Any AWS account can make volumes of ${count(snapshots.length, 'snapshot')} of account ${account} in ${region}. Who relies on that, without being named in a share, is shut out at once.`,
      ],
      reversible: 'exactly',
    },
  };
};

const stepFor = ({ id }: PublicSnapshot): Step => {
  const input: MakeSnapshotPrivate = { snapshotId: id };
  return { operation: 'ec2.make-snapshot-private', input, phase: 'change' };
};

const effectFor = ({ id, volume, size, taken, description, tags }: PublicSnapshot): Effect => ({
  what: `Snapshot ${id}`,
  before: [
    `public: ${size} GiB of ${volume}`,
    `taken ${taken}`,
    ...(description === '' ? [] : [`“${description}”`]),
    ...Object.entries(tags).map(([name, value]) => `${name}=${value}`),
  ].join(', '),
  after: 'not public',
});

const warningsFor = (found: number, region: string): string[] => [
  'Whatever was public may have been copied: copies and volumes in other accounts stay there. Take the data for known, and change the secrets in it.',
  ...(found > most
    ? [
        `${count(found - most, 'more snapshot')} stay${found - most === 1 ? 's' : ''} public: this plan closes the first ${most} by id. Run it again for the rest.`,
      ]
    : []),
  `Nothing keeps a snapshot from being made public again, unless public sharing is blocked for the account: aws ec2 enable-snapshot-block-public-access --state block-all-sharing --region ${region}`,
];

const count = (number: number, word: string): string =>
  `${number} ${word}${number === 1 ? '' : 's'}`;
