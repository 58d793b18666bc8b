import type { Step } from '../domain/plan';
import type { Remediation, StepRecord } from '../domain/remediation';
import type { Reversible } from '../operations/operation';
import { told } from './events';
import { NotYet, reasonOf, retryAfter, type Outcome } from './outcome';
import { busyWith } from './pending';
import type { Deps } from './ports';
import { runKey, sessionFor } from './session';
import { filled } from './step';

/**
 * One step back to its saved `before`, read back as well.
 * @param mark tells this way back from an earlier one of the same step
 */
export const undoStep = async (
  deps: Deps,
  remediation: Remediation,
  { step, operation }: { step: Step; operation: Reversible },
  record: StepRecord,
  mark: string,
): Promise<Outcome> => {
  const { store, now } = deps;
  const { before, index } = record;
  if (before === undefined) return { kind: 'ok' };
  const run = runKey(remediation, index);
  const { read, undo } = operation.permissions;
  const back = record.back?.mark === mark ? record.back : { mark, at: now().toISOString() };
  try {
    const input = await filled(deps, remediation, step);
    const aws = await sessionFor(deps, remediation, [...read, ...undo]);
    const look = () => operation.read(aws, input, run);
    const busy = (state: typeof before) =>
      running(operation, state, input, { since: back.at, now: now() });
    let standing = await look();
    if (!operation.restored(standing, input, before)) {
      if (!busy(standing)) {
        await operation.undo(aws, input, before, standing);
        standing = await look();
      }
      const again = !operation.restored(standing, input, before) && busy(standing);
      if (again) {
        await store.saveStep(remediation.id, { ...record, back, attempts: 0 });
        return { kind: 'again', seconds: again.seconds };
      }
      if (!operation.restored(standing, input, before))
        throw new NotYet('Read back, the old state is not there.');
    }
    const facts = { step: operation.describe(step.input) };
    await store.commit({
      events: [told(remediation, 'step.undone', now(), facts, { mark: `${index}/${mark}` })],
    });
    await store.saveStep(remediation.id, { ...record, status: 'undone', attempts: 0 });
    return { kind: 'ok' };
  } catch (error) {
    const seconds = retryAfter(error, record.attempts);
    if (seconds !== undefined) {
      await store.saveStep(remediation.id, { ...record, back, attempts: record.attempts + 1 });
      return { kind: 'again', seconds };
    }
    const failed = reasonOf(error);
    await store.saveStep(remediation.id, { ...record, back: { ...back, failed }, attempts: 0 });
    return { kind: 'failed', because: failed };
  }
};

/** On the way back only what still runs is waited for: how the way forward failed is known. */
const running = (...[operation, state, input, times]: Parameters<typeof busyWith>) => {
  const pending = operation.pending?.(state, input);
  return pending && 'running' in pending ? busyWith(operation, state, input, times) : undefined;
};
