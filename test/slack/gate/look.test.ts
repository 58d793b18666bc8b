import fc from 'fast-check';
import { perPage } from '../../../blocks/gate-choose';
import { noFilter, type HeldFilter } from '../../../src/domain/gate/filter';
import { objectRef } from '../../../src/domain/gate/object';
import type { GateRun } from '../../../src/domain/gate/run';
import type { Held } from '../../../src/domain/gate/verdict';
import { GateRunId } from '../../../src/domain/ids';
import { heldAt, pageOf, runMeant } from '../../../src/slack/gate/look';
import { aDecision, aHeld, aRun, gatePolicy, statuses } from '../../blocks/support/gate';
import { memoryGate } from '../support/gate-desk';

const gate = gatePolicy().gate!;
const unproven = { kind: 'unproven', because: 'skipped' } as const;

const holding = (held: readonly Held[]) => {
  const memory = memoryGate();
  const run = aRun();
  memory.runs.set(run.id, run);
  memory.held.set(run.id, [...held]);
  return { ...memory, deps: { gate: memory.store }, run };
};

/** All pages, one after another. */
const paged = async (of: ReturnType<typeof holding>, filter: HeldFilter) => {
  const refs: string[] = [];
  let at: string | undefined;
  let pages = 0;
  do {
    const page = await pageOf(of.deps, gate, of.run, filter, at);
    expect(page.rows.length).toBeLessThanOrEqual(perPage);
    refs.push(...page.rows.map(({ held }) => held.ref));
    at = page.next;
    pages += 1;
  } while (at !== undefined);
  return { refs, pages };
};

describe('pages of held objects', () => {
  it('show each that fits once, in order, whatever the filter leaves out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 60 }), async (kinds) => {
        const held = kinds.map((read, place) => aHeld(place, read ? {} : { verdict: unproven }));
        const of = holding(held);
        const { refs } = await paged(of, { ...noFilter, kind: 'u' });
        expect(refs).toEqual(
          held.filter(({ verdict }) => verdict.kind === 'unproven').map(({ ref }) => ref),
        );
      }),
    );
  });

  it('leave out what was decided, as decisions stand', async () => {
    const of = holding([aHeld(0), aHeld(1), aHeld(2, { end: 'released' })]);
    const scope = { kind: 'some' as const, refs: [objectRef(1, 1)] };
    of.decisions.set(of.run.id, [aDecision({ verdict: 'deny', scope })]);

    expect((await paged(of, noFilter)).refs).toEqual(['000001-0000']);
    expect((await paged(of, { ...noFilter, open: false })).refs).toHaveLength(3);
  });

  it('end after so many objects, and are gone on with by a button, where next to nothing fits', async () => {
    const many = Array.from({ length: 4500 }, (_, place) => aHeld(place));
    const of = holding([...many, aHeld(4500, { verdict: unproven })]);

    const first = await pageOf(of.deps, gate, of.run, { ...noFilter, kind: 'u' }, undefined);
    expect(first).toMatchObject({ rows: [], partial: true, next: '000001-1999' });

    expect(await paged(of, { ...noFilter, kind: 'u' })).toEqual({
      refs: ['000001-4500'],
      pages: 3,
    });
  });
});

it('one held object is found by its ref, the first of a batch too', async () => {
  const later = { ...aHeld(0, { key: 'b.csv' }), ref: objectRef(2, 0) };
  const of = holding([aHeld(0), aHeld(7), later]);
  const at = (ref: ReturnType<typeof objectRef>) => heldAt(of.deps, of.run.id, ref);

  expect((await at(objectRef(1, 0)))?.ref).toBe('000001-0000');
  expect((await at(objectRef(1, 7)))?.ref).toBe('000001-0007');
  expect((await at(objectRef(2, 0)))?.key).toBe('b.csv');
  expect(await at(objectRef(1, 6))).toBeUndefined();
});

describe('a run that somebody names', () => {
  const other = GateRunId.parse('gate-0mhz5k3q1zzzzzzzzzzz');
  const two = () => {
    const of = holding([]);
    of.runs.set(other, aRun({ id: other, status: statuses.scanning }));
    return of;
  };
  const idOf = (found: GateRun | { because: string }) => ('id' in found ? found.id : found.because);

  it.each([
    [other, other],
    [other.toUpperCase(), other],
    ['gate-0mhz5k3q1z', other],
    ['gate-0mhz', '2 runs begin with gate-0mhz: type more of it.'],
    ['gate-9', 'There is no run gate-9. /gate status lists those that are not over.'],
  ])('is found by its id or by the beginning of it: %s', async (said, expected) => {
    expect(idOf(await runMeant(two().deps, said))).toBe(expected);
  });

  it('is one that is not over, unless its whole id is said', async () => {
    const of = two();
    of.runs.set(other, aRun({ id: other, status: statuses.done }));

    expect(idOf(await runMeant(of.deps, 'gate-0mhz5k3q1z'))).toContain('There is no run');
    expect(idOf(await runMeant(of.deps, other))).toBe(other);
  });
});
