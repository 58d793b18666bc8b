import { planHash, type Step } from '../domain/plan';
import type { Proposal, Remediation, Status, StepRecord } from '../domain/remediation';
import { bot, told } from './events';
import { finishWith, move } from './move';
import { lookFor, prepare, propose, type Next } from './prepare';
import type { Deps } from './ports';
import { applyStep, undoStep } from './step';

/** Below this many milliseconds no further step is begun: the workflow calls again with a fresh budget. */
const reserve = 15_000;

export type Budget = () => number;

/** Moves one remediation on, as far as the time allows. Called again from any point, it goes on from the stored state. */
export const advance = async (
  deps: Deps,
  remediation: Remediation,
  left: Budget,
): Promise<Next> => {
  const { proposal, status } = remediation;
  switch (status.state) {
    case 'approved':
      return begin(deps, remediation, left);
    case 'applying':
      return proposal ? forward(deps, remediation, proposal, left) : { next: 'finish' };
    case 'rolling back':
    case 'undoing':
      return proposal ? backward(deps, remediation, status, proposal, left) : { next: 'finish' };
    case 'preparing':
      return prepare(deps, remediation);
    case 'awaiting approval':
      return { next: 'ask' };
    default:
      return { next: 'finish' };
  }
};

/** The decision holds for the plan that was shown. If the target has changed since, the new plan is shown (law 2). */
const begin = async (deps: Deps, remediation: Remediation, left: Budget): Promise<Next> => {
  const planned = await lookFor(deps, remediation);
  if (planned.kind !== 'plan' || planHash(planned.plan) !== remediation.proposal?.hash)
    return propose(deps, remediation, planned);
  const applying = await move(deps, remediation, { state: 'applying' }, [], {
    due: { id: remediation.id, done: true },
  });
  return advance(deps, applying, left);
};

const forward = async (
  deps: Deps,
  remediation: Remediation,
  { plan }: Proposal,
  left: Budget,
): Promise<Next> => {
  const records = await deps.store.steps(remediation.id);
  for (const [index, step] of plan.steps.entries()) {
    const record = recordOf(records, index);
    if (record.status === 'applied' || record.status === 'skipped') continue;
    if (record.status === 'failed' && isPassable(step)) continue;
    if (left() < reserve) return { next: 'advance' };
    const outcome = await applyStep(deps, remediation, step, record);
    if (outcome.kind === 'again') return { next: 'wait', seconds: 2 * (record.attempts + 1) };
    if (outcome.kind === 'failed' && !isPassable(step))
      return fail(deps, remediation, outcome.because, left);
  }
  const at = deps.now();
  const undoUntil = new Date(at.getTime() + deps.policy.undo.within).toISOString();
  const event = told(remediation, 'remediation.done', at, { steps: plan.steps.length, undoUntil });
  await finishWith(deps, remediation, { state: 'done', at: at.toISOString(), undoUntil }, event);
  return { next: 'finish' };
};

/** Failed evidence never blocks containment (law 8). */
const isPassable = ({ optional = false, phase }: Step): boolean => optional || phase === 'evidence';

const fail = async (
  deps: Deps,
  remediation: Remediation,
  because: string,
  left: Budget,
): Promise<Next> => {
  const at = deps.now();
  const playbook = deps.playbooks.find(({ id }) => id === remediation.playbook);
  if (playbook?.onFailure !== 'roll back') {
    await finishWith(
      deps,
      remediation,
      { state: 'held', at: at.toISOString(), because },
      told(remediation, 'remediation.held', at, { because }),
    );
    return { next: 'finish' };
  }
  const event = told(remediation, 'remediation.rolling-back', at, { because });
  return advance(
    deps,
    await move(deps, remediation, { state: 'rolling back', because }, [event]),
    left,
  );
};

/** The same list backwards, for rolling back and for undo. Evidence stays (law 8). */
const backward = async (
  deps: Deps,
  remediation: Remediation,
  status: Extract<Status, { state: 'rolling back' | 'undoing' }>,
  { plan }: Proposal,
  left: Budget,
): Promise<Next> => {
  const records = await deps.store.steps(remediation.id);
  for (const [index, step] of [...plan.steps.entries()].reverse()) {
    const record = recordOf(records, index);
    if (step.phase === 'evidence' || record.status === 'undone' || record.status === 'skipped')
      continue;
    if (left() < reserve) return { next: 'advance' };
    const outcome = await undoStep(deps, remediation, step, record, String(remediation.version));
    if (outcome.kind === 'again') return { next: 'wait', seconds: 2 * (record.attempts + 1) };
    if (outcome.kind === 'failed') {
      const at = deps.now();
      const because = `Step ${index + 1} could not be taken back: ${outcome.because}`;
      const event = told(
        remediation,
        'remediation.held',
        at,
        { because },
        { mark: remediation.version },
      );
      await finishWith(deps, remediation, { state: 'held', at: at.toISOString(), because }, event);
      return { next: 'finish' };
    }
  }
  const at = deps.now();
  if (status.state === 'undoing') {
    const by = status.by;
    const event = told(
      remediation,
      'undo.done',
      at,
      { by },
      { by: bot, mark: remediation.version },
    );
    await finishWith(deps, remediation, { state: 'undone', at: at.toISOString(), by }, event);
  } else {
    const event = told(remediation, 'remediation.rolled-back', at, { because: status.because });
    await finishWith(
      deps,
      remediation,
      { state: 'rolled back', at: at.toISOString(), because: status.because },
      event,
    );
  }
  return { next: 'finish' };
};

const recordOf = (records: readonly StepRecord[], index: number): StepRecord =>
  records.find((record) => record.index === index) ?? { index, status: 'pending', attempts: 0 };
