import fc from 'fast-check';
import { decide } from '../../src/app/decide';
import { MovedMeanwhile } from '../../src/app/move';
import type { Store } from '../../src/app/ports';
import type { Person } from '../../src/domain/person';
import { around } from '../support/faults';
import { abe, ann, clickOf } from '../support/people';
import { twoApprovals, waiting } from '../support/waiting';

describe('a decision', () => {
  it('is approved by one approver who did not ask', async () => {
    const world = await waiting();

    const decided = await world.vote(ann);

    expect(decided).toMatchObject({ kind: 'decided', settled: 'approved' });
    expect((await world.stored(world.id)).status.state).toBe('approved');
  });

  it('is open until the second of two approvers, and one person counts once', async () => {
    const world = await waiting({ policy: twoApprovals });

    const first = await world.vote(ann);
    const again = await world.vote(ann);
    const second = await world.vote(abe);

    expect(first).toMatchObject({ settled: 'open' });
    expect(again).toMatchObject({
      kind: 'refused',
      because: expect.stringContaining('You already decided at'),
    });
    expect(second).toMatchObject({ settled: 'approved' });
  });

  it('is denied by one no, with its reason, and frees the target', async () => {
    const world = await waiting({ policy: twoApprovals });
    await world.vote(ann);

    const decided = await world.vote(abe, 'deny', { reason: 'release day' });

    expect(decided).toMatchObject({ settled: 'denied' });
    expect((await world.stored(world.id)).status).toMatchObject({
      state: 'denied',
      by: abe.id,
      because: 'release day',
    });
    expect(world.held.held.locks.size).toBe(0);
  });

  it('of two people at once is one decision, and both get words (law 3)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.constantFrom('approve', 'deny'),
        fc.constantFrom('approve', 'deny'),
        async (scheduler, one, other) => {
          const world = await waiting();
          const door = {
            ...world.door,
            store: around<Store>(world.held, (name, run) =>
              scheduler.schedule(Promise.resolve(name)).then(run),
            ),
          };
          const vote = (person: Person, verdict: 'approve' | 'deny') =>
            decide(door, { id: world.id, hash: world.hash, verdict }, clickOf(person));

          const both = Promise.all([vote(ann, one), vote(abe, other)]);
          await scheduler.waitFor(both);

          const answers = await both;
          const won = answers.filter(({ kind }) => kind === 'decided');
          const lost = answers.flatMap((each) => (each.kind === 'refused' ? [each.because] : []));
          expect(won).toHaveLength(1);
          expect(lost).toEqual([
            expect.stringMatching(/^(Ann|Abe) already (approved|denied) this/),
          ]);
          expect((await world.stored(world.id)).proposal?.decisions).toHaveLength(1);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('of two people at once counts as both where two are needed', async () => {
    const world = await waiting({ policy: twoApprovals });

    const answers = await Promise.all([world.vote(ann), world.vote(abe)]);

    const settled = answers.map((each) => 'settled' in each && each.settled);
    expect(new Set(settled)).toEqual(new Set(['open', 'approved']));
  });

  it('ends with an error, never with a yes, when the store takes no write (law 10)', async () => {
    const world = await waiting();
    const store = around<Store>(world.held, async (name, run) =>
      name === 'commit' ? 'conflict' : run(),
    );

    const decided = decide(
      { ...world.door, store },
      { id: world.id, hash: world.hash, verdict: 'approve' },
      clickOf(ann),
    );

    await expect(decided).rejects.toThrow(MovedMeanwhile);
    expect((await world.stored(world.id)).status.state).toBe('awaiting approval');
  });

  it('passes an unknown error on (law 10)', async () => {
    const world = await waiting();
    const store = around<Store>(world.held, async (name, run) => {
      if (name === 'commit') throw new Error('no table');
      return run();
    });

    const decided = decide(
      { ...world.door, store },
      { id: world.id, hash: world.hash, verdict: 'approve' },
      clickOf(ann),
    );

    await expect(decided).rejects.toThrow('no table');
  });
});
