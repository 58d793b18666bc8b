import { noCounts, type GateRun, type Start } from '../../domain/gate/run';
import { gateRunId } from '../../domain/gate/run-id';
import type { Role } from '../../domain/person';
import { actor } from '../../domain/person';
import { admit, type Click } from '../authority';
import type { GateDeps } from './ports';
import { gateEvent, later, note } from './write';

export type Started =
  | { kind: 'started'; run: GateRun }
  /** Another run is taking objects in: it is shown instead (law 5, D19). */
  | { kind: 'already'; run: GateRun }
  /** `early`: later it may not be. `fault`: somebody has to mend something, or nothing is ever taken. */
  | { kind: 'refused'; because: string; who?: Role; early?: true; fault?: true };

const no = (because: string, who?: Role): Extract<Started, { kind: 'refused' }> => ({
  kind: 'refused',
  because,
  ...(who && { who }),
});

/** Begins a run, if there is something to take and its verdicts could be proven. */
export const startRun = async (
  deps: GateDeps,
  start: Start,
  { prefix: wanted }: { prefix?: string } = {},
): Promise<Started> => {
  const { policy, objects, macie } = deps;
  const rule = policy.gate;
  if (!rule) return no('The policy has no gate, so nothing is taken from the raw bucket.');
  const prefix = start.kind === 'manifest' ? folderOf(start.key) : (wanted ?? rule.prefix);
  if (!prefix.startsWith(rule.prefix))
    return no(`The policy takes only keys that begin with “${rule.prefix}”.`);
  const first = await holderOf(deps);
  if (first) return { kind: 'already', run: first };
  const newest = await objects.quietSince(prefix);
  if (newest === undefined) return no('There is nothing to take.');
  const quiet = later(new Date(newest), rule.quiet);
  if (start.kind === 'uploads' && quiet > deps.now().toISOString())
    return { ...no(`Uploads may be under way: the newest is of ${newest}.`), early: true };
  if (!(await macie.exportIsOn()))
    return {
      ...no('Macie does not export its results here, so nothing could be proven to be clean.'),
      fault: true,
    };
  return begin(deps, start, prefix, rule.channel);
};

/** A marker speaks for the folder that it is in. */
const folderOf = (key: string): string => key.slice(0, key.lastIndexOf('/') + 1);

const holderOf = async ({ gate }: GateDeps): Promise<GateRun | undefined> => {
  const holder = await gate.holder('gate-raw');
  return holder && (await gate.run(holder));
};

const begin = async (
  deps: GateDeps,
  start: Start,
  prefix: string,
  channel: GateRun['channel'],
): Promise<Started> => {
  const at = deps.now();
  const run: GateRun = {
    id: gateRunId(at, deps.random()),
    channel,
    prefix,
    start,
    startedAt: at.toISOString(),
    movedAt: at.toISOString(),
    status: { state: 'staging', batch: 1 },
    batches: 0,
    counts: noCounts,
    decisions: 0,
    carried: 0,
    woken: 1,
    version: 1,
  };
  const by =
    start.kind === 'person' ? { by: { ...start, kind: 'person' as const } } : ({} as const);
  const facts = { start: start.kind, prefix };
  const outcome = await deps.gate.commit({
    run,
    take: 'gate-raw',
    events: [gateEvent(run, 'gate.started', at, facts, by)],
  });
  if (outcome === 'done') return { kind: 'started', run };
  const first = await holderOf(deps);
  if (first) return { kind: 'already', run: first };
  return no('Another run began at the same moment, and has taken its objects. Try again.');
};

/** The same for a person: a click is not authority (law 3). A refusal is told in the thread of the run that is under way. */
export const startAs = async (
  deps: GateDeps,
  click: Click,
  prefix: string | undefined,
): Promise<Started> => {
  const rule = deps.policy.gate;
  if (!rule) return no('The policy has no gate, so nothing is taken from the raw bucket.');
  const { person, ...allowed } = await admit(deps, click, true);
  if (allowed.ok && person.roles.includes(rule.start)) {
    const start = { kind: 'person', id: person.id, name: person.name } as const;
    return startRun(deps, start, prefix === undefined ? {} : { prefix });
  }
  const because = allowed.ok ? `Only ${rule.start}s may start a run.` : allowed.because;
  const who = allowed.ok ? rule.start : allowed.who;
  const run = await holderOf(deps);
  if (run) {
    const at = deps.now();
    const told = { by: actor(person), mark: `${person.id}/${at.toISOString().slice(0, 13)}` };
    await note(deps, run.id, [gateEvent(run, 'gate.start-refused', at, { because }, told)]);
  }
  return no(because, who);
};
