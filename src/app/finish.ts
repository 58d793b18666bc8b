import type { Remediation } from '../domain/remediation';
import { noted } from './events';
import type { Deps } from './ports';

/** After the end: the source of the finding hears of it, only if the change was read back (law 6). */
export const finish = async (
  deps: Pick<Deps, 'store' | 'source' | 'now'>,
  remediation: Remediation,
): Promise<void> => {
  if (!remediation.finding) return;
  const { state } = remediation.status;
  if (state === 'done') return tell(deps, remediation, 'RESOLVED');
  // What was resolved by our change is open again once the change is taken back.
  if (state === 'undone') return tell(deps, remediation, 'NOTIFIED');
};

/** Deliveries of the same finding may come in between this often before the workflow tries again. */
const tries = 8;

const tell = async (
  { store, source, now }: Pick<Deps, 'store' | 'source' | 'now'>,
  remediation: Remediation,
  workflow: 'RESOLVED' | 'NOTIFIED',
  left = tries,
): Promise<void> => {
  if (left === 0) throw new Error(`${remediation.finding} is written by too many at once`);
  const record = remediation.finding && (await store.finding(remediation.finding));
  if (!record) return;
  const written = workflow === 'RESOLVED' ? 'resolved' : 'notified';
  if (record.wrote === written && record.finding.workflow === written) return;
  const note = noteOf(remediation, workflow);
  // Marked before it is written: the echo can be faster than our next line.
  if (record.wrote !== written) {
    await store.commit({
      finding: { ...record, wrote: written, version: record.version + 1 },
      events: [],
    });
    return tell({ store, source, now }, remediation, workflow, left - 1);
  }
  const outcome = await source.write(record.finding, workflow, note);
  if (outcome === 'unsupported') {
    // Nothing was written, so nothing that comes is its echo.
    const { wrote: _, ...unmarked } = record;
    await store.commit({ finding: { ...unmarked, version: record.version + 1 }, events: [] });
    return;
  }
  const type = workflow === 'RESOLVED' ? 'finding.resolved' : 'finding.unresolved';
  const stored = await store.commit({
    finding: {
      ...record,
      finding: { ...record.finding, workflow: written },
      wrote: written,
      version: record.version + 1,
    },
    events: [
      noted(record, type, now(), { note }, { mark: `${remediation.id}/${remediation.version}` }),
    ],
  });
  // A new delivery came in between: with its version read, the same words are written once more.
  if (stored === 'conflict') return tell({ store, source, now }, remediation, workflow, left - 1);
};

const noteOf = ({ title, id, proposal, requester }: Remediation, workflow: string): string => {
  const approvers =
    proposal?.decisions.filter(({ verdict }) => verdict === 'approve').map(({ name }) => name) ??
    [];
  const who = `asked by ${requester.name}, approved by ${approvers.join(' and ') || 'policy'}`;
  const what = workflow === 'RESOLVED' ? 'done and read back' : 'undone';
  return `Drawbridge: “${title}” ${what} (${id}; ${who}).`.slice(0, 512);
};
