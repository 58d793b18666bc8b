import type { AuditType } from './audit';

/** How a remediation ended, and what people decided about a finding. */
export const outcomes = [
  'done',
  'rolled-back',
  'held',
  'refused',
  'denied',
  'expired',
  'cancelled',
  'undone',
  'suppressed',
  'reopened',
] as const;
export type OutcomeName = (typeof outcomes)[number];

const names: Partial<Record<AuditType, OutcomeName>> = {
  'remediation.done': 'done',
  'remediation.rolled-back': 'rolled-back',
  'remediation.held': 'held',
  'remediation.refused': 'refused',
  'remediation.cancelled': 'cancelled',
  'approval.denied': 'denied',
  'approval.expired': 'expired',
  'undo.done': 'undone',
  'finding.suppressed': 'suppressed',
  'finding.reopened': 'reopened',
};

/** The outcome that a fact of the audit trail is; most facts are steps on the way and none. */
export const outcomeOf = (type: AuditType): OutcomeName | undefined => names[type];

/** What other systems hear of: each end, and that somebody loosened what is contained. That is no end, so it is not counted. */
export const heard = [...outcomes, 'loosened'] as const;
export type HeardName = (typeof heard)[number];

export const heardOf = (type: AuditType): HeardName | undefined =>
  type === 'remediation.loosened' ? 'loosened' : outcomeOf(type);
