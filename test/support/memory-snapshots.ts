import type { Snapshot } from '@aws-sdk/client-ec2';
import { awsError, type Handlers } from './memory-aws';

export interface SharedSnapshot extends Snapshot {
  SnapshotId: string;
  /** `all`, and the accounts that it is shared with. */
  sharedWith: readonly string[];
}

/** EBS snapshots and who may make volumes of them: AWS's error codes and pages. The account's own have the owner `self`. */
export const memorySnapshots = (
  all: readonly SharedSnapshot[],
  { pageSize = 1000 } = {},
): Handlers => {
  const sharing = new Map(all.map((each) => [each.SnapshotId, new Set(each.sharedWith)]));
  const sharingOf = (id = ''): Set<string> => {
    const found = sharing.get(id);
    if (!found) throw awsError('InvalidSnapshot.NotFound');
    return found;
  };
  return {
    'ec2:DescribeSnapshots': ({ OwnerIds = [], RestorableByUserIds = [], NextToken = '0' }) => {
      const found = all.filter(
        ({ SnapshotId, OwnerId = 'self' }) =>
          (OwnerIds.length === 0 || OwnerIds.includes(OwnerId)) &&
          RestorableByUserIds.every((who) => sharingOf(SnapshotId).has(who)),
      );
      const end = Number(NextToken) + pageSize;
      return {
        Snapshots: found.slice(Number(NextToken), end).map(({ sharedWith: _, ...each }) => each),
        ...(end < found.length && { NextToken: String(end) }),
      };
    },
    'ec2:DescribeSnapshotAttribute': ({ SnapshotId }) => ({
      CreateVolumePermissions: [...sharingOf(SnapshotId)].map((who) =>
        who === 'all' ? { Group: 'all' as const } : { UserId: who },
      ),
    }),
    'ec2:ModifySnapshotAttribute': (input) => {
      const { SnapshotId, OperationType, GroupNames = [], UserIds = [] } = input;
      for (const who of [...GroupNames, ...UserIds])
        if (OperationType === 'add') sharingOf(SnapshotId).add(who);
        else sharingOf(SnapshotId).delete(who);
      return {};
    },
  };
};
