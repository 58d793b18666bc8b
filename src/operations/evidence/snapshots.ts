import type { Snapshot } from '@aws-sdk/client-ec2';
import { isAwsError, type Aws } from '../aws';
import { mayPass, reason } from './asked';
import { all } from '../pages';

export type Taken = {
  readonly volume: string;
  readonly snapshot: string;
  /** Of the same moment as the others; otherwise the volumes do not fit together to the last write. */
  readonly together: boolean;
};

/** What is taken, for which run. */
export interface Order {
  instanceId: string;
  run: string;
}

/** Our own snapshots with this tag, all pages. */
export const tagged = (aws: Aws, tag: string, value: string): Promise<Snapshot[]> =>
  all(async (NextToken) => {
    const page = await aws.call('ec2:DescribeSnapshots', {
      OwnerIds: ['self'],
      Filters: [{ Name: `tag:${tag}`, Values: [value] }],
      ...(NextToken && { NextToken }),
    });
    return { items: page.Snapshots, next: page.NextToken };
  });

/** Ids of all that a remediation took of an instance, in order; `run` is any of its steps. */
export const snapshotsOf = async (
  aws: Aws,
  { instanceId }: Pick<Order, 'instanceId'>,
  run: string,
): Promise<string[]> => {
  const [remediation = ''] = run.split('/');
  const isOurs = ({ Tags = [], State }: Snapshot): boolean =>
    State !== 'error' &&
    Tags.some(({ Key, Value = '' }) => Key === runTag && Value.startsWith(`${remediation}/`));
  const found = await tagged(aws, instanceTag, instanceId);
  return found
    .filter(isOurs)
    .flatMap(({ SnapshotId }) => SnapshotId ?? [])
    .sort();
};

/** What a run has taken, also where the answer to its call was lost: the tag says so. One of each volume. */
export const takenBy = async (
  aws: Aws,
  { run }: Pick<Order, 'run'>,
  volumes: readonly string[],
): Promise<Taken[]> => {
  const found = await tagged(aws, runTag, run);
  return volumes.flatMap((volume) => {
    const [first] = found
      .filter(({ VolumeId, State }) => VolumeId === volume && State !== 'error')
      .map((each) => ({ volume, snapshot: each.SnapshotId ?? '', together: isTogether(each) }))
      .sort(
        (a, b) => Number(b.together) - Number(a.together) || (a.snapshot < b.snapshot ? -1 : 1),
      );
    return first ?? [];
  });
};

/** On each snapshot: whose it is, and which step took it. */
export const instanceTag = 'DrawbridgeInstance';
const runTag = 'DrawbridgeRun';

const isTogether = ({ Tags = [] }: Snapshot): boolean =>
  Tags.some(({ Key, Value }) => Key === 'DrawbridgeMoment' && Value === 'together');

const specification = ({ instanceId, run }: Order, moment: 'together' | 'apart') => ({
  Description: `Evidence of ${instanceId}, by Drawbridge`,
  TagSpecifications: [
    {
      ResourceType: 'snapshot' as const,
      Tags: [
        { Key: runTag, Value: run },
        { Key: instanceTag, Value: instanceId },
        { Key: 'DrawbridgeMoment', Value: moment },
      ],
    },
  ],
});

const breath = 10_000;

/** One call for all, so that they fit together. None where AWS refuses: one volume that cannot be copied spoils the set. */
export const takeTogether = async (aws: Aws, order: Order): Promise<Taken[]> => {
  const InstanceSpecification = { InstanceId: order.instanceId };
  const asked = { InstanceSpecification, ...specification(order, 'together') };
  let CopyTagsFromSource: 'volume' | undefined = 'volume';
  for (const again of [true, true, false])
    try {
      const { Snapshots = [] } = await aws.call('ec2:CreateSnapshots', {
        ...asked,
        ...(CopyTagsFromSource && { CopyTagsFromSource }),
      });
      return Snapshots.map(({ VolumeId = '', SnapshotId = '' }) => ({
        volume: VolumeId,
        snapshot: SnapshotId,
        together: true,
      }));
    } catch (error) {
      if (mayPass(error)) throw error;
      // A volume takes a few snapshots at a time, some one only. Else its own tags may be too many to come along.
      if (!isAwsError(error, 'ConcurrentSnapshotLimitExceeded')) CopyTagsFromSource = undefined;
      else if (again) await aws.call('clock:Pause', { milliseconds: breath });
    }
  return [];
};

/** Each by itself, and why those failed that did. */
export const takeApart = async (
  aws: Aws,
  order: Order,
  volumes: readonly string[],
): Promise<{ taken: Taken[]; failed: Record<string, string> }> => {
  const taken: Taken[] = [];
  const failures: { volume: string; error: unknown }[] = [];
  for (const volume of volumes)
    try {
      const asked = { VolumeId: volume, ...specification(order, 'apart') };
      const { SnapshotId = '' } = await aws.call('ec2:CreateSnapshot', asked);
      taken.push({ volume, snapshot: SnapshotId, together: false });
    } catch (error) {
      failures.push({ volume, error });
    }
  // What may pass is tried again, before anything is written down.
  const passing = failures.find(({ error }) => mayPass(error));
  if (passing) throw passing.error;
  const failed = failures.map(({ volume, error }) => [volume, reason(error)] as const);
  return { taken, failed: Object.fromEntries(failed) };
};
