import type { GroupId } from '../domain/group';
import type { CaseId, FindingKey, GateRunId, RemediationId, WatchId } from '../domain/ids';
import type { Key } from './table';

/** Every key of the one table, in one place. */
export const keys = {
  finding: (key: FindingKey): Key => ({ pk: `FINDING#${key}`, sk: 'RECORD' }),
  remediation: (id: RemediationId): Key => ({ pk: `REMEDIATION#${id}`, sk: 'RECORD' }),
  step: (id: RemediationId, index: number): Key => ({
    pk: `REMEDIATION#${id}`,
    sk: `STEP#${pad(index, 4)}`,
  }),
  token: (id: RemediationId): Key => ({ pk: `REMEDIATION#${id}`, sk: 'TOKEN' }),
  lock: (lock: string): Key => ({ pk: `LOCK#${lock}`, sk: 'LOCK' }),
  delivery: (id: string): Key => ({ pk: `DELIVERY#${id}`, sk: 'DELIVERY' }),
  event: (id: string): Key => ({ pk: `EVENT#${id}`, sk: 'EVENT' }),
  head: (of: CaseId): Key => ({ pk: `AUDIT#${of}`, sk: 'HEAD' }),
  link: (of: CaseId, seq: number): Key => ({ pk: `AUDIT#${of}`, sk: `LINK#${pad(seq, 10)}` }),
  due: (id: RemediationId | FindingKey | WatchId | GateRunId): Key => ({
    pk: 'DUE',
    sk: id.includes('-') ? id : `finding-${id}`,
  }),
  card: (of: CaseId): Key => ({ pk: `CARD#${of}`, sk: 'CARD' }),
  entry: (of: CaseId, seq: number): Key => ({ pk: `CARD#${of}`, sk: `ENTRY#${pad(seq, 10)}` }),
  nonce: (signature: string): Key => ({ pk: `NONCE#${signature}`, sk: 'NONCE' }),
  ask: (id: string): Key => ({ pk: `ASK#${id}`, sk: 'ASK' }),
  resource: (id: string, of: CaseId): Key => ({ pk: resourceKey(id), sk: `CASE#${of}` }),
  automatic: (at: string, id: RemediationId): Key => ({ pk: 'AUTOMATIC', sk: `${at}#${id}` }),
  unread: (id: string): Key => ({ pk: `UNREAD#${id}`, sk: 'UNREAD' }),
  stat: (month: string, id: string): Key => ({ pk: `STATS#${month}`, sk: `STAT#${id}` }),
} as const;

/** What groups of findings have in the same table. */
export const groupKeys = {
  group: (id: GroupId): Key => ({ pk: `GROUP#${id}`, sk: 'RECORD' }),
  member: (id: GroupId, key: FindingKey): Key => ({ pk: `GROUP#${id}`, sk: `MEMBER#${key}` }),
  counter: (name: string): Key => ({ pk: `COUNTER#${name}`, sk: 'COUNTER' }),
  due: (id: GroupId): Key => ({ pk: 'DUE', sk: `group-${id}` }),
} as const;

/** DynamoDB takes 2,048 bytes; a longer id is from nowhere and is cut. */
export const resourceKey = (id: string): string => `RESOURCE#${id.toLowerCase().slice(0, 400)}`;

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');
