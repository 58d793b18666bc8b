import { hash, type Json } from '../domain/canonical';
import { watchOf, type RemediationId } from '../domain/ids';
import type { Plan, Step } from '../domain/plan';
import type { Remediation, StepRecord } from '../domain/remediation';
import { told } from './events';
import { reasonOf, retryAfter } from './outcome';
import type { Deps } from './ports';
import { runKey, sessionFor } from './session';
import { filled } from './step';

/**
 * Does what was contained still stand, and what protects it? Each part is read again; what somebody loosened is told aloud, once for each
 * change, and so is what cannot be read any more (law 10).
 */
export const verify = async (deps: Deps, id: RemediationId): Promise<void> => {
  const remediation = await deps.store.remediation(id);
  const plan = remediation?.proposal?.plan;
  const state = remediation?.status.state;
  if (!remediation || !plan || (state !== 'done' && state !== 'held')) return;
  const standing = partsOf(plan, await deps.store.steps(id));
  if (standing.length === 0)
    // It ended before anything was contained: there is nothing to look after.
    await deps.store.commit({ events: [], due: { id: watchOf(id), done: true } });
  await Promise.all(standing.map((part) => lookAt(deps, remediation, part)));
};

interface Part {
  step: Step;
  record: StepRecord;
}

const partsOf = ({ steps }: Plan, records: readonly StepRecord[]): Part[] =>
  records.flatMap((record) => {
    const step = steps[record.index];
    const stood = record.status === 'applied' || record.status === 'skipped';
    const guards = step?.phase === 'contain' || step?.phase === 'protect';
    return step && guards && stood ? [{ step, record }] : [];
  });

/** `none` while it cannot be told: the next sweep looks again. */
type Look = { holds: true } | { holds: false; seen: string; because: string } | { holds: 'none' };

const lookAt = async (deps: Deps, remediation: Remediation, part: Part): Promise<void> => {
  const { step, record } = part;
  const look = await read(deps, remediation, part);
  if (look.holds === 'none') return;
  const { times, seen } = record.loosened ?? { times: 0, seen: '' };
  if (look.holds) {
    if (seen !== '') await keep(deps, remediation, record, { times, seen: '' });
    return;
  }
  if (look.seen === seen) return;
  const words = deps.operationOf(step.operation).describe(step.input);
  const facts = { step: words, because: look.because };
  const mark = `${record.index}/${times + 1}`;
  // A release that began meanwhile loosens by right.
  if ((await deps.store.remediation(remediation.id))?.version !== remediation.version) return;
  const event = told(remediation, 'remediation.loosened', deps.now(), facts, { mark });
  await deps.store.commit({ events: [event] });
  await keep(deps, remediation, record, { times: times + 1, seen: look.seen });
};

const read = async (
  deps: Deps,
  remediation: Remediation,
  { step, record }: Part,
): Promise<Look> => {
  const operation = deps.operationOf(step.operation);
  try {
    const input = await filled(deps, remediation, step);
    const aws = await sessionFor(deps, remediation, operation.permissions.read);
    const now: Json = await operation.read(aws, input, runKey(remediation, record.index));
    if (operation.holds(now, input)) return { holds: true };
    const words = record.after === undefined ? [] : operation.drift(record.after, now);
    return { holds: false, seen: hash(now), because: words.join('; ') || 'it does not hold' };
  } catch (error) {
    if (retryAfter(error, 0) !== undefined) return { holds: 'none' };
    const because = `It cannot be checked: ${reasonOf(error)}`;
    return { holds: false, seen: hash(because), because };
  }
};

const keep = (
  { store }: Deps,
  { id }: Remediation,
  record: StepRecord,
  loosened: NonNullable<StepRecord['loosened']>,
): Promise<void> => store.saveStep(id, { index: record.index, loosened });
