import type { GateDecision } from '../../../src/domain/gate/decision';
import { objectRef } from '../../../src/domain/gate/object';
import type { GateRun } from '../../../src/domain/gate/run';
import { verify } from '../../../src/domain/audit';
import { gateStoreOn } from '../../../src/aws/gate/store';
import { storeOn } from '../../../src/aws/store';
import { aGateRun, aHeld, gateStarted } from '../../support/gate-builders';
import { MemoryDynamo } from '../../support/memory-dynamo';
import { aClock } from '../../support/builders';
import { ann } from '../../support/people';

const aStore = () => {
  const dynamo = new MemoryDynamo();
  const table = dynamo.table();
  return {
    dynamo,
    store: gateStoreOn(dynamo.client(), 'drawbridge', table),
    all: storeOn(table, aClock().now),
  };
};
const other = aGateRun({ id: 'gate-0mlabcdegaaaaaaaaaaa' });
const run = aGateRun();
const next = (more: Partial<GateRun>, version = 2): GateRun => ({ ...run, ...more, version });

describe('a run in the table', () => {
  it('comes back as it was written, and a writer who read an older version is refused', async () => {
    const { store } = aStore();
    expect(await store.commit({ run, events: [gateStarted(run)] })).toBe('done');
    expect(await store.run(run.id)).toEqual(run);

    expect(await store.commit({ run, events: [] })).toBe('conflict');
    expect(await store.commit({ run: next({}, 3), events: [] })).toBe('conflict');
    expect(await store.commit({ run: next({ batches: 1 }), events: [] })).toBe('done');
    expect((await store.run(run.id))?.batches).toBe(1);
    expect(await store.run(other.id)).toBeUndefined();
  });

  it('is written together with its chain, and an event is told once', async () => {
    const { store } = aStore();
    await store.commit({ run, events: [gateStarted(run, '1'), gateStarted(run, '2')] });

    expect(await store.commit({ run: next({}), events: [gateStarted(run, '2')] })).toBe('already');
    expect((await store.run(run.id))?.version).toBe(1);

    const trail = await store.trail(run.id);
    expect(trail).toHaveLength(2);
    expect(verify(trail).ok).toBe(true);
  });

  it('is listed newest first: all that live, and the latest of those that are over', async () => {
    const { store } = aStore();
    const ids = ['a', 'b', 'c', 'd', 'e'].map((x) => `gate-0mlabcdef${x}aaaaaaaaaa`);
    for (const id of ids) {
      const each = aGateRun({ id });
      await store.commit({ run: each, events: [] });
      if (id !== ids[0])
        await store.commit({
          run: { ...each, status: { state: 'done', at: '' }, version: 2 },
          events: [],
        });
    }
    expect((await store.runs(2)).map(({ id }) => id)).toEqual([ids[4], ids[3], ids[0]]);
    expect(await store.runs(50)).toHaveLength(5);
  });
});

describe('a lock of the gate', () => {
  it('is held by one run, and freed by that run only', async () => {
    const { store } = aStore();
    await store.commit({ run, take: 'gate-raw', events: [] });
    expect(await store.commit({ run: other, take: 'gate-raw', events: [] })).toBe('locked');
    expect(await store.run(other.id)).toBeUndefined();

    await store.commit({ run: other, release: ['gate-raw'], events: [] });
    expect(await store.holder('gate-raw')).toBe(run.id);
    expect(await store.holder('gate-released')).toBeUndefined();

    expect(await store.commit({ run: next({}), take: 'gate-raw', events: [] })).toBe('done');
    await store.commit({ run: next({}, 3), release: ['gate-raw', 'gate-released'], events: [] });
    expect(await store.holder('gate-raw')).toBeUndefined();
  });

  it('is taken from a holder that does not exist, never from another', async () => {
    const { store } = aStore();
    await store.commit({ run, take: 'gate-raw', events: [] });
    await store.free('gate-raw', other.id);
    expect(await store.holder('gate-raw')).toBe(run.id);
    await store.free('gate-raw', run.id);
    expect(await store.holder('gate-raw')).toBeUndefined();
  });
});

describe('what is held', () => {
  const some = Array.from({ length: 60 }, (_, place) => aHeld(place));

  it('comes in pages, in order', async () => {
    const { store, dynamo } = aStore();
    dynamo.unprocessed = 2;
    await store.hold(run.id, some);
    const first = await store.held(run.id, undefined, 25);
    expect(first).toEqual(some.slice(0, 25));
    expect(await store.held(run.id, first.at(-1)?.ref, 100)).toEqual(some.slice(25));
    expect(await store.held(run.id, objectRef(1, 59), 100)).toEqual([]);
    expect(await store.held(other.id, undefined, 100)).toEqual([]);
  });

  it('keeps its end when it is written again', async () => {
    const { store } = aStore();
    await store.hold(run.id, some);
    const ended = [{ ...aHeld(3), end: 'released' as const }];
    await store.commit({ run, ended, events: [] });
    await store.hold(run.id, some);
    const ends = (await store.held(run.id, undefined, 100)).map(({ end }) => end);
    expect(ends.filter(Boolean)).toEqual(['released']);
    expect(ends[3]).toBe('released');
  });

  it('ends together with the run that says so, or not at all', async () => {
    const { store } = aStore();
    await store.hold(run.id, some);
    const ended = [{ ...aHeld(0), end: 'kept out' as const }];
    expect(await store.commit({ run: next({}), ended, events: [] })).toBe('conflict');
    expect((await store.held(run.id, undefined, 1))[0]?.end).toBeUndefined();
  });

  it('is decided in order', async () => {
    const { store } = aStore();
    const decision = (number: number): GateDecision => ({
      number,
      verdict: 'approve',
      scope: { kind: 'all' },
      reason: 'seen',
      by: { id: ann.id, name: ann.name },
      at: '2026-03-01T12:00:00.000Z',
    });
    await store.commit({ run, decision: decision(1), events: [] });
    await store.commit({ run: next({}), decision: decision(2), events: [] });
    expect(await store.decisions(run.id)).toEqual([decision(1), decision(2)]);
    expect(await store.decisions(other.id)).toEqual([]);
  });
});

describe('what is due of a run', () => {
  it('is found by housekeeping once its time has come, until it is done', async () => {
    const { store, all } = aStore();
    await store.commit({ run, due: { at: '2026-03-02T00:00:00.000Z' }, events: [] });
    expect(await all.due('2026-03-01T00:00:00.000Z')).toEqual([]);
    expect(await all.due('2026-03-03T00:00:00.000Z')).toEqual([run.id]);
    await store.commit({ run: next({}), due: { done: true }, events: [] });
    expect(await all.due('2026-03-03T00:00:00.000Z')).toEqual([]);
  });
});
