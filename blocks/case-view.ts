import type { FindingRecord } from '../src/app/ports';
import type { Severity } from '../src/domain/finding';
import type { Offered } from '../src/domain/playbook';
import type { Policy } from '../src/domain/policy';
import type { Remediation, StepRecord } from '../src/domain/remediation';

/** All that a card shows, read in one go. */
export interface CaseView {
  record: FindingRecord;
  offers: readonly Offered[];
  remediation?: Remediation;
  steps: readonly StepRecord[];
  /** The line that an operation says of itself, by step index. */
  stepWords: readonly string[];
  policy: Policy;
}

/** Word and sign together: never the colour alone. */
export const severitySign: Record<Severity, string> = {
  critical: '🚨',
  high: '🔴',
  medium: '🟠',
  low: '🟡',
  informational: '⚪',
};
