import type { AuditEvent, AuditType, Facts } from '../domain/audit';
import type { Actor } from '../domain/person';
import type { Remediation } from '../domain/remediation';
import { countedOf } from './counted';
import type { FindingRecord } from './ports';

export const bot: Actor = { kind: 'drawbridge' };

/** An audit event of a remediation. `mark` tells apart events of one type: a revision, a step, a person. */
export const told = (
  remediation: Remediation,
  type: AuditType,
  at: Date,
  facts: Facts,
  { by = bot, mark = '' }: { by?: Actor; mark?: string | number } = {},
): AuditEvent => ({
  id: `${remediation.id}/${type}/${mark}`,
  type,
  case: remediation.case,
  remediation: remediation.id,
  at: at.toISOString(),
  actor: by,
  facts,
});

/** An audit event of a finding. */
export const noted = (
  record: Pick<FindingRecord, 'finding' | 'firstAt'>,
  type: AuditType,
  at: Date,
  facts: Facts,
  { by = bot, mark = '' }: { by?: Actor; mark?: string | number } = {},
): AuditEvent => ({
  id: `${record.finding.key}/${type}/${mark}`,
  type,
  case: record.finding.key as string as AuditEvent['case'],
  at: at.toISOString(),
  actor: by,
  facts: { ...facts, ...countedOf(record, type, at.toISOString()) },
});
