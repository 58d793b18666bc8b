import { aGate } from '../../support/memory-gate';
import { startRun } from '../../../src/app/gate/start';

const minute = 60_000;

describe('staging', () => {
  it('D27: takes a version, and leaves what is uploaded over it meanwhile for the next run', async () => {
    const gate = aGate();
    const first = gate.upload('in/a', 'clean');
    let second = '';
    gate.world.happens.set(12, () => void (second = gate.upload('in/a', 'clean')));
    const id = await gate.begin();
    await gate.advanceAll(id);
    expect(second).not.toBe('');
    expect(gate.bodies('released')).toEqual([first]);
    expect(gate.bodies('raw')).toEqual([second]);

    await gate.advanceAll(await gate.begin());
    expect(gate.bodies('released')).toEqual([first, second]);
    expect(gate.bodies('raw')).toEqual([]);
  });

  it('sets versions that were overwritten before apart: they are never scanned nor released', async () => {
    const gate = aGate();
    const old = [gate.upload('in/a', 'clean'), gate.upload('in/a', 'card')];
    const last = gate.upload('in/a', 'clean');
    await gate.advanceAll(await gate.begin());
    expect(gate.bodies('released')).toEqual([last]);
    expect(gate.bodies('quarantine').sort()).toEqual(old.sort());
    const keys = gate.buckets.places.quarantine.map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });

  it('leaves a key whole where an older version cannot be set aside, so that it never passes for the newest', async () => {
    const gate = aGate();
    gate.upload('in/a', 'locked');
    gate.upload('in/a', 'clean');
    const id = await gate.begin();
    await gate.advanceAll(id);
    expect(gate.bodies('raw')).toHaveLength(2);
    expect(gate.bodies('released')).toEqual([]);
    expect(gate.run(id).counts).toMatchObject({ taken: 0, left: 2 });
  });

  it('D32: leaves young uploads, with all versions of their key, and takes a folder that its marker says is whole', async () => {
    const gate = aGate({ manifest: '_DONE', quiet: '10m' });
    const young = (key: string) => {
      const { world, buckets } = gate;
      const modified = new Date(world.ms).toISOString();
      buckets.put('raw', { key, body: `clean ${key}`, modified, tags: {} });
    };
    const old = gate.upload('day1/a', 'clean');
    gate.upload('day2/a', 'clean');
    young('day2/a');
    young('day2/_DONE');
    await gate.advanceAll(await gate.begin());
    expect(gate.bodies('released')).toEqual([old]);
    expect(gate.bodies('raw')).toHaveLength(3);

    const start = { kind: 'manifest', key: 'day2/_DONE' } as const;
    const id = await gate.begin(start);
    expect(gate.run(id).prefix).toBe('day2/');
    await gate.advanceAll(id);
    expect(gate.bodies('raw')).toEqual([]);
    expect(gate.bodies('released')).toEqual([old, 'clean day2/_DONE', 'clean day2/a']);
  });

  it('D32: waits until uploads are quiet', async () => {
    const gate = aGate({ quiet: '5m' });
    const modified = new Date(gate.world.ms).toISOString();
    gate.buckets.put('raw', { key: 'a', body: 'clean 1', modified, tags: {} });
    const start = { kind: 'uploads' } as const;
    expect(await startRun(gate.deps(), start)).toMatchObject({ kind: 'refused' });
    gate.world.ms += 6 * minute;
    expect(await startRun(gate.deps(), start)).toMatchObject({ kind: 'started' });
  });

  it('takes only what the policy and the run name', async () => {
    const gate = aGate({ prefix: 'in/' });
    const inside = gate.upload('in/a', 'clean');
    const outside = [gate.upload('out/a', 'clean'), gate.upload('in', 'clean')];
    await gate.advanceAll(await gate.begin());
    expect(gate.bodies('released')).toEqual([inside]);
    expect(gate.bodies('raw')).toEqual(outside);
    const refused = await startRun(gate.deps(), { kind: 'schedule' }, { prefix: 'out/' });
    expect(refused).toMatchObject({ kind: 'refused' });
  });

  it('leaves what its uploader has taken away', async () => {
    const gate = aGate();
    gate.upload('in/a', 'clean');
    gate.buckets.hidden.add('in/a');
    const b = gate.upload('in/b', 'clean');
    await gate.advanceAll(await gate.begin());
    expect(gate.bodies('released')).toEqual([b]);
    expect(gate.bodies('raw')).toHaveLength(1);
  });

  it('ends at once where nothing could be taken: no job is made', async () => {
    const gate = aGate();
    gate.upload('in/a', 'locked');
    const id = await gate.begin();
    await gate.advanceAll(id);
    expect(gate.run(id).status.state).toBe('done');
    expect(gate.macie.jobs.size).toBe(0);
    expect(gate.store.locks.size).toBe(0);
  });

  it('D18: keeps lists out of the run, however many objects it has', async () => {
    const gate = aGate();
    for (let index = 0; index < 300; index += 1) gate.upload(`in/${index}`, 'clean');
    const id = await gate.begin();
    const sizes: number[] = [];
    while ((await gate.turn(id, { time: 3 })) !== 'end')
      sizes.push(JSON.stringify(gate.run(id)).length);
    expect(gate.bodies('released')).toHaveLength(300);
    expect(Math.max(...sizes)).toBeLessThan(1500);
  });
});

describe('a start', () => {
  it('D19: is shown the run that is taking objects in; the next may begin once that is over with it', async () => {
    const gate = aGate();
    gate.upload('in/a', 'card');
    const id = await gate.begin();
    const second = await startRun(gate.deps(), { kind: 'schedule' });
    expect(second).toMatchObject({ kind: 'already', run: { id } });

    await gate.advanceAll(id);
    gate.upload('in/b', 'clean');
    expect(gate.run(id).status.state).toBe('review');
    expect((await startRun(gate.deps(), { kind: 'schedule' })).kind).toBe('started');
  });

  it('is refused where nothing could be proven, where there is nothing to take, and without a policy', async () => {
    const gate = aGate();
    const start = () => startRun(gate.deps(), { kind: 'schedule' });
    expect(await start()).toEqual({ kind: 'refused', because: 'There is nothing to take.' });
    gate.upload('in/a', 'clean');
    gate.macie.exportIsOn = false;
    expect(await start()).toMatchObject({ because: expect.stringContaining('export') });
    const { gate: _, ...rest } = gate.world.policy;
    gate.world.policy = rest;
    expect(await start()).toMatchObject({ because: expect.stringContaining('no gate') });
    expect(gate.store.runs.size).toBe(0);
  });
});
