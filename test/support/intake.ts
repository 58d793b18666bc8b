import { takeIn } from '../../src/app/intake';
import type { FindingRecord, Store } from '../../src/app/ports';
import type { Finding } from '../../src/domain/finding';
import { aClock, aFinding, aPolicy, findingKey } from './builders';
import { memoryStore } from './memory-store';
import { fakeSource } from './workflow';

/** The door for findings, with one finding to take in, and what became of it. */
export const anIntake = () => {
  const store = memoryStore();
  const clock = aClock();
  const deps = { store, policy: aPolicy(), now: clock.now };
  const source = fakeSource();
  const record = async (): Promise<FindingRecord> => {
    const found = await store.finding(findingKey);
    if (!found) throw new Error('no record');
    return found;
  };
  const trail = async () =>
    (await store.trail(findingKey as string as Parameters<Store['trail']>[0])).map(
      ({ event }) => event.type,
    );
  let deliveries = 0;
  return {
    store,
    clock,
    deps: { ...deps, source },
    source,
    record,
    trail,
    take: (more: Partial<Finding> = {}, delivery = `delivery-${(deliveries += 1)}`) =>
      takeIn(deps, aFinding(more), delivery),
  };
};
