import { Target } from '../../../src/domain/target';
import { account, region } from '../../support/builders';
import { MemoryAws } from '../../support/memory-aws';
import { memorySnapshots, type SharedSnapshot } from '../../support/memory-snapshots';
import type { Worlds } from './worlds';

export const snapshot = (id: string, more: Partial<SharedSnapshot> = {}): SharedSnapshot => ({
  SnapshotId: id,
  VolumeId: 'vol-0a1b2c3d',
  VolumeSize: 8,
  StartTime: new Date('2026-01-31T23:59:00.000Z'),
  sharedWith: ['all'],
  ...more,
});

const snapshots =
  (...all: SharedSnapshot[]) =>
  () =>
    new MemoryAws(memorySnapshots(all, { pageSize: 2 }));

const others = [
  snapshot('snap-named', { sharedWith: ['444455556666'] }),
  snapshot('snap-of-somebody-else', { OwnerId: '444455556666' }),
];

export const closeEc2PublicSnapshots: Worlds = {
  target: Target.parse({ kind: 'AwsAccount', id: account, account, region }),
  toChange: snapshots(
    snapshot('snap-2', { sharedWith: ['444455556666', 'all'], Description: 'nightly' }),
    ...others,
    snapshot('snap-3', { Tags: [{ Key: 'owner', Value: 'web' }] }),
    snapshot('snap-1'),
  ),
  compliant: snapshots(...others),
};
