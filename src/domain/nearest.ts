/** The known word that was probably meant: at most two slips away. */
export const nearest = (said: string, known: readonly string[]): string | undefined => {
  const [best] = known
    .map((word) => ({ word, steps: distance(said, word) }))
    .sort((a, b) => a.steps - b.steps);
  return best && best.steps <= 2 && best.steps < said.length ? best.word : undefined;
};

/** How many letters to add, drop or change, or pairs of neighbours to swap. */
const distance = (a: string, b: string): number => {
  const [from, to] = [[...a], [...b]];
  let before: number[] = [];
  let row = [...to, ''].map((_, i) => i);
  for (const [i, letter] of from.entries()) {
    const next = [i + 1];
    for (const [j, other] of to.entries()) {
      const steps = [next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === other ? 0 : 1)];
      if (letter === to[j - 1] && from[i - 1] === other) steps.push(before[j - 1]! + 1);
      next.push(Math.min(...steps));
    }
    [before, row] = [row, next];
  }
  return row[to.length]!;
};
