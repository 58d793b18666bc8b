/** Middle value; of an even number of values the mean of the two in the middle. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Nearest-rank for the tail, interpolated in between. */
export const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return low + (high - low) * (at - Math.floor(at));
};

/** One line of the report: what, the figures, and whether the budget holds where there is one. */
export const report = (what: string, figures: string, holds?: boolean): boolean => {
  const verdict = holds === undefined ? '' : holds ? '  ✓' : '  ✗ over budget';
  console.log(`${what.padEnd(44)} ${figures}${verdict}`);
  return holds !== false;
};
