import type { AuditEvent, AuditType } from '../../domain/audit';
import { fateOf, type Fate, type GateDecision } from '../../domain/gate/decision';
import type { Counts, GateRun, Status } from '../../domain/gate/run';
import { isLater, markOf } from '../../domain/gate/run-id';
import type { Held } from '../../domain/gate/verdict';
import type { GateRunId } from '../../domain/ids';
import { abreast, grouped, inPieces, reads } from './abreast';
import { under } from './lease';
import { copyAll, mostNamed } from './move-clean';
import type { Copy, GateDeps } from './ports';
import { gateEvent, record, ruleOf, type Step } from './write';

type End = NonNullable<Held['end']>;
type Ended = Held & { end: End };
type Settled = Exclude<Fate, { kind: 'open' }>;

const page = 200;

/** What people decided, and what the policy releases without them, becomes so. */
export const carryOut = async (deps: GateDeps, run: GateRun): Promise<Step> => {
  const byPolicy = ruleOf(deps).release.length > 0 && run.carried === 0;
  if (run.decisions === run.carried && !byPolicy) return { next: 'end' };
  return under(deps, run, 'gate-released', (ours) => pass(deps, ours));
};

/** Over all held objects: those that are decided and not carried out yet. */
const pass = async (deps: GateDeps, { id }: GateRun): Promise<Step> => {
  const decisions = await deps.gate.decisions(id);
  let open = 0;
  let after: Held['ref'] | undefined;
  for (;;) {
    const some = await deps.gate.held(id, after, page);
    if (some.length === 0) break;
    after = some.at(-1)?.ref;
    // Somebody who died after it was written down may have left them.
    await letGo(
      deps,
      some.filter(({ end }) => end),
    );
    open += await carryPage(
      deps,
      id,
      some.filter(({ end }) => !end),
      decisions,
    );
    if (!deps.hasTime()) return { next: 'again' };
  }
  return open === 0 ? finish(deps, id) : rest(deps, id, decisions.length);
};

/** Answers how many of them are still open. */
const carryPage = async (
  deps: GateDeps,
  id: GateRunId,
  held: readonly Held[],
  decisions: readonly GateDecision[],
): Promise<number> => {
  const rule = ruleOf(deps);
  const fates = held.map((each) => ({ held: each, fate: fateOf(each, decisions, rule) }));
  let open = 0;
  for (const those of grouped(fates, ({ fate }) => JSON.stringify(fate)).values()) {
    const { fate } = those[0]!;
    // The policy may have been changed since: a deletion needs it at the end too (D31).
    if (fate.kind === 'open' || (fate.kind === 'delete' && !rule.deletion)) {
      open += those.length;
      continue;
    }
    for (const piece of inPieces(those, mostNamed))
      await carry(
        deps,
        id,
        fate,
        piece.map((each) => each.held),
      );
  }
  return open;
};

/** Copied, then written down with its events, then taken out of where it waited. */
const carry = async (
  deps: GateDeps,
  id: GateRunId,
  fate: Settled,
  held: readonly Held[],
): Promise<void> => {
  const ended = await copied(deps, id, fate, held);
  const written = await record(deps, id, (run) => ({
    run: { counts: counting(run.counts, ended) },
    more: { ended, events: eventsOf(deps, run, fate, ended) },
  }));
  if (written) await letGo(deps, held);
};

/** Both copies of what has its end: the one that waited, and the one that Macie read. */
const letGo = async ({ objects }: GateDeps, held: readonly Held[]): Promise<void> => {
  await objects.remove(
    'stage',
    held.map(({ staged }) => staged),
  );
  await objects.remove(
    'review',
    held.map((each) => each.held),
  );
};

const copied = async (
  deps: GateDeps,
  id: GateRunId,
  fate: Settled,
  held: readonly Held[],
): Promise<Ended[]> => {
  if (fate.kind === 'delete') return held.map((each) => ({ ...each, end: 'deleted' }));
  if (fate.kind === 'keep out') {
    await copyAll(deps, 'review', 'quarantine', held.map(apart), true);
    return held.map((each) => ({ ...each, end: 'kept out' }));
  }
  const marks = await abreast(held, reads, ({ key }) => deps.objects.markOf('released', key));
  const ends = held.map((each, index): Ended => ({
    ...each,
    end: isLater(marks[index], id) ? 'outdated' : 'released',
  }));
  const of = (end: End) => ends.filter((each) => each.end === end);
  const sources = of('released').map((each) => marked(id, each, fate.falsePositive));
  await copyAll(deps, 'review', 'released', sources, true);
  await copyAll(deps, 'review', 'quarantine', of('outdated').map(apart), true);
  return ends;
};

const apart = ({ held, size, storageClass }: Held): Copy => ({
  source: held,
  size,
  ...(storageClass && { storageClass }),
  to: held.key,
});

/** Whoever reads the released bucket sees that people let it through; not where they said that nothing is in it. */
const marked = (id: GateRunId, held: Held, harmless: boolean): Copy => ({
  ...apart(held),
  to: held.key,
  tags: {
    'drawbridge:object': markOf(id, held.ref),
    ...(held.verdict.kind !== 'unproven' && !harmless && { SensitiveDataFound: 'true' }),
  },
});

const counters: Record<End, keyof Counts> = {
  released: 'released',
  'kept out': 'keptOut',
  deleted: 'deleted',
  outdated: 'outdated',
};

const counting = (counts: Counts, ended: readonly Ended[]): Counts => {
  const next = { ...counts };
  for (const { end } of ended) next[counters[end]] += 1;
  return next;
};

const types: Record<End, AuditType> = {
  released: 'gate.objects-released',
  'kept out': 'gate.objects-kept-out',
  deleted: 'gate.objects-deleted',
  outdated: 'gate.objects-outdated',
};

const eventsOf = (
  deps: GateDeps,
  run: GateRun,
  fate: Settled,
  ended: readonly Ended[],
): AuditEvent[] =>
  [...grouped(ended, ({ end }) => end)].map(([end, those]) =>
    gateEvent(
      run,
      types[end],
      deps.now(),
      {
        count: those.length,
        keys: JSON.stringify(those.map(({ key }) => key)),
        by: fate.by,
        ...(fate.kind === 'release' && fate.falsePositive && { falsePositive: true }),
      },
      { mark: those[0]!.ref },
    ),
  );

const finish = async (deps: GateDeps, id: GateRunId): Promise<Step> => {
  const at = deps.now();
  await record(deps, id, (run) => {
    if (run.status.state !== 'review') return undefined;
    const { released, keptOut, deleted, outdated } = run.counts;
    const facts = { released, keptOut, deleted, outdated };
    const status: Status = { state: 'done', at: at.toISOString() };
    const events = [gateEvent(run, 'gate.done', at, facts, { mark: run.version })];
    return {
      run: { status, carried: run.decisions },
      more: { release: ['gate-released'], due: { done: true }, events },
    };
  });
  return { next: 'end' };
};

/** What was decided meanwhile is carried out by the same call, since another one cannot while this has the lock. */
const rest = async (deps: GateDeps, id: GateRunId, carried: number): Promise<Step> => {
  const run = await record(deps, id, () => ({ run: { carried }, more: {} }));
  return run && run.decisions > run.carried ? { run } : { next: 'end' };
};
