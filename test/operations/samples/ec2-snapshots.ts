import { MemoryAws } from '../../support/memory-aws';
import { memorySnapshots } from '../../support/memory-snapshots';
import type { Sample } from './sample';

export const snapshotId = 'snap-0a1b2c3d';

const snapshot = (name: string, sharedWith: readonly string[]): Sample => ({
  name,
  input: { snapshotId },
  world: () =>
    new MemoryAws(
      memorySnapshots([
        { SnapshotId: snapshotId, sharedWith },
        { SnapshotId: 'snap-other', sharedWith: ['all'] },
      ]),
    ),
});

export const makeSnapshotPrivate: readonly Sample[] = [
  snapshot('public', ['all']),
  snapshot('public, and shared with accounts by name', ['444455556666', 'all', '111122223333']),
  snapshot('shared by name only', ['444455556666']),
  {
    name: 'deleted meanwhile',
    input: { snapshotId },
    world: () => new MemoryAws(memorySnapshots([])),
  },
];
