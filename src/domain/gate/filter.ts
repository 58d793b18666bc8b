import type { Fate } from './decision';
import type { Summary } from './run';
import type { Held } from './verdict';

/** Which held objects somebody wants to see. */
export const heldKinds = {
  a: 'all verdicts',
  h: 'high severity',
  m: 'medium severity',
  l: 'low severity',
  u: 'unproven',
  s: 'suppressed',
} as const;
export type HeldKind = keyof typeof heldKinds;

/** `category`: its place among those of the run's summary. */
export interface HeldFilter {
  open: boolean;
  kind: HeldKind;
  category?: number;
}

export const noFilter: HeldFilter = { open: true, kind: 'a' };

/** As short as a menu's value needs it: `oa`, `xh3`. */
export const filterText = ({ open, kind, category }: HeldFilter): string =>
  `${open ? 'o' : 'x'}${kind}${category ?? ''}`;

/** What cannot be read filters nothing out but what is decided. */
export const filterOf = (text: string | undefined): HeldFilter => {
  const [, open, kind, category] = /^([ox])([ahmlus])(\d{1,2})?$/.exec(text ?? '') ?? [];
  if (!open) return noFilter;
  return {
    open: open === 'o',
    kind: kind as HeldKind,
    ...(category && { category: Number(category) }),
  };
};

export const fitsFilter = (
  { open, kind, category }: HeldFilter,
  { verdict, end }: Pick<Held, 'verdict' | 'end'>,
  fate: Fate,
  summary: Pick<Summary, 'detected'> | undefined,
): boolean => {
  if (open && (end !== undefined || fate.kind !== 'open')) return false;
  if (!isOfKind(kind, verdict)) return false;
  if (category === undefined) return true;
  const type = summary?.detected[category]?.type;
  return 'detected' in verdict && verdict.detected.some((each) => each.type === type);
};

const isOfKind = (kind: HeldKind, verdict: Held['verdict']): boolean => {
  switch (kind) {
    case 'a':
      return true;
    case 'u':
      return verdict.kind === 'unproven';
    case 's':
      return verdict.kind === 'suppressed';
    case 'h':
      return verdict.kind === 'sensitive' && verdict.severity === 'high';
    case 'm':
      return verdict.kind === 'sensitive' && verdict.severity === 'medium';
    case 'l':
      return verdict.kind === 'sensitive' && verdict.severity === 'low';
  }
};
