import type { Json } from '../domain/canonical';
import { Told } from '../domain/errors';
import type { Step } from '../domain/plan';
import type { Remediation, StepRecord } from '../domain/remediation';
import { told } from './events';
import type { Deps } from './ports';

type Outcome = { kind: 'ok' } | { kind: 'again' } | { kind: 'failed'; because: string };

/** A step that AWS throttles or that times out is tried this often, in each direction, before it counts as failed. */
const attempts = 5;

/** EC2 and others show a change a moment after it was made: what is not there yet is looked at again. */
class NotYet extends Told {}

/** One step forward: read → save `before` once → skip if it holds → apply → read back → save `after`. */
export const applyStep = async (
  deps: Deps,
  remediation: Remediation,
  step: Step,
  record: StepRecord,
): Promise<Outcome> => {
  const { store, now } = deps;
  const operation = deps.operationOf(step.operation);
  const { index } = record;
  const { input } = step;
  let { status } = record;
  try {
    const aws = await sessionFor(deps, remediation, [
      ...operation.permissions.read,
      ...operation.permissions.apply,
    ]);
    const run = runKey(remediation, index);
    const standing = await operation.read(aws, input, run);
    await store.saveBefore(remediation.id, index, standing);
    if (operation.holds(standing, input))
      return await settle(deps, remediation, record, operation.describe(input), standing);
    status = 'applying';
    await store.saveStep(remediation.id, { ...record, status, attempts: record.attempts + 1 });
    await operation.apply(aws, input, standing, run);
    const after = await operation.read(aws, input, run);
    if (operation.holds(after, input))
      return await settle(
        deps,
        remediation,
        { ...record, status },
        operation.describe(input),
        after,
      );
    throw new NotYet('Read back, the change is not there.');
  } catch (error) {
    if (isTransient(error) && record.attempts + 1 < attempts) {
      await store.saveStep(remediation.id, { ...record, status, attempts: record.attempts + 1 });
      return { kind: 'again' };
    }
    const because = reasonOf(error);
    await store.commit({
      events: [
        told(
          remediation,
          'step.failed',
          now(),
          { step: operation.describe(input), because },
          { mark: index },
        ),
      ],
    });
    await store.saveStep(remediation.id, {
      ...record,
      status: 'failed',
      error: because,
      attempts: 0,
    });
    return { kind: 'failed', because };
  }
};

/** The trail first: whoever dies in between settles again, and the same fact is told once (law 4). */
const settle = async (
  { store, now }: Deps,
  remediation: Remediation,
  record: StepRecord,
  step: string,
  after: Json,
): Promise<Outcome> => {
  // It stands as wanted and we never touched it: nothing of ours to undo.
  const status = record.status === 'pending' ? 'skipped' : 'applied';
  await store.commit({
    events: [told(remediation, `step.${status}`, now(), { step }, { mark: record.index })],
  });
  await store.saveStep(remediation.id, { ...record, status, after, attempts: 0 });
  return { kind: 'ok' };
};

/** One step back to its saved `before`, read back as well. */
export const undoStep = async (
  deps: Deps,
  remediation: Remediation,
  step: Step,
  record: StepRecord,
  mark: string,
): Promise<Outcome> => {
  const { store, now } = deps;
  const operation = deps.operationOf(step.operation);
  const { before } = record;
  if (before === undefined) return { kind: 'ok' };
  if (operation.irreversible !== undefined)
    return { kind: 'failed', because: `there is no way back: ${operation.irreversible}` };
  const { input } = step;
  const run = runKey(remediation, record.index);
  try {
    const aws = await sessionFor(deps, remediation, [
      ...operation.permissions.read,
      ...operation.permissions.undo,
    ]);
    const standing = await operation.read(aws, input, run);
    if (!operation.restored(standing, input, before))
      await operation.undo(aws, input, before, standing);
    if (!operation.restored(await operation.read(aws, input, run), input, before))
      throw new NotYet('Read back, the old state is not there.');
    await store.commit({
      events: [
        told(
          remediation,
          'step.undone',
          now(),
          { step: operation.describe(input) },
          { mark: `${record.index}/${mark}` },
        ),
      ],
    });
    await store.saveStep(remediation.id, { ...record, status: 'undone', attempts: 0 });
    return { kind: 'ok' };
  } catch (error) {
    if (isTransient(error) && record.attempts + 1 < attempts) {
      await store.saveStep(remediation.id, { ...record, attempts: record.attempts + 1 });
      return { kind: 'again' };
    }
    await store.saveStep(remediation.id, { ...record, attempts: 0 });
    return { kind: 'failed', because: reasonOf(error) };
  }
};

/** What marks a step's own work in AWS, whoever tries it again. */
export const runKey = ({ id }: Remediation, index: number): string => `${id}/${index}`;

export const sessionFor = (
  { estate }: Pick<Deps, 'estate'>,
  { target, requester, id }: Remediation,
  calls: readonly string[],
) => estate.session(target, calls, { name: requester.name, remediation: id });

/** Throttling, time-outs and faults of the service pass; a refusal does not. */
const isTransient = (error: unknown): boolean => {
  if (error instanceof NotYet) return true;
  if (!(error instanceof Error)) return false;
  const fault = '$fault' in error && error.$fault === 'server';
  return (
    fault ||
    /Throttl|RequestLimitExceeded|Timeout|ECONN|EPIPE|socket|ServiceUnavailable|InternalError|SlowDown/i.test(
      `${error.name} ${error.message}`,
    )
  );
};

/** The service's own words, without ids of requests and without a stack. */
const reasonOf = (error: unknown): string => {
  if (error instanceof Told) return error.message;
  return error instanceof Error
    ? `${error.name}: ${error.message}`.slice(0, 500)
    : 'unknown failure';
};
