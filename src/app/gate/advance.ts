import { Told } from '../../domain/errors';
import type { GateRun } from '../../domain/gate/run';
import type { GateRunId } from '../../domain/ids';
import { MovedMeanwhile } from '../move';
import { abort } from './abort';
import { carryOut } from './carry-out';
import { judge } from './judge';
import { moveOn } from './move-clean';
import type { GateDeps, Next } from './ports';
import { scan } from './scan';
import { settle } from './settle';
import { stage } from './stage';
import type { Step } from './write';

/**
 * Moves a run on as far as the time allows. Called again from any point, it goes on from the stored state; whoever wrote the
 * run in between is read by the next call.
 */
export const advance = async (deps: GateDeps, id: GateRunId): Promise<Next> => {
  const run = await deps.gate.run(id);
  if (!run) throw new Told(`There is no run ${id}.`);
  try {
    let current = run;
    do {
      const step = await stepOf(deps, current);
      if ('next' in step) return step;
      current = step.run;
    } while (deps.hasTime());
    return { next: 'again' };
  } catch (error) {
    if (error instanceof MovedMeanwhile) return { next: 'again' };
    throw error;
  }
};

const stepOf = async (deps: GateDeps, run: GateRun): Promise<Step> => {
  const { status } = run;
  switch (status.state) {
    case 'staging':
      return stage(deps, run, status);
    case 'scanning':
      return scan(deps, run, status);
    case 'settling':
      return settle(deps, run, status);
    case 'judging':
      return judge(deps, run, status);
    case 'moving':
      return moveOn(deps, run);
    case 'review':
      return carryOut(deps, run);
    case 'aborting':
      return abort(deps, run, status);
    case 'expired':
    case 'done':
    case 'aborted':
    case 'held':
      return { next: 'end' };
  }
};
