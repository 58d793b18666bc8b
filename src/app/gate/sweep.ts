import type { ObjectRef } from '../../domain/gate/object';
import { isLive, type GateRun, type Status } from '../../domain/gate/run';
import { GateRunId } from '../../domain/ids';
import { callLasts } from './lease';
import type { GateDeps, GateLock } from './ports';
import { gateEvent, note, record } from './write';

/** A run that has not moved for so long is stuck, in milliseconds. */
const stuckAfter = 2 * 3_600_000;
const looked = 200;

type State = Status['state'];
const busy: readonly State[] = ['staging', 'scanning', 'settling', 'judging', 'moving', 'aborting'];
const atHome: Record<'stage' | 'review', readonly State[]> = {
  stage: [...busy, 'review', 'expired', 'held'],
  review: ['moving', 'review', 'expired', 'held'],
};

/**
 * Finds what was left behind: objects without a run (D33), runs that do not get on, locks without a holder. Each is told once in
 * the thread of its run. What belongs to no run is thrown at the end, as words for the log and the alarm.
 */
export const sweep = async (deps: GateDeps): Promise<void> => {
  const words = [
    ...(await strays(deps, 'stage')),
    ...(await strays(deps, 'review')),
    ...(await locks(deps)),
  ];
  for (const run of await deps.gate.runs(looked)) await lookAt(deps, run);
  if (words.length > 0) throw new Error(words.join(' '));
};

const strays = async (deps: GateDeps, place: 'stage' | 'review'): Promise<string[]> => {
  const words: string[] = [];
  for (const prefix of await deps.objects.prefixes(place)) {
    const id = GateRunId.safeParse(prefix.replace(/\/$/, ''));
    const run = id.success ? await deps.gate.run(id.data) : undefined;
    if (!run) words.push(`The ${place} bucket has objects of no run below “${prefix}”.`);
    else if (place === 'stage' && run.status.state === 'expired') await unstage(deps, run.id);
    else if (!atHome[place].includes(run.status.state))
      await tell(deps, run, place, `Objects were left behind in the ${place} bucket.`);
  }
  return words;
};

/** Nobody asks for samples any more: one copy of what is sensitive is enough. What has expired keeps the one in review. */
const unstage = async ({ gate, objects }: GateDeps, id: GateRunId): Promise<void> => {
  let after: ObjectRef | undefined;
  do {
    const some = await gate.held(id, after, looked);
    await objects.remove(
      'stage',
      some.map(({ staged }) => staged),
    );
    after = some.at(-1)?.ref;
  } while (after !== undefined);
};

const lookAt = async (deps: GateDeps, run: GateRun): Promise<void> => {
  const { status, movedAt, decisions, carried } = run;
  const works = busy.includes(status.state) || (status.state === 'review' && decisions > carried);
  if (!works || deps.now().getTime() < Date.parse(movedAt) + stuckAfter) return;
  await tell(deps, run, `${status.state}/${movedAt}`, `It has not moved since ${movedAt}.`);
};

const tell = (deps: GateDeps, run: GateRun, mark: string, because: string): Promise<void> =>
  note(deps, run.id, [
    gateEvent(run, 'gate.strayed', deps.now(), { because, state: run.status.state }, { mark }),
  ]);

const needed: Record<GateLock, (run: GateRun, now: Date) => boolean> = {
  'gate-raw': ({ status }) => ['staging', 'aborting', 'held'].includes(status.state),
  'gate-released': (run, now) =>
    isLive(run) && now.getTime() < Date.parse(run.movedAt) + Math.max(callLasts, stuckAfter),
};

/** A lock whose holder is over, or does not work under it any more, is freed. */
const locks = async (deps: GateDeps): Promise<string[]> => {
  const words: string[] = [];
  for (const lock of ['gate-raw', 'gate-released'] as const) {
    const holder = await deps.gate.holder(lock);
    if (holder === undefined) continue;
    const run = await deps.gate.run(holder);
    if (!run) {
      await deps.gate.free(lock, holder);
      words.push(`The lock ${lock} was held by ${holder}, which does not exist.`);
    } else if (!needed[lock](run, deps.now())) {
      await record(deps, holder, (now) =>
        needed[lock](now, deps.now()) ? undefined : { run: {}, more: { release: [lock] } },
      );
    }
  }
  return words;
};
