import type { Snapshot } from '@aws-sdk/client-ec2';
import { anAsked } from './builders';
import { awsError, type Handlers } from './memory-aws';

const refusal = (code: string) => awsError(code, { $fault: 'client' });

interface Volumes {
  /** Volumes that cannot be copied. */
  broken?: readonly string[];
  /** So many calls find another snapshot of the volumes under way. */
  busy?: number;
  /** Volumes whose own tags are too many to come along. */
  full?: boolean;
  /** So many looks do not show a new snapshot yet. */
  lag?: number;
  /** Volumes that are encrypted with a key of AWS's own: their snapshots cannot be shared. */
  unshared?: readonly string[];
}

/** Snapshots of volumes: a set is taken whole or not at all, and the tags say whose each is. */
export const memoryVolumes = (
  volumes: readonly string[],
  { broken = [], busy = 0, full = false, lag = 0, unshared = [] }: Volumes = {},
) => {
  const snapshots: Snapshot[] = [];
  const sharedWith = new Map<string, Set<string>>();
  let waits = busy;
  let hidden = lag;
  const take = (VolumeId: string, Tags: Snapshot['Tags'] = []): Snapshot => {
    const taken: Snapshot = {
      SnapshotId: `snap-${snapshots.filter((each) => each.VolumeId === VolumeId).length}-of-${VolumeId}`,
      VolumeId,
      State: 'pending',
      StartTime: new Date(anAsked().now),
      Tags,
    };
    snapshots.push(taken);
    return taken;
  };
  const handlers: Handlers = {
    'ec2:CreateSnapshots': ({ TagSpecifications = [], CopyTagsFromSource }) => {
      if (waits > 0) {
        waits -= 1;
        throw refusal('ConcurrentSnapshotLimitExceeded');
      }
      if (full && CopyTagsFromSource) throw refusal('TagLimitExceeded');
      if (volumes.some((each) => broken.includes(each))) throw refusal('IncorrectState');
      return { Snapshots: volumes.map((each) => take(each, TagSpecifications[0]?.Tags)) };
    },
    'ec2:CreateSnapshot': ({ VolumeId = '', TagSpecifications = [] }) => {
      if (broken.includes(VolumeId)) throw refusal('IncorrectState');
      return take(VolumeId, TagSpecifications[0]?.Tags);
    },
    'ec2:ModifySnapshotAttribute': ({ SnapshotId = '', UserIds = [] }) => {
      const found = snapshots.find((each) => each.SnapshotId === SnapshotId);
      if (!found) throw refusal('InvalidSnapshot.NotFound');
      if (unshared.includes(found.VolumeId ?? '')) throw refusal('OperationNotPermitted');
      sharedWith.set(SnapshotId, new Set([...(sharedWith.get(SnapshotId) ?? []), ...UserIds]));
      return {};
    },
    'ec2:DescribeSnapshotAttribute': ({ SnapshotId = '' }) => ({
      CreateVolumePermissions: [...(sharedWith.get(SnapshotId) ?? [])].map((UserId) => ({
        UserId,
      })),
    }),
    'ec2:DescribeSnapshots': ({ Filters = [], NextToken }) => {
      if (!NextToken) return { Snapshots: [], NextToken: 'more' };
      if (snapshots.length > 0 && hidden > 0) {
        hidden -= 1;
        return { Snapshots: [] };
      }
      const fits = (each: Snapshot) =>
        Filters.every(({ Name = '', Values = [] }) =>
          each.Tags?.some(({ Key, Value = '' }) => Name === `tag:${Key}` && Values.includes(Value)),
        );
      return { Snapshots: snapshots.filter(fits).reverse() };
    },
  };
  return { handlers, snapshots, take, sharedWith };
};
