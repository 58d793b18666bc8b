import type { KnownBlock } from '@slack/types';
import type { Plan } from '../src/domain/plan';
import { bold, bullets, code, line, rich, some, t } from './parts';

/** The plan as people decide on it: before → after, what stays, whom it touches, whether it can be taken back. */
export const planPart = (plan: Plan): KnownBlock[] => [
  rich(
    line(bold(`What will change on ${plan.target.id}`)),
    ...bullets(
      some(plan.effects, 8, ({ what, before, after }) =>
        line(t(what, 60), code(before, 200), t('→'), code(after, 300)),
      ),
    ),
    ...titled('What stays', plan.keeps, 6),
    ...titled('Who is touched', plan.blastRadius, 6),
    ...titled('⚠️ Mind', plan.warnings, 6),
    line(bold('Undo'), t(undoWords(plan))),
  ),
];

const titled = (title: string, items: readonly string[], max: number) =>
  items.length === 0
    ? []
    : [line(bold(title)), ...bullets(some(items, max, (item) => line(t(item, 300))))];

const undoWords = ({ reversible }: Plan): string =>
  reversible === 'exactly'
    ? 'the state before is saved first and can be restored exactly'
    : `not possible: ${reversible.not}`;
