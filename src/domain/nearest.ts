/** The known word that was probably meant: at most two letters added, dropped or changed. */
export const nearest = (said: string, known: readonly string[]): string | undefined => {
  const [best] = known
    .map((word) => ({ word, steps: distance(said, word) }))
    .sort((a, b) => a.steps - b.steps);
  return best && best.steps <= 2 && best.steps < said.length ? best.word : undefined;
};

/** Levenshtein's distance: how many letters to add, drop or change. */
const distance = (a: string, b: string): number => {
  let row = [...b, ''].map((_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
};
