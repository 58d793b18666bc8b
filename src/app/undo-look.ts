import { hash, type Json } from '../domain/canonical';
import type { RemediationId } from '../domain/ids';
import type { Plan } from '../domain/plan';
import type { Remediation, Status } from '../domain/remediation';
import { told } from './events';
import { finishWith, move } from './move';
import type { Deps } from './ports';
import { runKey, sessionFor } from './session';
import { filled } from './step';

/** What an undo would do, what others changed since, and a digest of what stands there now. */
export interface UndoPreview {
  remediation: Remediation;
  restores: string[];
  drift: string[];
  seen: string;
}

export const previewUndo = async (
  deps: Deps,
  id: RemediationId,
): Promise<UndoPreview | undefined> => {
  const remediation = await deps.store.remediation(id);
  const plan = remediation?.proposal?.plan;
  return remediation && plan && lookBack(deps, remediation, plan);
};

/** Reads the target now and compares it with what we left (law 7). Read-only. */
const lookBack = async (deps: Deps, remediation: Remediation, plan: Plan): Promise<UndoPreview> => {
  const restores: string[] = [];
  const drift: string[] = [];
  const states: Json[] = [];
  for (const record of await deps.store.steps(remediation.id)) {
    const step = plan.steps[record.index];
    if (
      !step ||
      step.phase === 'evidence' ||
      record.before === undefined ||
      record.status === 'skipped' ||
      record.status === 'undone'
    )
      continue;
    const operation = deps.operationOf(step.operation);
    if (operation.irreversible !== undefined) continue;
    const input = await filled(deps, remediation, step);
    const aws = await sessionFor(deps, remediation, operation.permissions.read);
    const now = await operation.read(aws, input, runKey(remediation, record.index));
    restores.push(operation.describe(input));
    states.push([record.index, now]);
    if (record.after !== undefined) drift.push(...operation.drift(record.after, now));
  }
  return { remediation, restores, drift, seen: hash(states) };
};

type Undoing = Extract<Status, { state: 'undoing' }>;

/**
 * An undo is for the state that was shown. If the target has changed since, nothing is undone: the person looks again
 * (law 7). Once begun it goes on, since then the changes are our own.
 * @returns the remediation whose undo has begun, or nothing when it was refused
 */
export const beginUndo = async (
  deps: Deps,
  remediation: Remediation,
  plan: Plan,
  status: Undoing,
): Promise<Remediation | undefined> => {
  if (status.begun || !status.seen || !status.was) return remediation;
  const { seen } = await lookBack(deps, remediation, plan);
  if (seen === status.seen) return move(deps, remediation, { ...status, begun: true }, []);
  const because =
    'The target has changed since the undo was shown. Press Undo… to see it as it is now.';
  const mark = `changed/${remediation.version}`;
  const event = told(remediation, 'undo.refused', deps.now(), { because }, { mark });
  await finishWith(deps, remediation, status.was, event);
  return undefined;
};
