import { abortAs, resumeAs } from '../../../src/app/gate/by-hand';
import { advance } from '../../../src/app/gate/advance';
import { GateRunId } from '../../../src/domain/ids';
import { clickIn } from '../../support/gate-votes';
import { aGate } from '../../support/memory-gate';
import { nils, rita } from '../../support/people';

const scanned = async (policy: Parameters<typeof aGate>[0] = {}) => {
  const gate = aGate(policy);
  gate.upload('in/a', 'clean');
  gate.upload('in/b', 'clean');
  const id = await gate.begin();
  while (gate.run(id).status.state !== 'scanning') await gate.turn(id, { time: 0 });
  await gate.turn(id, { time: 0 });
  return { gate, id };
};

describe('the scan', () => {
  it('D11: holds the run where the job was cancelled, with all where it was', async () => {
    const { gate, id } = await scanned();
    gate.macie.says.push({ kind: 'cancelled' });
    await gate.advanceAll(id);
    expect(gate.run(id).status).toMatchObject({ state: 'held', from: 'scanning' });
    expect(gate.bodies('stage')).toHaveLength(2);
    expect(gate.macie.jobs.size).toBe(1);
    expect(gate.store.locks.size).toBe(0);
  });

  it('D11: waits while it is paused, tells so once, and goes on', async () => {
    const { gate, id } = await scanned();
    const paused = { kind: 'paused', said: 'PAUSED' } as const;
    gate.macie.says.push(paused, paused, paused);
    await gate.advanceAll(id);
    expect(gate.run(id).status.state).toBe('done');
    expect(gate.told(id).filter((type) => type === 'gate.scan-paused')).toHaveLength(1);
  });

  it('D14: has a deadline of its own, beyond which people are told; whoever resumes gives it time again', async () => {
    const { gate, id } = await scanned({ scanWithin: '1h' });
    for (let look = 0; look < 20; look += 1)
      gate.macie.says.push({ kind: 'running', said: 'RUNNING' });
    await gate.advanceAll(id);
    expect(gate.run(id).status).toMatchObject({ state: 'held' });
    expect(gate.told(id).at(-1)).toBe('gate.held');
    gate.macie.says.length = 0;
    await resumeAs(gate.deps(), id, 'Macie is back', clickIn(rita));
    await gate.advanceAll(id);
    expect(gate.run(id).status.state).toBe('done');
  });

  it('D14: looks less and less often', async () => {
    const { gate, id } = await scanned();
    const waits: number[] = [];
    for (let look = 0; look < 8; look += 1) {
      gate.macie.says.push({ kind: 'running', said: 'RUNNING', left: 10 - look });
      const next = await advance(gate.deps(), id);
      if (next.next === 'wait') waits.push(next.seconds);
    }
    expect(waits).toEqual([60, 120, 240, 480, 900, 900, 900, 900]);
    expect(gate.run(id).status).toMatchObject({ left: 3, said: 'RUNNING' });
  });

  it('D2: a job that is complete with an error proves nothing: all of it waits for people', async () => {
    const { gate, id } = await scanned();
    gate.macie.says.push({ kind: 'complete', failed: 'ERROR' });
    await gate.advanceAll(id);
    expect(gate.bodies('released')).toEqual([]);
    expect(gate.bodies('review')).toHaveLength(2);
    expect(gate.run(id).summary?.unproven).toEqual([{ because: 'scan failed: ERROR', objects: 2 }]);
  });

  it('D5: counts findings and results until two counts agree', async () => {
    const gate = aGate();
    for (let index = 0; index < 9; index += 1) gate.upload(`in/${index}`, 'clean');
    gate.macie.late = 2;
    const id = await gate.begin();
    const counts: string[] = [];
    while ((await gate.turn(id, { time: 0 })) !== 'end') {
      const { status } = gate.run(id);
      if (status.state === 'settling' && status.seen) counts.push(status.seen);
    }
    expect(counts).toEqual(['1/0', '3/0']);
    expect(gate.bodies('released')).toHaveLength(9);
  });

  it('D1: reads no error as “clean”: a finding that cannot be read stops the run', async () => {
    const { gate, id } = await scanned();
    const broken = () => Promise.reject(new Error('ThrottlingException'));
    const deps = gate.deps();
    const task = () => advance({ ...deps, macie: { ...deps.macie, findings: broken } }, id);
    const turns = async () => {
      for (let turn = 0; turn < 20; turn += 1) await task();
    };
    await expect(turns()).rejects.toThrow('Throttling');
    expect(gate.bodies('released')).toEqual([]);
    await gate.advanceAll(id);
    expect(gate.bodies('released')).toHaveLength(2);
  });

  it('D12: fails loudly for a run that is not there', async () => {
    const unknown = GateRunId.parse('gate-000000000000000');
    await expect(advance(aGate().deps(), unknown)).rejects.toThrow('There is no run');
  });

  it('D20: is cancelled when the run is aborted, also by whoever made it at that very moment', async () => {
    const gate = aGate();
    const body = gate.upload('in/a', 'clean');
    const id = await gate.begin();
    while (gate.run(id).status.state !== 'scanning') await gate.turn(id, { time: 0 });
    const deps = gate.deps();
    const createJob: typeof deps.macie.createJob = async (run) => {
      await abortAs(gate.deps(), id, 'wrong bucket', clickIn(rita));
      return deps.macie.createJob(run);
    };
    await advance({ ...deps, macie: { ...deps.macie, createJob } }, id);
    expect([...gate.macie.jobs.values()].map(({ cancelled }) => cancelled)).toEqual([true]);
    await gate.advanceAll(id);
    expect(gate.run(id).status.state).toBe('aborted');
    expect(gate.bodies('raw')).toEqual([body]);
  });
});

describe('an abort', () => {
  it('gives objects back under their keys, and keeps those apart that were uploaded anew', async () => {
    const { gate, id } = await scanned();
    const newer = gate.upload('in/a', 'clean');
    const done = await abortAs(gate.deps(), id, 'wrong folder', clickIn(rita));
    expect(done.kind).toBe('done');
    await gate.advanceAll(id);
    expect(gate.bodies('raw')).toEqual([newer, 'clean 0002']);
    expect(gate.bodies('quarantine')).toEqual(['clean 0001']);
    expect(gate.run(id).counts).toMatchObject({ returned: 1, outdated: 1 });
    expect([...gate.macie.jobs.values()].every(({ cancelled }) => cancelled)).toBe(true);
    expect(gate.store.locks.size).toBe(0);
  });

  it('is refused to those who may not, after the first object was released, and without a reason', async () => {
    const { gate, id } = await scanned();
    const as = (person: typeof rita, reason = 'so') =>
      abortAs(gate.deps(), id, reason, clickIn(person));
    expect(await as(nils)).toMatchObject({ kind: 'refused', who: 'responder' });
    expect(await as(rita, ' ')).toMatchObject({ kind: 'refused' });
    await gate.advanceAll(id);
    expect(await as(rita)).toMatchObject({ kind: 'refused' });
    expect(gate.told(id).filter((type) => type === 'gate.decision-refused')).toHaveLength(3);
  });
});
