import { severities, type Severity } from '../domain/finding';

/**
 * What a source does not say, or says in words we do not know, is `medium`: unknown must not look harmless, nor page
 * anybody. Each product has a scale of its own; no threshold below is shared.
 */
const UNKNOWN: Severity = 'medium';

/** `CRITICAL`, `High`, … in any case; nothing for other words. */
export function fromWord(word: string | undefined): Severity | undefined {
  const lower = word?.toLowerCase();
  return severities.find((severity) => severity === lower);
}

/** Security Hub: Label first, then Normalized (0-100), from one or more places. */
export function fromAsff(
  ...places: { Label?: string | undefined; Normalized?: number | undefined }[]
): Severity {
  const read = places.map(({ Label, Normalized }) => fromWord(Label) ?? fromNormalized(Normalized));
  return read.find((severity) => severity !== undefined) ?? UNKNOWN;
}

function fromNormalized(value: number | undefined): Severity | undefined {
  if (value === undefined || value < 0 || value > 100) return undefined;
  if (value < 1) return 'informational';
  if (value < 40) return 'low';
  if (value < 70) return 'medium';
  return value < 90 ? 'high' : 'critical';
}

/** OCSF severity_id: 1 Informational … 5 Critical, 6 Fatal; 0 and 99 say nothing. The first that says something counts. */
export function fromOcsf(...ids: (number | undefined)[]): Severity {
  const id = ids.find((candidate) => candidate !== undefined && candidate >= 1 && candidate <= 6);
  return id === undefined ? UNKNOWN : (severities[Math.min(id, 5) - 1] ?? UNKNOWN);
}

/** GuardDuty: a number from 1 to 10. */
export function fromGuardDuty(value: number | undefined): Severity {
  if (value === undefined || value <= 0 || value > 10) return UNKNOWN;
  if (value < 4) return 'low';
  if (value < 7) return 'medium';
  return value < 9 ? 'high' : 'critical';
}

/** Macie: its word, else its score, which is 1, 2 or 3 only. */
export function fromMacie(word: string | undefined, score: number | undefined): Severity {
  const scores = [UNKNOWN, 'low', 'medium', 'high'] as const;
  return fromWord(word) ?? scores[score ?? 0] ?? UNKNOWN;
}

/** Inspector: a word; UNTRIAGED says nothing yet. */
export function fromInspector(word: string | undefined): Severity {
  return fromWord(word) ?? UNKNOWN;
}
