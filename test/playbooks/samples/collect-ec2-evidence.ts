import type { Snapshot } from '@aws-sdk/client-ec2';
import { anAsked } from '../../support/builders';
import { aServer } from '../../support/memory-server';
import { target } from './ec2-instance-target';
import type { Worlds } from './worlds';

/** Of both its volumes, at this time. */
export const takenAt = (StartTime: Date, VolumeIds = ['vol-root', 'vol-data']): Snapshot[] =>
  VolumeIds.map((VolumeId) => ({
    SnapshotId: `snap-of-${VolumeId}`,
    VolumeId,
    StartTime,
    State: 'pending',
  }));

export const collectEc2Evidence: Worlds = {
  target,
  toChange: () => aServer().aws,
  compliant: () =>
    aServer({
      instead: {
        'ec2:DescribeSnapshots': () => ({ Snapshots: takenAt(new Date(anAsked().now)) }),
      },
    }).aws,
};
