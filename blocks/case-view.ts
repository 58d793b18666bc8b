import type { FindingRecord } from '../src/app/ports';
import type { Severity } from '../src/domain/finding';
import type { Offered } from '../src/domain/playbook';
import type { Policy } from '../src/domain/policy';
import type { Remediation, StepRecord } from '../src/domain/remediation';

/** A remediation as a card shows it. Without a record it was asked for by a command, and is a case of its own. */
export interface RunView {
  record?: FindingRecord;
  remediation?: Remediation;
  steps: readonly StepRecord[];
  /** The line that an operation says of itself, by step index. */
  stepWords: readonly string[];
  policy: Policy;
}

/** All that the card of a finding shows, read in one go. */
export interface CaseView extends RunView {
  record: FindingRecord;
  offers: readonly Offered[];
}

/** Word and sign together: never the colour alone. */
export const severitySign: Record<Severity, string> = {
  critical: '🚨',
  high: '🔴',
  medium: '🟠',
  low: '🟡',
  informational: '⚪',
};
