import { mayUndo } from '../domain/approval';
import { hash } from '../domain/canonical';
import type { RemediationId } from '../domain/ids';
import { actor, type Role } from '../domain/person';
import type { Remediation } from '../domain/remediation';
import { lockOf } from '../domain/target';
import { admit, type Click } from './authority';
import { told } from './events';
import { move, MovedMeanwhile } from './move';
import type { DoorDeps } from './ports';

export type UndoAnswer =
  | { kind: 'may'; remediation: Remediation }
  | { kind: 'refused'; because: string; who?: Role };

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

/**
 * Writes the undo down, which starts it, under the same lock as any remediation of this target.
 * @param seen of the preview that the person had before them: the undo is for that state only
 */
export const undo = async (
  deps: DoorDeps,
  id: RemediationId,
  click: Click,
  reason: string,
  seen?: string,
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
      { state: 'undoing', by: person.id, reason, ...(seen && { seen }), ...was(remediation) },
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

/** What stands again where the undo turns out not to be the one that was shown. */
const was = ({ status }: Remediation) =>
  status.state === 'done' || status.state === 'held' ? { was: status } : {};
