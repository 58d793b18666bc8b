import { mayCancel } from '../domain/approval';
import { hash } from '../domain/canonical';
import type { RemediationId } from '../domain/ids';
import { actor } from '../domain/person';
import type { Remediation } from '../domain/remediation';
import { admit, type Click } from './authority';
import { told } from './events';
import { finishWith, MovedMeanwhile } from './move';
import type { DoorDeps } from './ports';

export type Cancelled =
  | { kind: 'cancelled'; remediation: Remediation }
  | { kind: 'refused'; because: string };

/** More people than can decide one thing do not click at once. */
const tries = 10;

/** The requester takes a request back before it was decided. One conditional write, as a decision is. */
export const cancel = async (
  deps: DoorDeps,
  id: RemediationId,
  click: Click,
  left = tries,
): Promise<Cancelled> => {
  const remediation = await deps.store.remediation(id);
  if (!remediation) return { kind: 'refused', because: 'This remediation is not known.' };
  const admitted = await admit(deps, click, true);
  const allowed = admitted.ok ? mayCancel(remediation, admitted.person) : admitted;
  const by = actor(admitted.person);
  const at = deps.now();
  if (!allowed.ok) {
    const { because } = allowed;
    const mark = `cancel/${admitted.person.id}/${remediation.version}/${hash(because).slice(0, 8)}`;
    await deps.store.commit({
      events: [
        told(remediation, 'approval.refused', at, { verdict: 'cancel', because }, { by, mark }),
      ],
    });
    return { kind: 'refused', because };
  }
  try {
    const event = told(remediation, 'remediation.cancelled', at, {}, { by });
    const status = { state: 'cancelled', at: at.toISOString(), by: admitted.person.id } as const;
    return { kind: 'cancelled', remediation: await finishWith(deps, remediation, status, event) };
  } catch (error) {
    // Decided at the same moment: read again, and say so.
    if (error instanceof MovedMeanwhile && left > 1) return cancel(deps, id, click, left - 1);
    throw error;
  }
};
