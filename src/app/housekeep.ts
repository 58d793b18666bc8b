import { FindingKey, RemediationId } from '../domain/ids';
import { isActionable } from '../domain/playbook';
import { expire } from './decide';
import { noted } from './events';
import type { Deps, Due, FindingRecord } from './ports';
import { trySync } from './sync-source';
import { dueOf, reopened } from './wish';

type Needs = Pick<Deps, 'store' | 'source' | 'now'>;

/**
 * Settles what is due, one after the other, as Security Hub takes ten writes a second. One that fails does not keep the
 * others waiting, and is due again.
 */
export const housekeep = async (deps: Needs): Promise<{ due: number; failures: unknown[] }> => {
  const due = await deps.store.due(deps.now().toISOString());
  const failures: unknown[] = [];
  for (const id of due) await settle(deps, id).catch((error: unknown) => failures.push(error));
  return { due: due.length, failures };
};

/** What is due is read anew, so an entry that is out of date does no harm. */
const settle = async (deps: Needs, id: Due): Promise<void> => {
  const remediation = RemediationId.safeParse(id);
  return remediation.success
    ? expire(deps, remediation.data)
    : lookAfter(deps, FindingKey.parse(id));
};

/** An exception ends, or the source is still to be told something. */
const lookAfter = async (deps: Needs, key: FindingKey): Promise<void> => {
  const { store, now } = deps;
  const record = await store.finding(key);
  if (record?.exception && record.exception.until <= now().toISOString())
    return endException(deps, record);
  if (record?.tell) {
    const error = await trySync(deps, record);
    if (error) throw error;
    return;
  }
  const later = record && dueOf(record, now());
  await store.commit({ events: [], due: later?.due ?? { id: key, done: true } });
};

/** Whoever wrote in between is read in the next minute. */
const endException = async ({ store, now }: Needs, record: FindingRecord): Promise<void> => {
  const at = now();
  const because = 'its exception has ended.';
  const finding = { ...reopened(record, because, at), version: record.version + 1 };
  // What is over meanwhile is only put right at its source.
  const type = isActionable(finding.finding) ? 'finding.reopened' : 'finding.changed';
  const event = noted(record, type, at, { because }, { mark: record.version });
  await store.commit({ finding, events: [event], ...dueOf(finding, at) });
};
