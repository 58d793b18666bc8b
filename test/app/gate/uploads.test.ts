import { takeUploads } from '../../../src/app/gate/uploads';
import { aGate } from '../../support/memory-gate';

const upload = (key: string, id = key) => ({
  id,
  body: JSON.stringify({ detail: { object: { key } } }),
});

describe('what uploads start', () => {
  it('D32: is one run for many of them, once they are quiet', async () => {
    const gate = aGate();
    for (const key of ['a', 'b', 'c']) gate.upload(key, 'clean');
    const told = ['a', 'b', 'c', 'a'].map((key, index) => upload(key, String(index)));

    expect(await takeUploads(gate.deps(), told)).toEqual([]);
    const [run, ...others] = [...gate.store.runs.values()];
    expect(others).toEqual([]);
    expect(run).toMatchObject({ start: { kind: 'uploads' }, prefix: '' });
  });

  it('D32: is nothing while more may come, and the event comes again', async () => {
    const gate = aGate({ quiet: '2h' });
    gate.upload('a', 'clean');
    expect(await takeUploads(gate.deps(), [upload('a')])).toEqual(['a']);
    expect(gate.store.runs.size).toBe(0);
    gate.world.ms += 2 * 3_600_000;
    expect(await takeUploads(gate.deps(), [upload('a')])).toEqual([]);
    expect(gate.store.runs.size).toBe(1);
  });

  it('D32: is a run for its folder where it is the marker, however young that is', async () => {
    const gate = aGate({ quiet: '2h', manifest: '_SUCCESS' });
    gate.upload('in/a', 'clean');
    expect(await takeUploads(gate.deps(), [upload('in/_SUCCESS')])).toEqual([]);
    expect([...gate.store.runs.values()]).toMatchObject([
      { start: { kind: 'manifest', key: 'in/_SUCCESS' }, prefix: 'in/' },
    ]);
  });

  it('D19: comes again while another run takes objects in', async () => {
    const gate = aGate();
    gate.upload('a', 'clean');
    await gate.begin();
    expect(await takeUploads(gate.deps(), [upload('a')])).toEqual(['a']);
    expect(gate.store.runs.size).toBe(1);
  });

  it('comes again while Macie exports no results: in the end it is parked, with an alarm', async () => {
    const gate = aGate();
    gate.upload('a', 'clean');
    gate.macie.exportIsOn = false;
    expect(await takeUploads(gate.deps(), [upload('a')])).toEqual(['a']);
  });

  it('is forgotten where there is nothing left to take, and kept where nobody can read it', async () => {
    const gate = aGate();
    const broken = [
      { id: 'x', body: '{' },
      { id: 'y', body: '{"detail":{}}' },
    ];
    expect(await takeUploads(gate.deps(), [upload('a'), ...broken])).toEqual(['x', 'y']);
    expect(gate.store.runs.size).toBe(0);
  });
});
