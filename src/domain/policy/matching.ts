import type { Conditions } from './conditions';

/** `unknown`: it holds for some of the values that the fact may have. */
export type Match = 'yes' | 'no' | 'unknown';

/** `undefined`: not known. `null`: known to have none. */
type Fact = string | null | undefined;
const lists = ['playbook', 'product', 'type', 'control', 'severity', 'account', 'region'] as const;
export type Facts = Partial<Record<(typeof lists)[number], Fact>>;

/** Parsers keep 50 tags: where there are as many, others may have been cut. */
const complete = 50;

export const all = (matches: readonly Match[]): Match => {
  if (matches.includes('no')) return 'no';
  return matches.includes('unknown') ? 'unknown' : 'yes';
};

/** A `*` at the end of a word stands for the rest. */
export const fits = (word: string, text: string): boolean =>
  word.endsWith('*') ? text.startsWith(word.slice(0, -1)) : word === text;

const listed = (wanted: readonly string[] | undefined, fact: Fact): Match => {
  if (!wanted) return 'yes';
  if (fact === undefined) return 'unknown';
  return fact !== null && wanted.some((word) => fits(word, fact)) ? 'yes' : 'no';
};

/** Do the conditions that are lists hold? */
export const listsHold = (when: Conditions, facts: Facts): Match =>
  all(lists.map((name) => listed(when[name], facts[name])));

/**
 * Does the resource have these tags? Tags come from the event only, which often leaves them out, so a resource without
 * any is one whose tags are not known.
 */
export const tagsHold = (
  wanted: Readonly<Record<string, string>> | undefined,
  tags: Readonly<Record<string, string>>,
): Match => {
  const entries = Object.entries(wanted ?? {});
  const count = Object.keys(tags).length;
  const absent: Match = count === 0 || count >= complete ? 'unknown' : 'no';
  return all(
    entries.map(([key, value]) => {
      const found = Object.hasOwn(tags, key) ? tags[key] : undefined;
      if (found === undefined) return absent;
      return found === value ? 'yes' : 'no';
    }),
  );
};
