import type { AuditEvent } from '../../src/domain/audit';
import { objectRef } from '../../src/domain/gate/object';
import { GateRun, noCounts } from '../../src/domain/gate/run';
import type { Held } from '../../src/domain/gate/verdict';
import { CaseId } from '../../src/domain/ids';
import type { z } from 'zod/mini';

/** A run that has just begun. */
export const aGateRun = (more: Partial<z.input<typeof GateRun>> = {}): GateRun =>
  GateRun.parse({
    id: 'gate-0mlabcdefaaaaaaaaaaa',
    channel: 'C0GATE',
    prefix: '',
    start: { kind: 'schedule' },
    startedAt: '2026-03-01T12:00:00.000Z',
    movedAt: '2026-03-01T12:00:00.000Z',
    status: { state: 'staging', batch: 1 },
    batches: 0,
    counts: noCounts,
    decisions: 0,
    carried: 0,
    woken: 1,
    version: 1,
    ...more,
  });

export const gateStarted = ({ id }: GateRun, mark = ''): AuditEvent => ({
  id: `${id}/gate.started/${mark}`,
  type: 'gate.started',
  case: CaseId.parse(id),
  at: '2026-03-01T12:00:00.000Z',
  actor: { kind: 'drawbridge' },
  facts: {},
});

export const aHeld = (place: number, more: Partial<Held> = {}): Held => {
  const ref = objectRef(1, place);
  const staged = `gate-0mlabcdefaaaaaaaaaaa/000001/in/${place}.csv`;
  return {
    ref,
    key: `in/${place}.csv`,
    size: 10,
    modified: '2026-03-01T11:00:00.000Z',
    held: { key: staged, versionId: `v${place}`, etag: `"e${place}"` },
    staged: { key: staged, versionId: `s${place}`, etag: `"e${place}"` },
    verdict: {
      kind: 'sensitive',
      severity: 'high',
      detected: [{ type: 'CREDIT_CARD_NUMBER', count: 2 }],
      findings: [],
    },
    ...more,
  };
};
