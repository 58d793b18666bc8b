import type { Json } from '../domain/canonical';
import { fill, kept, type Output } from '../domain/chain';
import type { Step } from '../domain/plan';
import type { Remediation, StepRecord } from '../domain/remediation';
import type { Operation } from '../operations/operation';
import { told } from './events';
import { isRefusal, NotYet, reasonOf, retryAfter, type Outcome } from './outcome';
import { busyWith } from './pending';
import type { Deps } from './ports';
import { runKey, sessionFor } from './session';

interface Try {
  deps: Deps;
  remediation: Remediation;
  operation: Operation;
  /** The operation's line about this step. */
  words: string;
  record: StepRecord;
}

/**
 * One step forward: read → save `before` once → skip if it holds → apply → read back → save `after`. What takes longer
 * than a call is read again later, and is not applied again meanwhile.
 */
export const applyStep = async (
  deps: Deps,
  remediation: Remediation,
  step: Step,
  record: StepRecord,
): Promise<Outcome> => {
  const { store, now } = deps;
  const operation = deps.operationOf(step.operation);
  const { read, apply } = operation.permissions;
  const run = runKey(remediation, record.index);
  const words = operation.describe(step.input);
  const known: Try = { deps, remediation, operation, words, record };
  let { status } = record;
  // Only what an earlier try of ours began is waited for, and may be half done when it fails.
  let begun = status === 'applying';
  try {
    const input = await filled(deps, remediation, step);
    const aws = await sessionFor(deps, remediation, [...read, ...apply]);
    const standing = await operation.read(aws, input, run);
    await store.saveBefore(remediation.id, record.index, standing);
    if (operation.holds(standing, input)) return await settle(known, standing);
    const busy = begun && (await stillBusy(known, standing, input));
    if (busy) return busy;
    status = 'applying';
    const startedAt = record.startedAt ?? now().toISOString();
    const current = { ...record, status, startedAt, attempts: record.attempts + 1 };
    await store.saveStep(remediation.id, current);
    await operation.apply(aws, input, standing, run).catch((error: unknown) => {
      begun ||= !isRefusal(error);
      throw error;
    });
    begun = true;
    const after = await operation.read(aws, input, run);
    const then = { ...known, record: current };
    if (operation.holds(after, input)) return await settle(then, after);
    const started = await stillBusy(then, after, input);
    if (started) return started;
    throw new NotYet('Read back, the change is not there.');
  } catch (error) {
    return failing({ ...known, record: { ...record, status } }, error, begun);
  }
};

/** The input with the outputs of earlier steps in it. */
export const filled = async (
  { store }: Pick<Deps, 'store'>,
  { id }: Pick<Remediation, 'id'>,
  { input, chained = false }: Step,
): Promise<Json> => {
  if (!chained) return input;
  const outputs: (Output | undefined)[] = [];
  for (const { index, output } of await store.steps(id)) outputs[index] = output;
  return fill(input, outputs);
};

/** A look is no try: while AWS is busy as it should be, earlier hiccups do not count. */
const stillBusy = async (
  { deps, remediation, operation, record }: Try,
  state: Json,
  input: Json,
): Promise<Outcome | undefined> => {
  const now = deps.now();
  const since = record.startedAt ?? now.toISOString();
  const busy = busyWith(operation, state, input, { since, now });
  if (!busy) return undefined;
  const { doing, seconds } = busy;
  if (record.doing !== doing || record.attempts > 0)
    await deps.store.saveStep(remediation.id, { ...record, doing, attempts: 0 });
  return { kind: 'again', seconds };
};

/** The trail first: whoever dies in between settles again, and the same fact is told once (law 4). */
const settle = async (
  { deps, remediation, operation, words, record }: Try,
  after: Json,
): Promise<Outcome> => {
  // It stands as wanted and we never touched it: nothing of ours to undo.
  const status = record.status === 'pending' ? 'skipped' : 'applied';
  const output = kept(operation.output?.(after) ?? {});
  const facts = { step: words, ...shown(output) };
  await deps.store.commit({
    events: [told(remediation, `step.${status}`, deps.now(), facts, { mark: record.index })],
  });
  const gives = Object.keys(output).length > 0 && { output };
  await deps.store.saveStep(remediation.id, { ...record, status, after, ...gives, attempts: 0 });
  return { kind: 'ok' };
};

/** As much of an output as the trail tells. */
const shown = (output: Output): Record<string, string> =>
  Object.fromEntries(
    Object.entries(output)
      .slice(0, 5)
      .map(([name, value]) => [`output.${name}`, value.slice(0, 200)]),
  );

const failing = async (
  { deps, remediation, words, record }: Try,
  error: unknown,
  begun: boolean,
): Promise<Outcome> => {
  const { store, now } = deps;
  const seconds = retryAfter(error, record.attempts);
  if (seconds !== undefined) {
    await store.saveStep(remediation.id, { ...record, attempts: record.attempts + 1 });
    return { kind: 'again', seconds };
  }
  const because = reasonOf(error);
  const facts = { step: words, because };
  await store.commit({
    events: [told(remediation, 'step.failed', now(), facts, { mark: record.index })],
  });
  await store.saveStep(remediation.id, {
    ...record,
    status: 'failed',
    error: because,
    attempts: 0,
    ...(begun && { begun }),
  });
  return { kind: 'failed', because };
};
