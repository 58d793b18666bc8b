import { abortAs, reopenAs, resumeAs } from '../../../src/app/gate/by-hand';
import { catchFall } from '../../../src/app/gate/hold';
import { nudgeGate } from '../../../src/app/gate/nudge';
import { sweep } from '../../../src/app/gate/sweep';
import { GateRunId } from '../../../src/domain/ids';
import { clickIn, voteOn } from '../../support/gate-votes';
import { aGate } from '../../support/memory-gate';
import { ann, rita } from '../../support/people';

const day = 86_400_000;
const hour = 3_600_000;

const inReview = async (policy: Parameters<typeof aGate>[0] = {}) => {
  const gate = aGate(policy);
  const body = gate.upload('in/a', 'card');
  const id = await gate.begin();
  await gate.advanceAll(id);
  return { gate, id, body };
};

/** Housekeeping looks each hour. */
const pass = async (gate: ReturnType<typeof aGate>, hours: number): Promise<void> => {
  for (let each = 0; each < hours; each += 1) {
    gate.world.ms += hour;
    for (const [id, at] of gate.store.due)
      if (at <= gate.now().toISOString()) await nudgeGate(gate.deps(), id);
  }
};

describe('people who do not decide', () => {
  it('D15: are reminded each day, then told that it stays held; nothing is lost and it can be reopened', async () => {
    const { gate, id, body } = await inReview({ decideWithin: '3d' });
    await pass(gate, 100);
    expect(gate.told(id).slice(-3)).toEqual(['gate.reminded', 'gate.reminded', 'gate.expired']);
    expect(gate.run(id).status.state).toBe('expired');
    expect(gate.bodies('review')).toEqual([body]);
    expect(gate.store.due.size).toBe(0);
    expect(await voteOn(gate, id, ann)).toMatchObject({ kind: 'refused' });
    expect(await reopenAs(gate.deps(), id, 'late', clickIn(rita))).toMatchObject({
      kind: 'refused',
    });

    await reopenAs(gate.deps(), id, 'was on leave', clickIn(ann));
    expect(await voteOn(gate, id, ann)).toMatchObject({ kind: 'decided' });
    await gate.advanceAll(id);
    expect(gate.bodies('released')).toEqual([body]);
  });

  it('are reminded once where housekeeping comes late, and not at all where all is decided', async () => {
    const { gate, id } = await inReview();
    gate.world.ms += 3 * day;
    await nudgeGate(gate.deps(), id);
    expect(gate.told(id).filter((type) => type === 'gate.reminded')).toHaveLength(1);
    await voteOn(gate, id, ann);
    gate.world.ms += 3 * day;
    await nudgeGate(gate.deps(), id);
    expect(gate.run(id).status.state).toBe('review');
    await gate.advanceAll(id);
    await nudgeGate(gate.deps(), id);
    expect(gate.store.due.size).toBe(0);
    expect(gate.told(id)).not.toContain('gate.expired');
  });

  it('may not decide once their time is over, also before housekeeping says so', async () => {
    const { gate, id } = await inReview();
    gate.world.ms += 6 * day;
    const late = await voteOn(gate, id, ann);
    expect(late).toMatchObject({ because: expect.stringContaining('The time to decide ended') });
  });
});

