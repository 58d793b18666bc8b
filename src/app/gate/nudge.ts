import type { GateRun, Status } from '../../domain/gate/run';
import type { GateRunId } from '../../domain/ids';
import type { Gate } from '../../domain/policy/gate';
import { MovedMeanwhile } from '../move';
import type { GateDeps } from './ports';
import { gateEvent, later, put, type More } from './write';

type Review = Extract<Status, { state: 'review' }>;
type Needs = Pick<GateDeps, 'gate' | 'policy' | 'now'>;

/** Decisions are carried out before anything expires; looked at again so much later, in milliseconds. */
const patience = 15 * 60_000;

/** When people are reminded next, or when their time ends. */
export const nextCall = ({ until }: Review, rule: Pick<Gate, 'remindEvery'>, now: Date): string => {
  const reminder = later(now, rule.remindEvery);
  return reminder < until ? reminder : until;
};

/** Its time has come: people are reminded, or what is held stays held and they are told (D15). */
export const nudgeGate = async (deps: Needs, id: GateRunId): Promise<void> => {
  const run = await deps.gate.run(id);
  if (!run) return;
  const { status, next, more } = callFor(deps, run);
  try {
    await put(deps, run, { status, ...next }, more);
  } catch (error) {
    // Somebody wrote at the same moment: it is still due, and read again in the next minute.
    if (!(error instanceof MovedMeanwhile)) throw error;
  }
};

const callFor = (
  { policy, now }: Needs,
  run: GateRun,
): { status: Status; next?: Partial<GateRun>; more: More } => {
  const { status } = run;
  const at = now();
  const rule = policy.gate;
  const { movedAt } = run;
  if (status.state !== 'review' || !rule)
    return { status, next: { movedAt }, more: { due: { done: true } } };
  if (run.decisions > run.carried) return { status, more: { due: { at: later(at, patience) } } };
  const { until, reminded } = status;
  const tell = (type: 'gate.expired' | 'gate.reminded') => [
    gateEvent(run, type, at, { until, reminded }, { mark: run.version }),
  ];
  if (at.toISOString() >= until)
    return {
      status: { state: 'expired', at: at.toISOString() },
      more: { due: { done: true }, events: tell('gate.expired') },
    };
  return {
    status: { ...status, reminded: reminded + 1 },
    more: { due: { at: nextCall(status, rule, at) }, events: tell('gate.reminded') },
  };
};
