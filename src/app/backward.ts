import { contains } from '../domain/plan';
import {
  recordOf,
  type Proposal,
  type Remediation,
  type Status,
  type StepRecord,
} from '../domain/remediation';
import type { Irreversible } from '../operations/operation';
import { reserve, type Budget } from './budget';
import { bot, told } from './events';
import { finishWith } from './move';
import type { Outcome } from './outcome';
import type { Deps } from './ports';
import type { Next } from './propose';
import { undoStep } from './step-back';

/**
 * The same list backwards, for rolling back and for undo. Evidence stays (law 8), and so does what has no way back. A
 * release goes on where a part of it fails, as containment did.
 */
export const backward = async (
  deps: Deps,
  remediation: Remediation,
  status: Extract<Status, { state: 'rolling back' | 'undoing' }>,
  { plan }: Proposal,
  left: Budget,
): Promise<Next> => {
  const records = await deps.store.steps(remediation.id);
  const releasing = contains(plan);
  const mark = String(remediation.version);
  const stays: string[] = [];
  const failed: string[] = [];
  for (const [index, step] of [...plan.steps.entries()].reverse()) {
    const record = recordOf(records, index);
    if (step.phase === 'evidence' || record.status === 'undone' || record.status === 'skipped')
      continue;
    // Whatever is not back yet must not lose what protects it.
    if (failed.length > 0 && step.phase === 'protect') break;
    const operation = deps.operationOf(step.operation);
    if (operation.irreversible !== undefined) {
      const words = `${index + 1} (${operation.describe(step.input)})`;
      stays.unshift(...remains(words, record, operation));
      continue;
    }
    const gaveUp = record.back?.mark === mark ? record.back.failed : undefined;
    if (gaveUp === undefined && left() < reserve) return { next: 'advance' };
    const outcome: Outcome =
      gaveUp === undefined
        ? await undoStep(deps, remediation, { step, operation }, record, mark)
        : { kind: 'failed', because: gaveUp };
    if (outcome.kind === 'again') return { next: 'wait', seconds: outcome.seconds };
    if (outcome.kind === 'failed') {
      failed.push(`Step ${index + 1} could not be taken back: ${sentence(outcome.because)}`);
      if (!releasing) break;
    }
  }
  if (failed.length > 0) {
    const protection = releasing ? ['What protects it stays until the rest is back.'] : [];
    return hold(deps, remediation, [...failed, ...protection].join(' '));
  }
  if (stays.length > 0 && !releasing) {
    const because = status.state === 'undoing' ? [] : [sentence(status.because)];
    return hold(deps, remediation, [...because, ...stays].join(' '));
  }
  return finished(deps, remediation, status, stays);
};

/** What was done, or may have been, and stays. */
const remains = (
  step: string,
  { status, begun = false }: StepRecord,
  { irreversible }: Pick<Irreversible, 'irreversible'>,
): string[] => {
  if (status === 'applied')
    return [`Step ${step} was done and cannot be taken back: ${sentence(irreversible)}`];
  if (begun)
    return [
      `Step ${step} may have done a part of its work, which cannot be taken back: ${sentence(irreversible)}`,
    ];
  return [];
};

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

const hold = async (deps: Deps, remediation: Remediation, because: string): Promise<Next> => {
  const at = deps.now();
  const mark = remediation.version;
  const event = told(remediation, 'remediation.held', at, { because }, { mark });
  await finishWith(deps, remediation, { state: 'held', at: at.toISOString(), because }, event);
  return { next: 'finish' };
};

const finished = async (
  deps: Deps,
  remediation: Remediation,
  status: Extract<Status, { state: 'rolling back' | 'undoing' }>,
  stays: readonly string[],
): Promise<Next> => {
  const now = deps.now();
  const at = now.toISOString();
  if (status.state === 'undoing') {
    const { by, reason } = status;
    const event = told(
      remediation,
      'undo.done',
      now,
      { by, reason, ...(stays.length > 0 && { stays: stays.join(' ') }) },
      { by: bot, mark: remediation.version },
    );
    await finishWith(deps, remediation, { state: 'undone', at, by }, event);
  } else {
    const { because } = status;
    const event = told(remediation, 'remediation.rolled-back', now, { because });
    await finishWith(deps, remediation, { state: 'rolled back', at, because }, event);
  }
  return { next: 'finish' };
};
