import type { KnownBlock } from '@slack/types';
import { contains, type Plan } from '../src/domain/plan';
import { bold, bullets, code, line, rich, some, t } from './parts';

/**
 * The plan as people decide on it: before → after, what stays, whom it touches, whether it can be taken back. The letters
 * of all lists together leave room for the rest of the card (see `letters`).
 */
export const planPart = (plan: Plan): KnownBlock[] => [
  rich(
    line(bold(`What will change on ${plan.target.id}`, 150)),
    ...bullets(
      some(plan.effects, { lines: 40, letters: 3600 }, ({ what, before, after }) =>
        line(t(what, 60), code(before, 160), t('→'), code(after, 300)),
      ),
    ),
    ...titled('🚨 What stays in reach', plan.uncontained ?? [], { lines: 6, letters: 800 }),
    ...titled('⚠️ Mind', plan.warnings, { lines: 6, letters: 1200 }),
    ...titled('Who is touched', plan.blastRadius, { lines: 6, letters: 1200 }),
    ...titled('What stays as it is', plan.keeps, { lines: 6, letters: 800 }),
    ...(plan.leaves ? [line(bold('⚠️ What this does not do'), t(plan.leaves, 500))] : []),
    line(bold(contains(plan) ? 'Release' : 'Undo'), t(undoWords(plan), 250)),
  ),
];

const titled = (
  title: string,
  items: readonly string[],
  most: { lines: number; letters: number },
) =>
  items.length === 0
    ? []
    : [line(bold(title)), ...bullets(some(items, most, (item) => line(t(item, 300))))];

const undoWords = (plan: Plan): string => {
  const { reversible } = plan;
  if (reversible === 'exactly')
    return 'the state before is saved first and can be restored exactly';
  return contains(plan)
    ? `the state before is saved first and restored, but: ${reversible.not}`
    : `not possible: ${reversible.not}`;
};
