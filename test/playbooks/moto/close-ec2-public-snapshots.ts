import {
  CreateSnapshotCommand,
  CreateVolumeCommand,
  EC2Client,
  ModifySnapshotAttributeCommand,
} from '@aws-sdk/client-ec2';
import { workloads } from '../../../sandbox/estate';
import { targetIn } from './target';
import type { Seed } from './seed';

/** Three snapshots: public, public and shared by name, shared by name only. */
export const closeEc2PublicSnapshots: Seed = async (settings) => {
  const ec2 = new EC2Client(settings);
  const { VolumeId } = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone: 'us-east-1a', Size: 8 }),
  );
  const shares = [{ GroupNames: ['all'] }, { UserIds: ['444455556666'] }];
  for (const given of [shares.slice(0, 1), shares, shares.slice(1)]) {
    const { SnapshotId } = await ec2.send(
      new CreateSnapshotCommand({ VolumeId, Description: 'nightly' }),
    );
    for (const share of given)
      await ec2.send(
        new ModifySnapshotAttributeCommand({
          SnapshotId,
          Attribute: 'createVolumePermission',
          OperationType: 'add',
          ...share,
        }),
      );
  }
  return { target: targetIn('AwsAccount', workloads), control: 'EC2.1' };
};
