import type { GateLock } from '../../app/gate/ports';
import type { ObjectRef } from '../../domain/gate/object';
import type { GateRunId } from '../../domain/ids';
import type { Key } from '../table';

/** What runs of the gate have in the one table. */
export const gateKeys = {
  run: (id: GateRunId): Key => ({ pk: `GATE#${id}`, sk: 'RECORD' }),
  decision: (id: GateRunId, number: number): Key => ({
    pk: `GATE#${id}`,
    sk: `DECISION#${String(number).padStart(6, '0')}`,
  }),
  held: (id: GateRunId, ref: ObjectRef): Key => ({ pk: heldPartition(id), sk: ref }),
  lock: (lock: GateLock): Key => ({ pk: `LOCK#${lock}`, sk: 'LOCK' }),
  /** All that are live, and all there ever were. Ids sort by time. */
  live: (id: GateRunId): Key => ({ pk: partitions.live, sk: id }),
  listed: (id: GateRunId): Key => ({ pk: partitions.all, sk: id }),
} as const;

export const partitions = { live: 'GATES', all: 'GATES#all' } as const;

/** Apart from its run, since there may be many. */
export const heldPartition = (id: GateRunId): string => `HELD#${id}`;
