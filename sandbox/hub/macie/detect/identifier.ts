import type { Unit } from '../documents/unit';

export interface Match {
  text: string;
  unit: Unit;
  /** Where in the unit's text it starts. */
  at: number;
}

/** A pattern and a second look: what the pattern cannot say (check digits, keywords) is in `accepts`. */
export interface Identifier {
  id: string;
  pattern: RegExp;
  accepts: (match: Match) => boolean;
}

/** Whether a keyword stands within `reach` characters of the match, or in the name of its column or field. */
export function keywordNear(
  { unit, at, text }: Match,
  keywords: string[],
  reach: number,
  side: 'before' | 'around',
): boolean {
  const above = unit.above ? `${unit.above}\n` : '';
  const start = above.length + at;
  const end = side === 'around' ? start + text.length + reach : start;
  const near = (above + unit.text).slice(Math.max(0, start - reach), end);
  const searched = `${unit.name ?? ''}\n${near}`.toLowerCase();
  return keywords.some((keyword) => searched.includes(keyword.toLowerCase()));
}

/** Every accepted match in one unit; matches never span two units. */
export function* matchesIn(identifier: Identifier, unit: Unit): Generator<Match> {
  for (const { 0: text, index: at } of unit.text.matchAll(identifier.pattern)) {
    const match = { text, unit, at };
    if (text !== '' && identifier.accepts(match)) yield match;
  }
}
