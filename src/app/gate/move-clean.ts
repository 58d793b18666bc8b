import type { AuditEvent } from '../../domain/audit';
import { Told } from '../../domain/errors';
import type { Version } from '../../domain/gate/object';
import { heldIn, type GateRun, type Status } from '../../domain/gate/run';
import { isLater, markOf } from '../../domain/gate/run-id';
import type { Held, Judged } from '../../domain/gate/verdict';
import { MovedMeanwhile } from '../move';
import { abreast, inPieces, reads } from './abreast';
import { under } from './lease';
import type { Copy, GateDeps, Place } from './ports';
import { gateEvent, later, put, record, ruleOf, type Step } from './write';

type Lying = Judged & { staged: Version };

/** Clean objects to the released bucket, all others to the review bucket, batch by batch. */
export const moveOn = (deps: GateDeps, run: GateRun): Promise<Step> =>
  under(deps, run, 'gate-released', async (ours) => {
    let current = ours;
    // Another call may have died in this batch; the next ones are begun by this call.
    for (let again = true; ; again = false) {
      if (current.status.state !== 'moving') return { run: current };
      current = await moveBatch(deps, current, current.status.batch, again);
      if (!deps.hasTime()) return { next: 'again' };
    }
  });

/**
 * What is released is taken out of the stage one batch later, once the cursor says so: whoever comes after a death never finds
 * that a source is gone because it was moved already. What is held keeps its staged copy while people may ask for samples.
 */
const moveBatch = async (
  deps: GateDeps,
  run: GateRun,
  batch: number,
  again: boolean,
): Promise<GateRun> => {
  const before = batch > 1 ? await lying(deps, run, batch - 1) : [];
  await deps.objects.remove(
    'stage',
    before.filter(({ verdict }) => verdict.kind === 'clean').map(({ staged }) => staged),
  );
  if (batch > run.batches) return ask(deps, run);
  const all = await lying(deps, run, batch);
  const clean = all.filter(({ verdict }) => verdict.kind === 'clean');
  const marks = await abreast(clean, reads, ({ raw }) => deps.objects.markOf('released', raw.key));
  const outdated = clean.filter((_, index) => isLater(marks[index], run.id));
  const fresh = clean.filter((_, index) => !isLater(marks[index], run.id));
  await copyAll(
    deps,
    'stage',
    'released',
    fresh.map((each) => toReleased(run, each)),
    again,
  );
  await copyAll(deps, 'stage', 'quarantine', outdated.map(asStaged), again);
  await holdAll(
    deps,
    run,
    all.filter(({ verdict }) => verdict.kind !== 'clean'),
    again,
  );
  // A refusal that is told at this moment must not undo what was done: it would be done again without the lock.
  const written = await record(deps, run.id, (now) => {
    const { status, counts } = now;
    if (status.state !== 'moving' || status.batch !== batch) return undefined;
    return {
      run: {
        status: { state: 'moving', batch: batch + 1 },
        counts: {
          ...counts,
          released: counts.released + fresh.length,
          outdated: counts.outdated + outdated.length,
        },
      },
      more: { events: outdatedEvents(deps, now, outdated) },
    };
  });
  if (!written) throw new MovedMeanwhile(`${run.id} moved on without this call`);
  return written;
};

const lying = async (deps: GateDeps, { id }: GateRun, batch: number): Promise<Lying[]> =>
  ((await deps.batches.get(id, 'judged', batch)) ?? []).filter(
    (each): each is Lying => each.staged !== undefined,
  );

const asStaged = ({ staged, size, storageClass }: Lying): Copy => ({
  source: staged,
  size,
  ...(storageClass && { storageClass }),
  to: staged.key,
});

const toReleased = ({ id }: GateRun, each: Lying): Copy => ({
  ...asStaged(each),
  to: each.raw.key,
  tags: { 'drawbridge:object': markOf(id, each.ref) },
});

const holdAll = async (
  deps: GateDeps,
  { id }: GateRun,
  those: readonly Lying[],
  again: boolean,
): Promise<void> => {
  const versions = await copyAll(deps, 'stage', 'review', those.map(asStaged), again);
  const held = those.map(
    ({ ref, raw, size, modified, storageClass, staged, verdict }, index): Held => ({
      ref,
      key: raw.key,
      size,
      modified,
      ...(storageClass && { storageClass }),
      held: versions[index] ?? staged,
      staged,
      verdict,
    }),
  );
  if (held.length > 0) await deps.gate.hold(id, held);
};

/** All of them, or an error: half a batch is never taken for a whole one (D17). */
export const copyAll = async (
  { objects }: GateDeps,
  from: Place,
  to: Place,
  copies: readonly Copy[],
  again: boolean,
): Promise<Version[]> => {
  if (copies.length === 0) return [];
  const ends = await objects.copy(from, to, copies, again);
  return copies.map((_, index) => {
    const end = ends[index];
    if (end?.kind === 'copied') return end.version;
    const because = end?.kind === 'refused' ? end.because : 'it is not there any more';
    throw new Told(`An object could not be copied from ${from} to ${to}: ${because}`);
  });
};

/** At most so many objects are named by one event. */
export const mostNamed = 20;

const outdatedEvents = (deps: GateDeps, run: GateRun, outdated: readonly Lying[]): AuditEvent[] =>
  inPieces(outdated, mostNamed).map((piece) =>
    gateEvent(
      run,
      'gate.objects-outdated',
      deps.now(),
      { count: piece.length, keys: JSON.stringify(piece.map(({ raw }) => raw.key)), by: '' },
      { mark: piece[0]?.ref ?? '' },
    ),
  );

/** All are where they wait: people are asked, if there is anything to ask. */
const ask = async (deps: GateDeps, run: GateRun): Promise<GateRun> => {
  const at = deps.now();
  const rule = ruleOf(deps);
  const { released, outdated } = run.counts;
  const tell = (type: AuditEvent['type'], facts: AuditEvent['facts']): AuditEvent =>
    gateEvent(run, type, at, facts, { mark: run.version });
  const events = released > 0 ? [tell('gate.released', { count: released })] : [];
  const release = ['gate-released'] as const;
  const held = heldIn(run.counts);
  if (held === 0) {
    const status: Status = { state: 'done', at: at.toISOString() };
    const done = tell('gate.done', { released, outdated, keptOut: 0, deleted: 0 });
    return put(deps, run, { status }, { release, events: [...events, done] });
  }
  const until = later(at, rule.decideWithin);
  const byPolicy = rule.release.reduce(
    (sum, severity) => sum + (run.summary?.severities[severity] ?? 0),
    0,
  );
  if (held > byPolicy) events.push(tell('gate.review-asked', { held: held - byPolicy, until }));
  const status: Status = { state: 'review', until, reminded: 0 };
  const reminder = later(at, rule.remindEvery);
  const due = { at: reminder < until ? reminder : until };
  return put(deps, run, { status }, { release, due, events });
};
