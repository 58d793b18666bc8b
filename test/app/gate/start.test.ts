import { startAs } from '../../../src/app/gate/start';
import { takenLater } from '../../../src/app/gate/later';
import { abortAs } from '../../../src/app/gate/by-hand';
import { clickIn } from '../../support/gate-votes';
import { aGate } from '../../support/memory-gate';
import { ann, clickOf, gus, rita } from '../../support/people';

describe('a person who starts a run', () => {
  it('is a responder in a channel of ours, and is told as its starter', async () => {
    const gate = aGate();
    gate.upload('in/a', 'clean');
    expect(await startAs(gate.deps(), clickIn(ann), undefined)).toMatchObject({
      kind: 'refused',
      who: 'responder',
    });
    expect((await startAs(gate.deps(), clickIn(gus), undefined)).kind).toBe('refused');
    const elsewhere = clickOf(rita, { channel: 'C0ELSE' });
    expect((await startAs(gate.deps(), elsewhere, undefined)).kind).toBe('refused');
    expect(gate.store.runs.size).toBe(0);

    const started = await startAs(gate.deps(), clickIn(rita), 'in/');
    expect(started).toMatchObject({
      kind: 'started',
      run: { prefix: 'in/', start: { kind: 'person', id: rita.id }, woken: 1, channel: 'C0GATE' },
    });
    const [link] = [...gate.store.chains.values()][0]!;
    expect(link?.event).toMatchObject({ type: 'gate.started', actor: { name: 'Rita' } });
  });

  it('is refused in the thread of the run that is under way, once', async () => {
    const gate = aGate();
    gate.upload('in/a', 'clean');
    const id = await gate.begin();
    for (let time = 0; time < 2; time += 1) await startAs(gate.deps(), clickIn(ann), undefined);
    expect(gate.told(id)).toEqual(['gate.started', 'gate.start-refused']);
    expect(await startAs(gate.deps(), clickIn(rita), undefined)).toMatchObject({
      kind: 'already',
      run: { id },
    });
    const { gate: _, ...rest } = gate.world.policy;
    gate.world.policy = rest;
    expect((await startAs(gate.deps(), clickIn(rita), undefined)).kind).toBe('refused');
  });
});

describe('what later runs have taken', () => {
  it('is found in their lists, of which only those are read that overlap', async () => {
    const gate = aGate();
    gate.upload('m/a', 'clean');
    const first = await gate.begin();
    await gate.advanceAll(first);
    for (let index = 10; index < 40; index += 1) gate.upload(`k/${index}`, 'clean');
    await gate.advanceAll(await gate.begin());
    const deps = gate.deps();
    let read = 0;
    const get: typeof deps.batches.get = (...asked) => {
      read += 1;
      return deps.batches.get(...asked);
    };
    const needs = { gate: deps.gate, batches: { ...deps.batches, get } };
    const keys = ['k/20', 'k/20x', 'k/21'];
    expect([...(await takenLater(needs, gate.run(first), keys))]).toEqual(['k/20', 'k/21']);
    expect(read).toBeLessThan(10);
    expect((await takenLater(needs, gate.run(first), [])).size).toBe(0);
    expect((await takenLater(needs, gate.run(first), ['z'])).size).toBe(0);
    expect((await takenLater(needs, gate.run(first), ['a'])).size).toBe(0);
  });

  it('is not given back to the raw bucket, where it would pass for new', async () => {
    const gate = aGate();
    const old = gate.upload('in/a', 'clean');
    const first = await gate.begin();
    while (gate.run(first).status.state === 'staging') await gate.turn(first, { time: 0 });
    const newer = gate.upload('in/a', 'clean');
    await gate.advanceAll(await gate.begin());
    await abortAs(gate.deps(), first, 'so', clickIn(rita));
    await gate.advanceAll(first);
    expect(gate.bodies('released')).toEqual([newer]);
    expect(gate.bodies('raw')).toEqual([]);
    expect(gate.bodies('quarantine')).toEqual([old]);
  });
});
