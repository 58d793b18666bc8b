import type { RemediationId } from '../domain/ids';
import type { Proposal, Remediation } from '../domain/remediation';
import { expire } from './decide';
import { told } from './events';
import { move, MovedMeanwhile } from './move';
import type { Deps } from './ports';

type Call = 'reminded' | 'escalated';

const asked = ({ until, rule }: Proposal): number => Date.parse(until) - rule.expiresAfter;

/** When those who may decide are called next, or when the request ends. */
export const nextCall = (proposal: Proposal, now: Date): string => {
  const { rule, nudged, until } = proposal;
  const calls = [
    ...(rule.remindAfter !== undefined && nudged === undefined ? [rule.remindAfter] : []),
    ...(rule.escalateAfter !== undefined && nudged !== 'escalated' ? [rule.escalateAfter] : []),
  ];
  const next = calls
    .map((after) => new Date(asked(proposal) + after).toISOString())
    .filter((at) => at > now.toISOString() && at < until)
    .sort();
  return next[0] ?? until;
};

const callDue = ({ rule, nudged, ...proposal }: Proposal, now: Date): Call | undefined => {
  const waited = now.getTime() - asked({ rule, ...proposal });
  if (rule.escalateAfter !== undefined && nudged !== 'escalated' && waited >= rule.escalateAfter)
    return 'escalated';
  return rule.remindAfter !== undefined && nudged === undefined && waited >= rule.remindAfter
    ? 'reminded'
    : undefined;
};

/** Nobody has decided yet: a reminder, then the escalation, then the end. A late tick does the latest of them only. */
export const nudge = async (
  deps: Pick<Deps, 'store' | 'now'>,
  remediation: Remediation,
): Promise<void> => {
  const now = deps.now();
  const { proposal, status } = remediation;
  if (status.state !== 'awaiting approval' || !proposal) return forget(deps, remediation.id);
  if (now.toISOString() >= proposal.until) return expire(deps, remediation.id);
  const call = callDue(proposal, now);
  const next: Proposal = call ? { ...proposal, nudged: call } : proposal;
  const due = { id: remediation.id, at: nextCall(next, now) };
  if (!call) {
    await deps.store.commit({ events: [], due });
    return;
  }
  const { escalateTo } = proposal.rule;
  const facts = {
    until: proposal.until,
    ...(call === 'escalated' && escalateTo && { to: escalateTo }),
  };
  const event = told(remediation, `approval.${call}`, now, facts, { mark: proposal.revision });
  try {
    await move(deps, { ...remediation, proposal: next }, status, [event], { due });
  } catch (error) {
    // Somebody decided at the same moment: nobody has to be called.
    if (!(error instanceof MovedMeanwhile)) throw error;
  }
};

/** Nothing is due any more. If a new plan was put before people at this moment, its call is not forgotten with the old. */
const forget = async (
  { store, now }: Pick<Deps, 'store' | 'now'>,
  id: RemediationId,
): Promise<void> => {
  await store.commit({ events: [], due: { id, done: true } });
  const fresh = await store.remediation(id);
  if (fresh?.status.state === 'awaiting approval' && fresh.proposal)
    await store.commit({ events: [], due: { id, at: nextCall(fresh.proposal, now()) } });
};
