import type { Severity, SeverityLabel } from '@aws-sdk/client-securityhub';

// The lowest number of each band.
const normalizedOf: Record<SeverityLabel, number> = {
  INFORMATIONAL: 0,
  LOW: 1,
  MEDIUM: 40,
  HIGH: 70,
  CRITICAL: 90,
};

function labelOf(normalized: number): SeverityLabel {
  if (normalized >= 90) return 'CRITICAL';
  if (normalized >= 70) return 'HIGH';
  if (normalized >= 40) return 'MEDIUM';
  return normalized >= 1 ? 'LOW' : 'INFORMATIONAL';
}

/** Label and Normalized always travel together; a given Label wins where the two disagree. */
export function completed(severity: Severity): Severity {
  const { Label, Normalized } = severity;
  if (Label === undefined) {
    const normalized = Normalized ?? 0;
    return { ...severity, Label: labelOf(normalized), Normalized: normalized };
  }
  const agrees = Normalized !== undefined && labelOf(Normalized) === Label;
  return { ...severity, Normalized: agrees ? Normalized : normalizedOf[Label] };
}
