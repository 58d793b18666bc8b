import type { AuditEvent } from '../domain/audit';
import { watchOf } from '../domain/ids';
import { contains } from '../domain/plan';
import { mayFollow, type Remediation, type Status } from '../domain/remediation';
import { lockOf } from '../domain/target';
import { counted } from './counted';
import type { Change, Deps, DueChange } from './ports';

/** Somebody else moved the remediation on in between. Whoever retries reads the new state and starts from there. */
export class MovedMeanwhile extends Error {
  override readonly name = 'MovedMeanwhile';
}

/** Writes the next state with its audit events, atomically, if the remediation is still the one that was read. */
export const move = async (
  { store }: Pick<Deps, 'store'>,
  remediation: Remediation,
  status: Status,
  events: readonly AuditEvent[],
  more: Pick<Change, 'take' | 'release' | 'due' | 'finding'> = {},
): Promise<Remediation> => {
  const { state } = remediation.status;
  if (!mayFollow(state, status.state))
    throw new MovedMeanwhile(`${state} cannot become ${status.state}`);
  const next: Remediation = { ...remediation, status, version: remediation.version + 1 };
  const outcome = await store.commit({ remediation: next, events, ...more });
  if (outcome === 'done') return next;
  throw new MovedMeanwhile(`${remediation.id} could not become ${status.state}: ${outcome}`);
};

/** An end: the target is free again, nothing is due any more, and what tells of it says what it is counted by. */
export const finishWith = async (
  deps: Pick<Deps, 'store'>,
  remediation: Remediation,
  status: Status,
  ...events: AuditEvent[]
): Promise<Remediation> =>
  move(
    deps,
    remediation,
    status,
    await Promise.all(events.map((event) => counted(deps, remediation, event))),
    {
      release: lockOf(remediation.playbook, remediation.target),
      due: [{ id: remediation.id, done: true }, ...watchDue(remediation, status)],
    },
  );

/** Whether an isolation still stands is looked at so often, in milliseconds. */
export const watchEvery = 15 * 60_000;

/** From its end on it is looked after, until it is released. */
const watchDue = ({ id, proposal }: Remediation, status: Status): DueChange[] => {
  if (!proposal || !contains(proposal.plan)) return [];
  if (status.state === 'undone') return [{ id: watchOf(id), done: true }];
  return status.state === 'done' || status.state === 'held'
    ? [{ id: watchOf(id), at: new Date(Date.parse(status.at) + watchEvery).toISOString() }]
    : [];
};
