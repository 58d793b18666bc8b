import { FindingKey, GateRunId, RemediationId, watchedBy, WatchId } from '../domain/ids';
import { isActionable } from '../domain/playbook';
import type { Group } from '../domain/group';
import { noted } from './events';
import { grouped, type Grouping, type Groups } from './groups';
import { watchEvery } from './move';
import { nudge } from './nudge';
import type { Deps, Due, FindingRecord } from './ports';
import { trySync } from './sync-source';
import { dueOf, reopened } from './wish';

type Needs = Pick<Deps, 'store' | 'source' | 'now'> &
  Grouping & {
    /** Reminds of a run of the gate, or ends its time. */
    nudgeGate?: (id: GateRunId) => Promise<void>;
  };

export interface HouseDeps extends Needs {
  groups: Pick<Groups, 'due' | 'settle'>;
  /** Has the group's card made or renewed. */
  showGroup(group: Group, mark: string): Promise<void>;
}

/**
 * Settles what is due, one after the other, as Security Hub takes ten writes a second. One that fails does not keep the
 * others waiting, and is due again.
 */
export const housekeep = async (deps: HouseDeps): Promise<{ due: number; failures: unknown[] }> => {
  const now = deps.now().toISOString();
  const [due, groups] = await Promise.all([deps.store.due(now), deps.groups.due(now)]);
  const tasks = [
    ...due.map((id) => () => settle(deps, id)),
    ...groups.map(({ group, mark }) => async () => {
      await deps.showGroup(group, mark);
      await deps.groups.settle(group.id, mark);
    }),
  ];
  const failures: unknown[] = [];
  for (const task of tasks) await task().catch((error: unknown) => failures.push(error));
  return { due: tasks.length, failures };
};

/** What is due is read anew, so an entry that is out of date does no harm. */
const settle = async (deps: Needs, id: Due): Promise<void> => {
  const watch = WatchId.safeParse(id);
  if (watch.success) return askToVerify(deps, watch.data);
  const gate = GateRunId.safeParse(id);
  if (gate.success) return deps.nudgeGate?.(gate.data);
  const known = RemediationId.safeParse(id);
  if (!known.success) return lookAfter(deps, FindingKey.parse(id));
  const remediation = await deps.store.remediation(known.data);
  if (remediation) await nudge(deps, remediation);
};

/** Only the workflow has a way into the estate: it is asked to look, and asked again until the isolation is released. */
const askToVerify = async ({ store, now }: Needs, id: WatchId): Promise<void> => {
  const of = watchedBy(id);
  const state = (await store.remediation(of))?.status.state;
  if (state !== 'done' && state !== 'held') {
    await store.commit({ events: [], due: { id, done: true } });
    return;
  }
  const at = now();
  await store.ask(`${id}-${at.toISOString().slice(0, 16)}`, { task: 'verify', id: of });
  const next = new Date(at.getTime() + watchEvery).toISOString();
  await store.commit({ events: [], due: { id, at: next } });
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
  // With the record's version: an exception that is made at this moment must not lose its end.
  const later = record && dueOf(record, now());
  await store.commit({
    ...(record && { finding: { ...record, version: record.version + 1 } }),
    due: later?.due ?? { id: key, done: true },
    events: [],
  });
};

/** Whoever wrote in between is read in the next minute. */
const endException = async (deps: Needs, record: FindingRecord): Promise<void> => {
  const { store, now } = deps;
  const at = now();
  const because = 'its exception has ended.';
  const open = { ...reopened(record, because, at), version: record.version + 1 };
  // One exception of the policy can hold for hundreds, which all end at once.
  const finding = await grouped(deps, record, open);
  // What is over meanwhile is only put right at its source.
  const type = isActionable(finding.finding) ? 'finding.reopened' : 'finding.changed';
  const event = noted(record, type, at, { because }, { mark: finding.version });
  await store.commit({ finding, events: [event], ...dueOf(finding, at) });
};
