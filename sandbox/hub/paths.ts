/** Reads `a.b.c` from JSON; arrays on the way are spread, so the answer is always a flat list without blanks. */
export function valuesAt(root: unknown, path: string): unknown[] {
  let values: unknown[] = [root];
  for (const name of path.split('.')) {
    values = values
      .flat()
      .map((value) =>
        typeof value === 'object' && value !== null
          ? (value as Record<string, unknown>)[name]
          : undefined,
      );
  }
  return values.flat().filter((value) => value !== undefined && value !== null);
}

/** Text of a scalar for comparing and sorting; anything structured reads as empty. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

export function order(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return textOf(left).localeCompare(textOf(right), 'en');
}
