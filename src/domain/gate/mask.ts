/** Below this nothing of it is shown: a quarter of a short one could be guessed from. */
const shortest = 8;
const most = 4;
const dots = '••••••';

/**
 * A sample as people may see it: its last two to four characters where it is long, never more than a quarter, and never how
 * long it is. What does not print is a dot.
 */
export const masked = (value: string): string => {
  const letters = [...value];
  if (letters.length < shortest) return dots;
  const shown = Math.min(most, Math.floor(letters.length / 4));
  return `${dots}${letters
    .slice(-shown)
    .join('')
    .replace(/[^\p{L}\p{N}\p{P}\p{S}]/gu, '•')}`;
};
