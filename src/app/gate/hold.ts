import type { Going, GateRun, Status } from '../../domain/gate/run';
import type { GateRunId } from '../../domain/ids';
import { MovedMeanwhile } from '../move';
import type { GateDeps, GateLock } from './ports';
import { gateEvent, keepFirst, put, type Step } from './write';

const over: readonly Status['state'][] = ['expired', 'done', 'aborted', 'held'];

export const isGoing = (status: Status): status is Going => !over.includes(status.state);

/** Something needs a person: nothing moves, all stays where it is, and others may go on. */
export const hold = async (deps: GateDeps, run: GateRun, because: string): Promise<Step> => {
  const { status } = run;
  if (!isGoing(status)) return { next: 'end' };
  const at = deps.now();
  const blocks = await isMidway(deps, run);
  const release: GateLock[] = blocks ? ['gate-released'] : ['gate-raw', 'gate-released'];
  const words = blocks
    ? `${because} Until it goes on nothing else is taken from the raw bucket.`
    : because;
  const held: Status = {
    state: 'held',
    because: words,
    at: at.toISOString(),
    from: status.state,
    was: status,
  };
  const facts = { because: words, from: status.state };
  const event = gateEvent(run, 'gate.held', at, facts, { mark: run.version });
  await put(deps, run, { status: held }, { release, due: { done: true }, events: [event] });
  return { next: 'end' };
};

/**
 * A batch that is listed may be copied in part, and one that goes back may be back in part: another run would take the same
 * versions. Where none is listed, an empty list closes the staging, so that whoever is still at it takes nothing more either.
 */
const isMidway = async (deps: GateDeps, { id, status }: GateRun): Promise<boolean> =>
  status.state === 'aborting' ||
  (status.state === 'staging' && (await keepFirst(deps, id, 'taken', status.batch, [])).length > 0);

const words: Record<Going['state'], string> = {
  staging: 'Something unforeseen stopped this run while it took objects in.',
  scanning: 'Something unforeseen stopped this run while Macie was reading.',
  settling: 'Something unforeseen stopped this run while Macie’s results came in.',
  judging:
    'Something unforeseen stopped this run before all objects had a verdict; none was moved.',
  moving:
    'Something unforeseen stopped this run while objects were moved; only clean ones were released.',
  review: 'Something unforeseen stopped this run while decisions were carried out.',
  aborting: 'Something unforeseen stopped this run while its objects went back.',
};

/** The workflow's net: whatever failed beyond its retries is held with words, never in silence (D13, D17). */
export const catchFall = async (deps: GateDeps, id: GateRunId, left = 10): Promise<void> => {
  const run = await deps.gate.run(id);
  if (!run || !isGoing(run.status)) return;
  try {
    await hold(deps, run, words[run.status.state]);
  } catch (error) {
    if (error instanceof MovedMeanwhile && left > 1) return catchFall(deps, id, left - 1);
    throw error;
  }
};