describe('the sweeper', () => {
  it('leaves one copy of what nobody decided in time, and none twice of what is decided after all', async () => {
    const { gate, id, body } = await inReview({ decideWithin: '3d' });
    expect(gate.bodies('stage')).toEqual([body]);
    await pass(gate, 100);
    await sweep(gate.deps());
    await sweep(gate.deps());
    expect(gate.bodies('stage')).toEqual([]);
    expect(gate.bodies('review')).toEqual([body]);
    expect(gate.told(id)).not.toContain('gate.strayed');

    await reopenAs(gate.deps(), id, 'was on leave', clickIn(ann));
    await voteOn(gate, id, ann);
    await gate.advanceAll(id);
    expect(gate.bodies('released')).toEqual([body]);
    expect(gate.bodies('review')).toEqual([]);
  });

  it('D33: finds what was left in the stage and review buckets, and tells it once', async () => {
    const { gate, id } = await inReview();
    await voteOn(gate, id, ann);
    await gate.advanceAll(id);
    for (const place of ['stage', 'review'] as const)
      gate.buckets.put(place, { key: `${id}/000001/x`, body: place, modified: '', tags: {} });
    await sweep(gate.deps());
    await sweep(gate.deps());
    expect(gate.told(id).filter((type) => type === 'gate.strayed')).toHaveLength(2);
  });

  it('D33: throws what belongs to no run, after all else was looked at', async () => {
    const { gate, id } = await inReview();
    const stray = { key: 'what/is/this', body: 'x', modified: '', tags: {} };
    gate.buckets.put('stage', stray);
    const unknown = GateRunId.parse('gate-000000000000000');
    gate.store.locks.set('gate-raw', unknown);
    await expect(sweep(gate.deps())).rejects.toThrow(/objects of no run below “what\/”.*gate-raw/);
    expect(gate.store.locks.size).toBe(0);
    expect(gate.told(id)).not.toContain('gate.strayed');
  });

  it('finds a run that does not get on, tells it once, and frees the lock of one that is over', async () => {
    const gate = aGate();
    gate.upload('in/a', 'clean');
    const id = await gate.begin();
    await gate.turn(id, { dies: 9 });
    await sweep(gate.deps());
    expect(gate.told(id)).not.toContain('gate.strayed');
    gate.world.ms += 3 * hour;
    await sweep(gate.deps());
    await sweep(gate.deps());
    expect(gate.told(id).filter((type) => type === 'gate.strayed')).toHaveLength(1);
    expect(gate.store.locks.get('gate-raw')).toBe(id);

    await gate.advanceAll(id);
    gate.store.locks.set('gate-raw', id);
    gate.store.locks.set('gate-released', id);
    await sweep(gate.deps());
    expect(gate.store.locks.size).toBe(0);
  });

  it('says nothing of runs that wait for people', async () => {
    const { gate, id } = await inReview();
    gate.world.ms += 2 * day;
    const before = gate.told(id).length;
    await sweep(gate.deps());
    expect(gate.told(id)).toHaveLength(before);
  });
});

describe('the net', () => {
  it('D13: holds what fell out of its workflow, in words, and lets others go on', async () => {
    const gate = aGate();
    const body = gate.upload('in/a', 'clean');
    const id = await gate.begin();
    while (gate.run(id).status.state !== 'settling') await gate.turn(id, { time: 0 });
    await catchFall(gate.deps(), id);
    await catchFall(gate.deps(), id);
    expect(gate.run(id).status).toMatchObject({ state: 'held', from: 'settling' });
    expect(gate.told(id).filter((type) => type === 'gate.held')).toHaveLength(1);
    expect(gate.store.locks.size).toBe(0);
    expect(await gate.turn(id)).toBe('end');

    await resumeAs(gate.deps(), id, 'fixed', clickIn(rita));
    expect(gate.run(id).woken).toBe(gate.run(id).version);
    await gate.advanceAll(id);
    expect(gate.bodies('released')).toEqual([body]);
  });

  it('D17: a batch that cannot be moved whole is an error, never a success', async () => {
    const gate = aGate();
    gate.upload('in/a', 'clean');
    gate.upload('in/b', 'clean');
    const id = await gate.begin();
    while (gate.run(id).status.state !== 'moving') await gate.turn(id, { time: 0 });
    const [lost] = gate.buckets.places.stage.splice(0, 1);
    await expect(gate.turn(id)).rejects.toThrow('could not be copied from stage to released');
    expect(gate.store.locks.size).toBe(0);
    await catchFall(gate.deps(), id);
    expect(gate.run(id).status).toMatchObject({ state: 'held', from: 'moving' });
    gate.buckets.places.stage.push(lost!);
    await resumeAs(gate.deps(), id, 'put back', clickIn(rita));
    await gate.advanceAll(id);
    expect(gate.bodies('released')).toHaveLength(2);
    expect(gate.run(id).status.state).toBe('done');
  });

  it('keeps others out where objects are half taken, until the run goes on or is aborted', async () => {
    const gate = aGate();
    const body = gate.upload('in/a', 'clean');
    const id = await gate.begin();
    for (let dies = 8; gate.bodies('stage').length === 0; dies += 1) await gate.turn(id, { dies });
    expect(gate.run(id).batches).toBe(0);
    await catchFall(gate.deps(), id);
    expect(gate.store.locks.get('gate-raw')).toBe(id);
    await abortAs(gate.deps(), id, 'give it back', clickIn(rita));
    await gate.advanceAll(id);
    expect(gate.bodies('raw')).toEqual([body]);
    expect(gate.store.locks.size).toBe(0);
  });
});

describe('the move', () => {
  it('D10: begins once all verdicts are stored and told, whatever the first batch says', async () => {
    const gate = aGate();
    for (let index = 0; index < 8; index += 1)
      gate.upload(`in/${index}`, index % 2 ? 'card' : 'clean');
    const id = await gate.begin();
    while (gate.bodies('released').length === 0) {
      const isJudged = gate.told(id).includes('gate.judged');
      await gate.turn(id, { time: 0 });
      if (!isJudged) expect(gate.bodies('released')).toEqual([]);
    }
    expect(gate.run(id).counts).toMatchObject({ clean: 4, sensitive: 4 });
  });
});
