import fc from 'fast-check';
import { advance } from '../../src/app/advance';
import { cancel } from '../../src/app/cancel';
import { runOf } from '../../src/app/runs';
import type { Store } from '../../src/app/ports';
import { RemediationId } from '../../src/domain/ids';
import type { Person } from '../../src/domain/person';
import { aPolicy, hour } from '../support/builders';
import { around } from '../support/faults';
import { ann, bo, clickOf, gus, nils, rita } from '../support/people';
import { refusals, waiting } from '../support/waiting';

const changing = aPolicy({
  windows: { nights: { zone: 'UTC', from: '22:00', to: '04:00' } },
  rules: [{ run: 'one approval', when: {}, window: 'nights' }],
});
const by = (person: Person, more = {}) => clickOf(person, more);

describe('who asked', () => {
  it('takes the request back before it is decided: nothing was changed, the target is free', async () => {
    const world = await waiting();
    const cancelled = await cancel(world.door, world.id, by(rita));
    const end = await world.stored(world.id);

    expect(cancelled.kind).toBe('cancelled');
    expect(end.status).toMatchObject({ state: 'cancelled', by: rita.id });
    expect(runOf(end)).toEqual({ kind: 'wake', id: world.id });
    expect(world.held.held.locks.size).toBe(0);
    expect(world.held.held.due.size).toBe(0);
    expect(await world.trail()).toContain('remediation.cancelled');
    expect(await advance(world.deps, end, () => 60_000)).toEqual({ next: 'finish' });
    expect(world.ec2.calls.filter(({ name }) => !name.startsWith('ec2:Describe'))).toEqual([]);
    expect(world.source.written).toEqual([]);
  });

  it('takes it back also while it waits for its change window', async () => {
    const world = await waiting({ policy: changing });
    await world.vote(ann);
    expect(await advance(world.deps, await world.stored(world.id), () => 60_000)).toMatchObject({
      next: 'wait',
    });
    expect((await cancel(world.door, world.id, by(rita))).kind).toBe('cancelled');
    world.clock.pass(11 * hour);
    await world.play(world.id);
    expect((await world.stored(world.id)).status.state).toBe('cancelled');
    expect(world.rules()).toHaveLength(1);
  });

  it('may ask again after that', async () => {
    const world = await waiting();
    await cancel(world.door, world.id, by(rita));
    expect((await world.request()).id).not.toBe(world.id);
  });
});

describe('a request is not taken back', () => {
  it.each([
    ['by an approver', ann, 'Only Rita, who asked for it, may take it back.'],
    ['by somebody with both roles', bo, 'Only Rita'],
    ['by a guest', gus, 'You are a guest here'],
  ])('%s: they hear why, and it is audited', async (_, person, because) => {
    const world = await waiting();
    const answer = await cancel(world.door, world.id, by(person));
    expect(answer).toMatchObject({ kind: 'refused', because: expect.stringContaining(because) });
    expect((await world.stored(world.id)).status.state).toBe('awaiting approval');
    expect(await refusals(world)).toMatchObject([
      { actor: { id: person.id }, facts: { verdict: 'cancel' } },
    ]);
  });

  it('in another channel, or from a shared one', async () => {
    const world = await waiting();
    expect(await cancel(world.door, world.id, by(rita, { channel: 'C0RANDOM' }))).toMatchObject({
      because: expect.stringContaining('not set up for this channel'),
    });
    world.people.sharedChannels.add('C0ALERTS');
    expect((await cancel(world.door, world.id, by(rita))).kind).toBe('refused');
  });

  it('twice by the same press: the refusal is one fact', async () => {
    const world = await waiting();
    await cancel(world.door, world.id, by(nils));
    await cancel(world.door, world.id, by(nils));
    expect(await refusals(world)).toHaveLength(1);
  });

  it('once it was decided: who asked hears who was first', async () => {
    const world = await waiting();
    await world.vote(ann, 'deny', { reason: 'not now' });
    expect(await cancel(world.door, world.id, by(rita))).toMatchObject({
      because: expect.stringContaining('Ann already denied this'),
    });
  });

  it('where there is none, or it was approved and runs', async () => {
    const world = await waiting();
    const unknown = RemediationId.parse('rem-99999999999999999999');
    expect(await cancel(world.door, unknown, by(rita))).toMatchObject({
      because: 'This remediation is not known.',
    });
    await world.vote(ann);
    expect((await cancel(world.door, world.id, by(rita))).kind).toBe('refused');
  });

  it('while Slack does not say who this is (law 10)', async () => {
    const world = await waiting();
    world.people.unreachable.add(rita.id);
    await expect(cancel(world.door, world.id, by(rita))).rejects.toThrow('users.info failed');
    expect((await world.stored(world.id)).status.state).toBe('awaiting approval');
  });
});

describe('cancelled and approved at the same moment', () => {
  it('ends in one of both, and the other hears of it', async () => {
    const delays = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 30, maxLength: 30 });
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(delays, async (turns) => {
        const world = await waiting();
        let call = 0;
        const slow = around<Store>(world.held, async (_, run) => {
          for (let left = turns[(call += 1) % turns.length]!; left > 0; left -= 1)
            await Promise.resolve();
          return run();
        });
        Object.assign(world.door, { store: slow });
        const [cancelled, decided] = await Promise.all([
          cancel(world.door, world.id, by(rita)),
          world.vote(ann),
        ]);
        const { state } = (await world.stored(world.id)).status;
        seen.add(state);
        expect([cancelled.kind, decided.kind]).toEqual(
          state === 'cancelled' ? ['cancelled', 'refused'] : ['refused', 'decided'],
        );
        const words = cancelled.kind === 'refused' ? cancelled : decided;
        expect('because' in words && words.because).toMatch(/already approved|is cancelled/);
      }),
      { numRuns: 60 },
    );
    expect([...seen].sort()).toEqual(['approved', 'cancelled']);
  });

  it('gives up loudly where it never gets its turn', async () => {
    const world = await waiting();
    let asked = 0;
    const store: Store = {
      ...world.held,
      commit: async () => {
        asked += 1;
        return 'conflict';
      },
    };
    await expect(cancel({ ...world.door, store }, world.id, by(rita))).rejects.toThrow('conflict');
    expect(asked).toBe(10);
  });
});
