import { mayDecide, settle } from '../domain/approval';
import { hash } from '../domain/canonical';
import type { RemediationId } from '../domain/ids';
import { actor, type Person, type Role } from '../domain/person';
import type { Decision, Proposal, Remediation, Status } from '../domain/remediation';
import { admit, type Click } from './authority';
import { counted } from './counted';
import { told } from './events';
import { finishWith, move, MovedMeanwhile } from './move';
import type { DoorDeps } from './ports';

/** What the Approve and Deny buttons stand for. `hash` is the plan that the person had before them. */
export interface Verdict {
  id: RemediationId;
  hash: string;
  verdict: 'approve' | 'deny';
  reason?: string;
}

export type Decided =
  | { kind: 'decided'; remediation: Remediation; settled: 'approved' | 'denied' | 'open' }
  | { kind: 'refused'; because: string; who?: Role };

/** May this person decide that? Asked when the button is pressed and again when a reason was typed. A no is audited. */
export const mayVote = async (deps: DoorDeps, vote: Verdict, click: Click) => {
  const remediation = await deps.store.remediation(vote.id);
  const proposal = remediation?.proposal;
  if (!remediation || !proposal)
    return { kind: 'refused', because: 'There is no plan to decide on here.' } as const;
  const admitted = await admit(deps, click, true);
  const allowed = admitted.ok
    ? mayDecide(remediation, proposal, admitted.person, vote.hash, deps.now())
    : admitted;
  const { person } = admitted;
  if (allowed.ok) return { kind: 'may', remediation, proposal, person } as const;
  await auditRefusal(deps, remediation, vote, person, allowed.because);
  return { ...allowed, kind: 'refused' } as const;
};

/** More people than can decide one thing do not click at once. */
const tries = 10;

/** One conditional write makes the decision; whoever comes second hears who was first. */
export const decide = async (
  deps: DoorDeps,
  vote: Verdict,
  click: Click,
  left = tries,
): Promise<Decided> => {
  const may = await mayVote(deps, vote, click);
  if (may.kind === 'refused') return may;
  const { remediation, person } = may;
  if (vote.verdict === 'approve' && may.proposal.rule.reason && !vote.reason)
    return { kind: 'refused', because: 'The policy wants a reason with each approval here.' };
  const decision: Decision = {
    by: person.id,
    name: person.name,
    verdict: vote.verdict,
    ...(vote.reason && { reason: vote.reason }),
    at: deps.now().toISOString(),
    hash: vote.hash,
  };
  const proposal: Proposal = { ...may.proposal, decisions: [...may.proposal.decisions, decision] };
  try {
    const after = await store(deps, { ...remediation, proposal }, decision, actor(person));
    const settled = settle(proposal);
    return { kind: 'decided', remediation: after, settled };
  } catch (error) {
    // Two clicks at once: the loser reads again and is told who won, or counts as the second of two.
    if (error instanceof MovedMeanwhile && left > 1) return decide(deps, vote, click, left - 1);
    throw error;
  }
};

const store = async (
  deps: DoorDeps,
  remediation: Remediation & { proposal: Proposal },
  decision: Decision,
  by: ReturnType<typeof actor>,
): Promise<Remediation> => {
  const at = deps.now();
  const { proposal } = remediation;
  const mark = `${proposal.revision}/${decision.by}`;
  const facts = { hash: decision.hash, reason: decision.reason ?? '' };
  switch (settle(proposal)) {
    case 'denied': {
      const status: Status = {
        state: 'denied',
        at: decision.at,
        by: decision.by,
        because: decision.reason ?? '',
      };
      return finishWith(
        deps,
        remediation,
        status,
        told(remediation, 'approval.denied', at, facts, { by, mark }),
      );
    }
    case 'approved': {
      const given = told(remediation, 'approval.given', at, facts, { by, mark });
      return move(deps, remediation, { state: 'approved', at: decision.at }, [
        await counted(deps, remediation, given),
      ]);
    }
    case 'open':
      return move(deps, remediation, { state: 'awaiting approval' }, [
        told(remediation, 'approval.given', at, facts, { by, mark }),
      ]);
  }
};

const auditRefusal = async (
  { store, now }: DoorDeps,
  remediation: Remediation,
  vote: Verdict,
  person: Person,
  because: string,
): Promise<void> => {
  // Each reason is a fact of its own; the same click again is not.
  const mark = `${vote.verdict}/${person.id}/${remediation.version}/${hash(because).slice(0, 8)}`;
  await store.commit({
    events: [
      told(
        remediation,
        'approval.refused',
        now(),
        { verdict: vote.verdict, because },
        { by: actor(person), mark },
      ),
    ],
  });
};

/** Nobody decided in time. Called by housekeeping and by the workflow's own time-out, whichever comes first. */
export const expire = async (
  deps: Pick<DoorDeps, 'store' | 'now'>,
  id: RemediationId,
): Promise<void> => {
  const remediation = await deps.store.remediation(id);
  if (!remediation?.proposal) return;
  const { status, proposal } = remediation;
  const at = deps.now();
  if (status.state !== 'awaiting approval' || at.toISOString() < proposal.until) return;
  const event = told(
    remediation,
    'approval.expired',
    at,
    { until: proposal.until },
    { mark: proposal.revision },
  );
  try {
    await finishWith(deps, remediation, { state: 'expired', at: at.toISOString() }, event);
  } catch (error) {
    // Somebody decided, or expired it, at the same moment: what they wrote stands.
    if (!(error instanceof MovedMeanwhile)) throw error;
  }
};
