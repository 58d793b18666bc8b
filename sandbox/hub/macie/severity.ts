import type { Detection } from './detect/detector';
import type { CustomIdentifier } from './state';

export type Score = 1 | 2 | 3;
const names = { 1: 'Low', 2: 'Medium', 3: 'High' } as const;
const scores = { LOW: 1, MEDIUM: 2, HIGH: 3 } as const;

/** Credentials are always High; other managed types grow with their number. */
export function managedScore(category: string, count: number): Score {
  if (category === 'CREDENTIALS' || count >= 100) return 3;
  return count >= 10 ? 2 : 1;
}

/** Undefined below the lowest threshold: then there is no finding at all. */
export function customScore(identifier: CustomIdentifier, count: number): Score | undefined {
  if (identifier.severityLevels.length === 0) return 2;
  const reached = identifier.severityLevels
    .filter(({ occurrencesThreshold }) => count >= occurrencesThreshold)
    .map(({ severity }) => scores[severity]);
  return reached.length === 0 ? undefined : (Math.max(...reached) as Score);
}

/** Macie's own scale, 1 to 3: not to be compared with any other product's numbers. */
export function severityOf(score: Score): {
  score: number;
  description: 'Low' | 'Medium' | 'High';
} {
  return { score, description: names[score] };
}

export function countOf(detections: Detection[]): number {
  return detections.reduce((sum, { count }) => sum + count, 0);
}
