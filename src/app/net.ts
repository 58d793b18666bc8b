import { isOpen, type State } from '../domain/remediation';
import type { RemediationId } from '../domain/ids';
import { told } from './events';
import { finishWith } from './move';
import type { Deps } from './ports';

/** What people read when something unforeseen ended a run. The cause is in the log under the remediation's id. */
const wordsIn = (state: State): string =>
  untouched.includes(state)
    ? 'Something unforeseen stopped this run before anything was changed.'
    : 'Something unforeseen stopped this run. Steps that are marked done were done; a step that was under way may be half done.';

/** In these states no step has begun. */
const untouched: readonly State[] = ['preparing', 'awaiting approval', 'approved'];

/**
 * The workflow's net: whatever failed beyond its retries ends in a state with words, never in silence. Containment and
 * half-done changes stay as they are (hold): a person decides.
 */
export const catchFall = async (
  deps: Pick<Deps, 'store' | 'now'>,
  id: RemediationId,
): Promise<void> => {
  const remediation = await deps.store.remediation(id);
  if (!remediation) return;
  const at = deps.now();
  if (!isOpen(remediation.status.state)) {
    const event = told(
      remediation,
      'finding.write-failed',
      at,
      { state: remediation.status.state },
      { mark: remediation.version },
    );
    await deps.store.commit({ events: [event] });
    return;
  }
  const because = wordsIn(remediation.status.state);
  const event = told(
    remediation,
    'remediation.held',
    at,
    { because },
    { mark: remediation.version },
  );
  await finishWith(deps, remediation, { state: 'held', at: at.toISOString(), because }, event);
};
