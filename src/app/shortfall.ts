import { onlyCollects, type Plan } from '../domain/plan';
import type { StepRecord } from '../domain/remediation';
import type { Deps } from './ports';

/** Letters of one reason: the words name every part that is missing, so each is short. */
const longest = 200;

/**
 * What an attempt at containment left undone or never reached, each part with its reason; nothing where all of it stands.
 * Failed evidence is told by its own step, unless evidence was all that was wanted.
 */
export const shortfall = (
  { operationOf }: Pick<Deps, 'operationOf'>,
  { steps, uncontained = [] }: Pick<Plan, 'steps' | 'uncontained'>,
  records: readonly StepRecord[],
): string | undefined => {
  const collects = onlyCollects({ steps });
  const guarding = records.flatMap((record) => {
    const step = steps[record.index];
    return step && (collects || step.phase === 'protect' || step.phase === 'contain')
      ? [{ step, record }]
      : [];
  });
  const missing = guarding.filter(({ record }) => record.status === 'failed');
  if (missing.length === 0 && uncontained.length === 0) return undefined;
  const stands = guarding.some(
    ({ step, record }) => step.phase === 'contain' && record.status !== 'failed',
  );
  const words = [
    ...missing.map(
      ({ step, record }) =>
        `${operationOf(step.operation).describe(step.input)}: ${(record.error ?? 'it failed').slice(0, longest)}`,
    ),
    ...uncontained,
  ];
  const lacks = stands ? 'Partly contained. What is missing' : 'Not contained';
  return `${collects ? 'Evidence is missing' : lacks}: ${words.join(' · ')}`;
};
