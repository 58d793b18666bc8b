import { mayUndo } from '../domain/approval';
import { hash } from '../domain/canonical';
import type { RemediationId } from '../domain/ids';
import { actor, type Role } from '../domain/person';
import type { Remediation } from '../domain/remediation';
import { lockOf } from '../domain/target';
import { admit, type Click } from './authority';
import { told } from './events';
import { move, MovedMeanwhile } from './move';
import type { Deps, DoorDeps } from './ports';
import { runKey, sessionFor } from './session';
import { filled } from './step';

export type UndoAnswer =
  | { kind: 'may'; remediation: Remediation }
  | { kind: 'refused'; because: string; who?: Role };

/** What an undo would do, and what others changed since. */
export interface UndoPreview {
  remediation: Remediation;
  restores: string[];
  drift: string[];
}

export const mayTakeBack = async (
  deps: DoorDeps,
  id: RemediationId,
  click: Click,
): Promise<UndoAnswer> => {
  const remediation = await deps.store.remediation(id);
  if (!remediation) return { kind: 'refused', because: 'This remediation is not known.' };
  const admitted = await admit(deps, click, true);
  const allowed = admitted.ok
    ? mayUndo(deps.policy, remediation, admitted.person, deps.now())
    : admitted;
  if (allowed.ok) return { kind: 'may', remediation };
  const by = actor(admitted.person);
  const why = hash(allowed.because).slice(0, 8);
  const mark = `${admitted.person.id}/${remediation.version}/${why}`;
  await deps.store.commit({
    events: [
      told(remediation, 'undo.refused', deps.now(), { because: allowed.because }, { by, mark }),
    ],
  });
  return { ...allowed, kind: 'refused' };
};

/** Reads the target now and compares it with what we left (law 7). Read-only. */
export const previewUndo = async (
  deps: Deps,
  id: RemediationId,
): Promise<UndoPreview | undefined> => {
  const remediation = await deps.store.remediation(id);
  const plan = remediation?.proposal?.plan;
  if (!remediation || !plan) return undefined;
  const preview: UndoPreview = { remediation, restores: [], drift: [] };
  for (const record of await deps.store.steps(id)) {
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
    preview.restores.push(operation.describe(input));
    if (record.after !== undefined) preview.drift.push(...operation.drift(record.after, now));
  }
  return preview;
};

/** Writes the undo down, which starts it, under the same lock as any remediation of this target. */
export const undo = async (
  deps: DoorDeps,
  id: RemediationId,
  click: Click,
  reason: string,
): Promise<UndoAnswer> => {
  const answer = await mayTakeBack(deps, id, click);
  if (answer.kind === 'refused') return answer;
  const { remediation } = answer;
  const person = await deps.people.person(click.user, true);
  const event = told(
    remediation,
    'undo.requested',
    deps.now(),
    { reason },
    { by: actor(person), mark: remediation.version },
  );
  try {
    const undoing = await move(
      deps,
      remediation,
      { state: 'undoing', by: person.id, reason },
      [event],
      {
        take: { lock: lockOf(remediation.playbook, remediation.target), by: id },
      },
    );
    return { kind: 'may', remediation: undoing };
  } catch (error) {
    if (!(error instanceof MovedMeanwhile)) throw error;
    return {
      kind: 'refused',
      because: 'Something else is running on this target. Try again when it has ended.',
    };
  }
};
