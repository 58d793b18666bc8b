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

/** S3 takes far more at once; these are small reads beside the copies. */
const atOnce = 50;

/** Answers in order, so many at once. */
export const abreast = async <T, R>(
  all: readonly T[],
  ask: (each: T) => Promise<R>,
): Promise<R[]> => {
  const answers: R[] = [];
  for (const piece of inPieces(all, atOnce)) answers.push(...(await Promise.all(piece.map(ask))));
  return answers;
};
