import type { Ruling } from './ruling';

/** Larger is stricter, compared from the left. */
const rank = (ruling: Ruling): number[] => {
  if (ruling.run === 'never') return [2];
  if (ruling.run === 'automatic') return [0, Number(!ruling.evenWithWarnings)];
  const { approvals, separate, from, reason } = ruling.rule;
  const flags = [separate, from === 'approver', reason === true, ruling.because !== undefined];
  return [1, approvals, ...flags.map(Number)];
};

const stricter = (one: Ruling, other: Ruling): boolean => {
  const [left, right] = [rank(one), rank(other)];
  const at = left.findIndex((value, index) => value !== right[index]);
  return at >= 0 && left[at]! > right[at]!;
};

/** The strictest of what is decided and what may be meant instead. A window of any of them is kept. */
export const strictest = (decided: Ruling, perhaps: readonly Ruling[]): Ruling => {
  const found = perhaps.reduce((strict, each) => (stricter(each, strict) ? each : strict), decided);
  if (found.run === 'never') return found;
  const window = [found, decided, ...perhaps].flatMap((each) =>
    each.run !== 'never' && each.window ? [each.window] : [],
  )[0];
  return { ...found, ...(window && { window }) };
};
