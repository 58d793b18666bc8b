/** How many letters to change, add or take away to make one word of the other. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const above = row;
    row = [index + 1];
    for (const [at, each] of [...other].entries())
      row.push(Math.min(row[at]! + 1, above[at + 1]! + 1, above[at]! + (letter === each ? 0 : 1)));
  }
  return row.at(-1)!;
};

/** The known word that was probably meant, if one is near enough. */
export const nearest = (word: string, known: Iterable<string>): string | undefined => {
  const [best] = [...known]
    .map((each) => ({ each, far: distance(word.toLowerCase(), each.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(2, Math.floor(word.length / 3)) ? best.each : undefined;
};

export const didYouMean = (word: string, known: Iterable<string>): string => {
  const meant = nearest(word, known);
  return meant === undefined ? '' : `, did you mean ${meant}?`;
};
