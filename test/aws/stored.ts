import type { FindingRecord } from '../../src/app/ports';
import { storeOn } from '../../src/aws/store';
import type { AuditEvent } from '../../src/domain/audit';
import { CaseId, RemediationId } from '../../src/domain/ids';
import { aClock, aFinding, aRemediation, findingKey } from '../support/builders';
import { MemoryDynamo } from '../support/memory-dynamo';

export const clock = aClock();
export const aStore = () => {
  const dynamo = new MemoryDynamo();
  return { dynamo, store: storeOn(dynamo.table(), clock.now) };
};
export const of = CaseId.parse(findingKey);
export const ids = ['rem-aaaaaaaaaa', 'rem-bbbbbbbbbb'].map((id) => RemediationId.parse(id));

export const event = (id: string): AuditEvent => ({
  id,
  type: 'finding.changed',
  case: of,
  at: '2026-03-01T12:00:00.000Z',
  actor: { kind: 'drawbridge' },
  facts: { from: 'a', to: 1, yes: true },
});
export const record = (version: number, more: Partial<FindingRecord> = {}): FindingRecord => ({
  finding: aFinding(),
  count: version,
  firstAt: '',
  lastAt: '',
  channel: aRemediation().channel,
  loud: true,
  version,
  ...more,
});
