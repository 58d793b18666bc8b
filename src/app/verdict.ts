import type { AuditEvent } from '../domain/audit';
import type { Remediation } from '../domain/remediation';
import { lag } from '../domain/triage';
import { noted } from './events';
import type { FindingRecord } from './ports';
import { wishing } from './wish';

/** A record with the facts that it has become by. */
export interface News {
  record: FindingRecord;
  events: AuditEvent[];
}

/**
 * What the control itself says after our change, each once: PASSED is the proof. FAILED long after it is a doubt that
 * people hear of, and what we resolved is open again.
 */
export const withVerdict = (
  { record, events }: News,
  remediation: Remediation | undefined,
  now: Date,
): News => {
  const { finding, passedAt, doubtedAt, wrote } = record;
  const { compliance, updatedAt } = finding;
  if (remediation?.status.state !== 'done' || passedAt) return { record, events };
  const facts = { remediation: remediation.title, evaluated: updatedAt };
  const tell = (type: AuditEvent['type']) => [
    ...events,
    noted(record, type, now, facts, { mark: remediation.id }),
  ];
  if (compliance === 'passed' && updatedAt > remediation.requestedAt)
    return { record: { ...record, passedAt: updatedAt }, events: tell('finding.passed') };
  const late = new Date(Date.parse(remediation.status.at) + lag).toISOString();
  if (compliance !== 'failed' || doubtedAt || updatedAt <= late) return { record, events };
  const doubted = { ...record, doubtedAt: updatedAt };
  if (finding.workflow !== 'resolved' || wrote !== 'resolved')
    return { record: doubted, events: tell('finding.still-failed') };
  const note = `Drawbridge: open again: the control said FAILED at ${updatedAt}, after “${remediation.title}” was done.`;
  const open = wishing(doubted, { workflow: 'notified', note, from: ['resolved'] }, now);
  return {
    record: { ...open, finding: { ...finding, workflow: 'notified' } },
    events: tell('finding.still-failed'),
  };
};
