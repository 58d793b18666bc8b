import fc from 'fast-check';
import { abortAs, reopenAs, resumeAs } from '../../../src/app/gate/by-hand';
import { catchFall } from '../../../src/app/gate/hold';
import { nudgeGate } from '../../../src/app/gate/nudge';
import type { GateDecision, Scope } from '../../../src/domain/gate/decision';
import { isLive } from '../../../src/domain/gate/run';
import type { GateRunId } from '../../../src/domain/ids';
import { broken, type Upload } from '../../support/gate-laws';
import { aGate, type MemoryGate } from '../../support/memory-gate';
import { clickIn, voteOn } from '../../support/gate-votes';
import { abe, ann, bo, type rita } from '../../support/people';

const keys = ['in/a', 'in/b', 'in/c', 'in/d', 'x/e'];
const kinds = [
  'clean',
  'clean',
  'card',
  'skip',
  'partial',
  'silent',
  'capped',
  'archived',
  'locked',
];
const upload = fc.record({
  key: fc.constantFrom(...keys),
  kind: fc.constantFrom(...kinds),
});
const day = 86_400_000;

/** A gate whose uploads are remembered. */
const watched = (policy: Parameters<typeof aGate>[0] = {}) => {
  const gate = aGate(policy);
  const uploads: Upload[] = [];
  const add = ({ key, kind }: { key: string; kind: string }): void =>
    void uploads.push({ key, body: gate.upload(key, kind) });
  return { gate, uploads, add };
};

const vote = async (
  gate: MemoryGate,
  id: GateRunId,
  person: typeof rita,
  verdict: GateDecision['verdict'],
  some?: number,
): Promise<void> => {
  const refs = [...(gate.store.held.get(id)?.values() ?? [])].map(({ ref }) => ref);
  const ref = some === undefined ? undefined : refs[some % Math.max(1, refs.length)];
  const scope: Scope = ref ? { kind: 'some', refs: [ref] } : { kind: 'all' };
  await voteOn(gate, id, person, { verdict, scope });
};

/** Everybody says what is left to say, until no run waits for people. */
const settleAll = async (gate: MemoryGate): Promise<void> => {
  for (let round = 0; round < 20; round += 1) {
    for (const { id, status } of gate.store.runs.values())
      if (status.state === 'expired') await reopenAs(gate.deps(), id, 'so', clickIn(bo));
      else if (status.state === 'held') await resumeAs(gate.deps(), id, 'so', clickIn(bo));
    await gate.advanceAll(...gate.store.runs.keys());
    for (const [id, at] of gate.store.due)
      if (at <= gate.now().toISOString()) await nudgeGate(gate.deps(), id);
    const live = [...gate.store.runs.values()].filter(isLive);
    if (live.length === 0) return;
    const waiting = [...gate.store.runs.values()].filter(({ status }) => status.state === 'review');
    for (const { id } of waiting) await vote(gate, id, round === 0 ? ann : bo, 'approve');
    for (const { id } of waiting) await vote(gate, id, abe, round > 2 ? 'deny' : 'approve');
  }
};

const dies = fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 12 });
const time = fc.integer({ min: 0, max: 3 });

describe('any run, killed anywhere and begun again', () => {
  it('loses nothing, releases nothing without proof or decision, and nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(upload, { minLength: 1, maxLength: 9 }),
        dies,
        time,
        async (all, deaths, more) => {
          const { gate, uploads, add } = watched({ approvals: { high: 2 } });
          all.forEach(add);
          const id = await gate.begin();
          for (const at of deaths) await gate.turn(id, { dies: at, time: more });
          await settleAll(gate);
          expect(broken(gate, uploads)).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  }, 120_000);

  it('does the same when each task comes twice, one after the other or at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(upload, { minLength: 1, maxLength: 7 }),
        fc.array(fc.boolean(), { minLength: 5, maxLength: 30 }),
        async (all, twice) => {
          const { gate, uploads, add } = watched();
          all.forEach(add);
          const id = await gate.begin();
          for (const atOnce of twice) {
            // Staging has its own lock; from there on two workflows of one run may meet.
            const state = gate.run(id).status.state;
            if (atOnce && state !== 'staging')
              await Promise.all([gate.turn(id, { time: 0 }), gate.turn(id, { time: 0 })]);
            else await gate.turn(id, { time: 0 });
          }
          await settleAll(gate);
          expect(broken(gate, uploads)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  }, 120_000);
});

const event = fc.oneof(
  fc.record({ what: fc.constant('upload' as const), at: fc.nat(400), upload }),
  fc.record({
    what: fc.constant('vote' as const),
    at: fc.nat(800),
    verdict: fc.constantFrom('approve' as const, 'deny' as const, 'delete' as const),
    person: fc.constantFrom(ann, abe, bo),
    some: fc.option(fc.nat(5), { nil: undefined }),
  }),
  fc.record({ what: fc.constant('abort' as const), at: fc.nat(400) }),
  fc.record({ what: fc.constant('fall' as const), at: fc.nat(600) }),
  fc.record({ what: fc.constant('late' as const), at: fc.nat(800) }),
);

describe('any three runs that overlap', () => {
  it('keep to the laws whatever is uploaded, decided, aborted or falls meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(upload, { minLength: 1, maxLength: 7 }),
        fc.array(fc.tuple(event, fc.nat(2)), { maxLength: 10 }),
        fc.array(fc.tuple(fc.nat(2), fc.option(fc.integer({ min: 1, max: 60 })), time), {
          minLength: 10,
          maxLength: 60,
        }),
        async (all, events, turns) => {
          const { gate, uploads, add } = watched({ approvals: { high: 2 }, deletion: true });
          for (const [each, which] of events)
            gate.world.happens.set(each.at + 1, async () => {
              const ids = [...gate.store.runs.keys()];
              const id = ids[which % Math.max(1, ids.length)];
              if (each.what === 'upload') return add(each.upload);
              if (!id) return;
              switch (each.what) {
                case 'abort':
                  return void (await abortAs(gate.deps(), id, 'so', clickIn(bo)));
                case 'fall':
                  return catchFall(gate.deps(), id);
                case 'late':
                  gate.world.ms += 6 * day;
                  return nudgeGate(gate.deps(), id);
                case 'vote':
                  return vote(gate, id, each.person, each.verdict, each.some);
              }
            });
          all.forEach(add);
          for (const [which, death, more] of turns) {
            const ids = [...gate.store.runs.keys()];
            if (ids.length < 3 && !gate.store.locks.has('gate-raw')) {
              add({ key: keys[ids.length]!, kind: 'clean' });
              await gate.begin();
            }
            const id = [...gate.store.runs.keys()][which];
            if (id) await gate.turn(id, { time: more, ...(death !== null && { dies: death }) });
          }
          gate.world.happens.clear();
          await settleAll(gate);
          expect(broken(gate, uploads)).toEqual([]);
          expect([...gate.store.runs.values()].filter(isLive)).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  }, 180_000);
});
