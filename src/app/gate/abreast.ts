/** Items by what they have in common, in the order of its first appearance. */
export const grouped = <T, K>(all: readonly T[], of: (each: T) => K): Map<K, T[]> => {
  const groups = new Map<K, T[]>();
  for (const each of all) {
    const group = groups.get(of(each));
    if (group) group.push(each);
    else groups.set(of(each), [each]);
  }
  return groups;
};

export const inPieces = <T>(all: readonly T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, index) =>
    all.slice(index * most, (index + 1) * most),
  );

/** So many small reads at once, beside the copies: S3 takes far more. */
export const reads = 50;

/**
 * Answers in the order of the items, at most `width` at once. After a first error nothing more is begun, and it is thrown
 * when all that was begun has ended: what runs on behind a caller's back would meet its next try.
 */
export const abreast = async <T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, at: number) => Promise<R>,
): Promise<R[]> => {
  const answers: R[] = [];
  const queue = items.entries();
  const errors: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (const [at, item] of queue) {
      if (errors.length > 0) return;
      try {
        answers[at] = await work(item, at);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  if (errors.length > 0) throw errors[0];
  return answers;
};
