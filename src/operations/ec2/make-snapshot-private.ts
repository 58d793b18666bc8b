import type { CreateVolumePermission } from '@aws-sdk/client-ec2';
import { isAwsError, type Aws } from '../aws';
import type { Reversible } from '../operation';

export type MakeSnapshotPrivate = { readonly snapshotId: string };

/** Who may make volumes of the snapshot: everybody, and the accounts that it is shared with by name, in a fixed order. */
export type SnapshotSharing =
  | { readonly gone: true }
  | { readonly gone: false; readonly everybody: boolean; readonly accounts: readonly string[] };

export const makeSnapshotPrivate: Reversible<MakeSnapshotPrivate, SnapshotSharing> = {
  kind: 'ec2.make-snapshot-private',
  describe: ({ snapshotId }) => `Stop sharing ${snapshotId} with everybody`,
  read: (aws, { snapshotId }) => readSharing(aws, snapshotId),
  // A snapshot that was deleted meanwhile is shared with nobody.
  holds: (sharing) => sharing.gone || !sharing.everybody,
  async apply(aws, { snapshotId }, now) {
    if (now.gone || !now.everybody) return;
    await share(aws, snapshotId, 'remove');
  },
  async undo(aws, { snapshotId }, before, now) {
    if (before.gone || !before.everybody || now.gone || now.everybody) return;
    await share(aws, snapshotId, 'add');
  },
  restored: (sharing, _, before) =>
    sharing.gone || before.gone || !before.everybody || sharing.everybody,
  drift: (after, now) => {
    if (now.gone) return after.gone ? [] : ['the snapshot was deleted since'];
    if (after.gone) return ['the snapshot is there again'];
    return [
      ...(now.everybody && !after.everybody ? ['shared with everybody since'] : []),
      ...now.accounts
        .filter((account) => !after.accounts.includes(account))
        .map((account) => `shared since with account ${account}`),
      ...after.accounts
        .filter((account) => !now.accounts.includes(account))
        .map((account) => `no longer shared with account ${account}`),
    ];
  },
  permissions: {
    read: ['ec2:DescribeSnapshotAttribute'],
    apply: ['ec2:ModifySnapshotAttribute'],
    undo: ['ec2:ModifySnapshotAttribute'],
  },
};

const readSharing = async (aws: Aws, SnapshotId: string): Promise<SnapshotSharing> => {
  try {
    const { CreateVolumePermissions } = await aws.call('ec2:DescribeSnapshotAttribute', {
      SnapshotId,
      Attribute: 'createVolumePermission',
    });
    return sharingOf(CreateVolumePermissions ?? []);
  } catch (error) {
    if (isAwsError(error, 'InvalidSnapshot.NotFound')) return { gone: true };
    throw error;
  }
};

const sharingOf = (permissions: readonly CreateVolumePermission[]): SnapshotSharing => ({
  gone: false,
  everybody: permissions.some(({ Group }) => Group === 'all'),
  accounts: permissions.flatMap(({ UserId }) => UserId ?? []).sort(),
});

/** Names the group only: what is shared with accounts by name is never part of the call. */
const share = async (aws: Aws, SnapshotId: string, how: 'add' | 'remove'): Promise<void> => {
  try {
    await aws.call('ec2:ModifySnapshotAttribute', {
      SnapshotId,
      Attribute: 'createVolumePermission',
      OperationType: how,
      GroupNames: ['all'],
    });
  } catch (error) {
    if (!isAwsError(error, 'InvalidSnapshot.NotFound')) throw error;
  }
};
