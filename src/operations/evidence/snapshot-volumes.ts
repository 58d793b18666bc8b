import { Told } from '../../domain/errors';
import type { Irreversible } from '../operation';
import { keepJson, keptBy, neverUndone, type Evidence } from './kept';
import { takeApart, takenBy, takeTogether, type Taken } from './snapshots';

export type SnapshotVolumes = {
  readonly instanceId: string;
  /** Ids of the EBS volumes that are attached to it; without one there is nothing to take. */
  readonly volumes: readonly string[];
};

export type Snapshots = Evidence & { readonly snapshots: readonly Taken[] };

/** The moment is that of the call: nobody waits until the blocks are copied. */
export const snapshotVolumes: Irreversible<SnapshotVolumes, Snapshots> = {
  kind: 'evidence.snapshot-volumes',
  describe: ({ instanceId, volumes: { length } }) =>
    `Take ${length === 1 ? 'a snapshot of the volume' : `snapshots of the ${length} volumes`} of ${instanceId}`,
  async read(aws, { volumes }, run) {
    const kept = await keptBy(aws, run);
    return { snapshots: await takenBy(aws, { run }, volumes), kept };
  },
  holds: ({ snapshots, kept }, { volumes }) =>
    missing(snapshots, volumes).length === 0 && isWhole(kept),
  async apply(aws, { instanceId, volumes }, now, run) {
    // AWS shows new snapshots a moment later: what is written down was taken.
    if (isWhole(now.kept)) return;
    const order = { instanceId, run };
    const wanted = missing(now.snapshots, volumes);
    // Where some are taken already, that moment is past, and the rest is taken one by one.
    const all = wanted.length > 0 && now.snapshots.length === 0;
    const together = all ? await takeTogether(aws, order) : now.snapshots;
    const { taken, failed } = await takeApart(aws, order, missing(together, volumes));
    const snapshots = [...together, ...taken].sort((a, b) => (a.volume < b.volume ? -1 : 1));
    const note = noteOf(snapshots, volumes, failed);
    const incomplete = Object.keys(failed).length;
    const name = incomplete > 0 ? 'snapshots-incomplete.json' : whole;
    await keepJson(aws, run, { name, note }, { instanceId, volumes, snapshots, failed });
    if (incomplete > 0) throw new Told(`Not every volume could be taken: ${note}.`);
  },
  ...neverUndone,
  permissions: {
    read: ['ec2:DescribeSnapshots'],
    apply: ['ec2:CreateSnapshot', 'ec2:CreateSnapshots', 'ec2:CreateTags'],
  },
};

const whole = 'snapshots.json';

const isWhole = (kept: Evidence['kept']): boolean => kept.some(({ name }) => name === whole);

const missing = (snapshots: readonly Taken[], volumes: readonly string[]): string[] =>
  volumes.filter((volume) => !snapshots.some((each) => each.volume === volume));

const noteOf = (
  snapshots: readonly Taken[],
  volumes: readonly string[],
  failed: Readonly<Record<string, string>>,
): string => {
  const apart = snapshots.filter(({ together }) => !together).map(({ volume }) => volume);
  const without = Object.entries(failed).map(([volume, because]) => `${volume} (${because})`);
  return [
    ...(volumes.length === 0 ? ['it has no EBS volume'] : []),
    ...(apart.length > 0 && volumes.length > 1
      ? [`not of the same moment: ${apart.join(', ')}`]
      : []),
    ...(without.length > 0 ? [`without a snapshot: ${without.join(', ')}`] : []),
  ].join('; ');
};
