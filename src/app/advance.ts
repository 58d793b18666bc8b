import { contains, planHash, type Plan, type Step } from '../domain/plan';
import { opensAt } from '../domain/policy';
import { recordOf, type Proposal, type Remediation } from '../domain/remediation';
import { backward } from './backward';
import { told } from './events';
import { finishWith, move } from './move';
import { rulingOf } from './asking';
import { beginUndo } from './undo-look';
import { lookFor, prepare } from './prepare';
import { end, propose, type Next } from './propose';
import { reserve, type Budget } from './budget';
import { shortfall } from './shortfall';
import type { Deps } from './ports';
import { applyStep } from './step';

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
      return proposal ? backward(deps, remediation, status, proposal, left) : { next: 'finish' };
    case 'undoing': {
      if (!proposal) return { next: 'finish' };
      const begun = await beginUndo(deps, remediation, proposal.plan, status);
      return begun ? backward(deps, begun, status, proposal, left) : { next: 'finish' };
    }
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
  const closed = await waitForWindow(deps, remediation);
  if (closed) return closed;
  const planned = await lookFor(deps, remediation);
  if (planned.kind !== 'plan' || planHash(planned.plan) !== remediation.proposal?.hash)
    return propose(deps, remediation, planned);
  const applying = await move(deps, remediation, { state: 'applying' }, [], {
    due: { id: remediation.id, done: true },
  });
  return advance(deps, applying, left);
};

/** A workflow waits a day at most before it looks again: the policy may have changed. */
const longest = 86_400;

/** Approved outside its change window: it waits, and the card says until when. */
const waitForWindow = async (deps: Deps, remediation: Remediation): Promise<Next | undefined> => {
  const { status } = remediation;
  if (status.state !== 'approved') return undefined;
  const now = deps.now();
  const ruling = await rulingOf(deps, remediation);
  // The policy was changed since people said yes: it has the last word.
  if (ruling.run === 'never') return end(deps, remediation, 'refused', ruling.because);
  const { window } = ruling;
  const at = window && opensAt(window, now);
  if (!window || !at) return undefined;
  const opens = at.toISOString();
  if (status.opens !== opens) {
    const facts = { window: window.name, opens };
    const event = told(remediation, 'remediation.waiting', now, facts, { mark: opens });
    await move(deps, remediation, { ...status, opens }, [event]);
  }
  const seconds = Math.ceil((at.getTime() - now.getTime()) / 1000);
  return { next: 'wait', seconds: Math.min(seconds, longest) };
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
    if (outcome.kind === 'again') return { next: 'wait', seconds: outcome.seconds };
    if (outcome.kind === 'failed' && !isPassable(step))
      return fail(deps, remediation, outcome.because, left);
  }
  return forwardEnd(deps, remediation, plan);
};

/** All steps were tried. What contains is done only if each of its parts is; an isolation can be released for ever. */
const forwardEnd = async (deps: Deps, remediation: Remediation, plan: Plan): Promise<Next> => {
  const short = shortfall(deps, plan, await deps.store.steps(remediation.id));
  if (short) return hold(deps, remediation, short);
  const at = deps.now();
  const until = new Date(at.getTime() + deps.policy.undo.within).toISOString();
  const undo = contains(plan) ? {} : { undoUntil: until };
  const event = told(remediation, 'remediation.done', at, { steps: plan.steps.length, ...undo });
  await finishWith(deps, remediation, { state: 'done', at: at.toISOString(), ...undo }, event);
  return { next: 'finish' };
};

/** Failed evidence never blocks containment, and what of it fails does not block the rest (law 8). */
const isPassable = ({ optional = false, phase }: Step): boolean => optional || phase === 'evidence';

const fail = async (
  deps: Deps,
  remediation: Remediation,
  because: string,
  left: Budget,
): Promise<Next> => {
  const at = deps.now();
  const playbook = deps.playbooks.find(({ id }) => id === remediation.playbook);
  if (playbook?.onFailure !== 'roll back') return hold(deps, remediation, because);
  const event = told(remediation, 'remediation.rolling-back', at, { because });
  return advance(
    deps,
    await move(deps, remediation, { state: 'rolling back', because }, [event]),
    left,
  );
};

const hold = async (deps: Deps, remediation: Remediation, because: string): Promise<Next> => {
  const at = deps.now();
  const event = told(remediation, 'remediation.held', at, { because });
  await finishWith(deps, remediation, { state: 'held', at: at.toISOString(), because }, event);
  return { next: 'finish' };
};
