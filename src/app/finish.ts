import type { Remediation } from '../domain/remediation';
import type { Deps, Wish } from './ports';
import { syncSource } from './sync-source';
import { withVerdict } from './verdict';
import { dueOf, wishing } from './wish';

type Needs = Pick<Deps, 'store' | 'source' | 'now'>;

/** After the end: the source of the finding hears of it, only if the change was read back (law 6). */
export const finish = async (deps: Needs, remediation: Remediation): Promise<void> => {
  const { state } = remediation.status;
  if (state === 'done' && !remediation.proposal?.plan.leaves)
    return tell(deps, remediation, 'resolved');
  // What was resolved by our change is open again once the change is taken back.
  if (state === 'undone') return tell(deps, remediation, 'notified');
};

/** Deliveries of the same finding may come in between this often before the workflow tries again. */
const tries = 8;

const tell = async (
  deps: Needs,
  remediation: Remediation,
  workflow: 'resolved' | 'notified',
  left = tries,
): Promise<void> => {
  const { store, now } = deps;
  if (left === 0) throw new Error(`${remediation.finding} is written by too many at once`);
  const stored = remediation.finding && (await store.finding(remediation.finding));
  if (!stored) return;
  const wish = wishOf(remediation, workflow, stored.wrote === 'resolved');
  if (stored.tell?.becomes?.mark === wish.becomes.mark) return syncSource(deps, stored);
  const at = now();
  // What the control said before we were done, it said of our change.
  const { record, events } = withVerdict({ record: stored, events: [] }, remediation, at);
  const isTold = stored.wrote === workflow && stored.finding.workflow === workflow;
  // What a person silenced or resolved meanwhile stays so.
  const stands = isTold || !wish.from.includes(stored.finding.workflow);
  if (stands && events.length === 0) return;
  const finding = {
    ...(stands ? record : wishing(record, wish, at)),
    version: stored.version + 1,
  };
  const outcome = await store.commit({ finding, events, ...dueOf(finding, at) });
  // A delivery came in between: with its version read, the same is said of it.
  if (outcome === 'conflict') return tell(deps, remediation, workflow, left - 1);
  return syncSource(deps, finding);
};

const wishOf = (
  remediation: Remediation,
  workflow: 'resolved' | 'notified',
  ours: boolean,
): Required<Pick<Wish, 'workflow' | 'note' | 'from' | 'becomes'>> => {
  const mark = `${remediation.id}/${remediation.version}`;
  const note = noteOf(remediation, workflow);
  const from = ['new', 'notified'] as const;
  return workflow === 'resolved'
    ? { workflow, note, from, becomes: { type: 'finding.resolved', mark } }
    : {
        workflow,
        note,
        from: ours ? [...from, 'resolved'] : from,
        becomes: { type: 'finding.unresolved', mark },
      };
};

const noteOf = ({ title, id, proposal, requester }: Remediation, workflow: string): string => {
  const approvers =
    proposal?.decisions.filter(({ verdict }) => verdict === 'approve').map(({ name }) => name) ??
    [];
  const who = `asked by ${requester.name}, approved by ${approvers.join(' and ') || 'policy'}`;
  const what = workflow === 'resolved' ? 'done and read back' : 'undone';
  return `Drawbridge: “${title}” ${what} (${id}; ${who}).`;
};
