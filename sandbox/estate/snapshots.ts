import {
  CreateSnapshotCommand,
  CreateVolumeCommand,
  type EC2Client,
  ModifySnapshotAttributeCommand,
} from '@aws-sdk/client-ec2';

import { partner } from './accounts';
import { ownedBy, tagList } from './tags';

export interface Snapshots {
  /** Everybody may restore these two; the first is shared with a partner by name besides. */
  readonly open: readonly [string, string];
  /** Nobody else's. */
  readonly closed: string;
}

/** Snapshots of the database server's disk, from the week in which it moved. */
export const createSnapshots = async (ec2: EC2Client): Promise<Snapshots> => {
  const { VolumeId } = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone: 'us-east-1a', Size: 20 }),
  );
  const take = async (Description: string, ...shares: object[]): Promise<string> => {
    const Tags = tagList(ownedBy('orders-team'));
    const { SnapshotId = '' } = await ec2.send(
      new CreateSnapshotCommand({
        VolumeId,
        Description,
        TagSpecifications: [{ ResourceType: 'snapshot', Tags }],
      }),
    );
    for (const share of shares) {
      const Attribute = 'createVolumePermission';
      await ec2.send(
        new ModifySnapshotAttributeCommand({
          SnapshotId,
          Attribute,
          OperationType: 'add',
          ...share,
        }),
      );
    }
    return SnapshotId;
  };
  const everybody = { GroupNames: ['all'] };
  const [first, second, closed] = await Promise.all([
    take('orders database, before the move', everybody, { UserIds: [partner] }),
    take('orders database, after the move', everybody),
    take('orders database, nightly'),
  ]);
  return { open: [first, second], closed };
};
