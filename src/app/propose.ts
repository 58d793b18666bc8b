import { onlyCollects, planHash, type Plan, type Planned } from '../domain/plan';
import type { Proposal, Remediation, Status } from '../domain/remediation';
import { askFor, type Asking } from './asking';
import { collectAtOnce } from './collect-at-once';
import { told } from './events';
import { finishWith, move } from './move';
import { nextCall } from './nudge';
import type { Deps } from './ports';

export type Next = { next: 'ask' | 'advance' | 'finish' } | { next: 'wait'; seconds: number };

/**
 * Puts what was planned before people, or runs it where the policy says so. A changed plan is a new proposal: earlier
 * decisions do not count for it.
 */
export const propose = async (
  deps: Deps,
  remediation: Remediation,
  planned: Planned,
): Promise<Next> => {
  if (planned.kind === 'compliant') return end(deps, remediation, 'compliant', planned.because);
  if (planned.kind === 'refusal') return end(deps, remediation, 'refused', planned.because);
  const asking = await askFor(deps, remediation, planned.plan);
  if (asking.kind === 'never') return end(deps, remediation, 'refused', asking.because);
  // Nobody is asked for what an isolation takes anyway: people decide on that.
  if (asking.kind === 'people' && onlyCollects(planned.plan) && !remediation.requester.id)
    return end(deps, remediation, 'refused', notByItself(asking.because));
  const proposal = proposalOf(remediation, planned.plan, asking, deps.now());
  return asking.kind === 'automatic'
    ? runByRule(deps, { ...remediation, proposal })
    : askPeople(deps, { ...remediation, proposal });
};

const notByItself = (because = 'The policy asks people.'): string =>
  `It is not taken by itself now. ${because} The isolation takes it before it contains.`;

/** An end without a change. */
export const end = async (
  deps: Deps,
  remediation: Remediation,
  state: 'compliant' | 'refused',
  because: string,
): Promise<Next> => {
  const at = deps.now();
  const status: Status = { state, at: at.toISOString(), because };
  const event = told(remediation, `remediation.${state}`, at, { because });
  await finishWith(deps, remediation, status, event);
  return { next: 'finish' };
};

const proposalOf = (
  { proposal: earlier }: Remediation,
  plan: Plan,
  asking: Exclude<Asking, { kind: 'never' }>,
  now: Date,
): Proposal => ({
  plan,
  hash: planHash(plan),
  revision: (earlier?.revision ?? 0) + 1,
  rule: asking.rule,
  ...(asking.kind === 'automatic' && { automatic: true as const }),
  ...(asking.kind === 'people' && asking.because && { asks: asking.because }),
  until: new Date(now.getTime() + asking.rule.expiresAfter).toISOString(),
  decisions: [],
});

type Proposed = Remediation & { proposal: Proposal };

const planned = (remediation: Proposed, at: Date) => {
  const { hash, plan, revision } = remediation.proposal;
  const type = revision > 1 ? 'remediation.replanned' : 'remediation.planned';
  const facts = { hash, changes: plan.effects.length, steps: plan.steps.length };
  return told(remediation, type, at, facts, { mark: revision });
};

const askPeople = async (deps: Deps, remediation: Proposed): Promise<Next> => {
  await collectAtOnce(deps, remediation);
  const at = deps.now();
  const { rule, until, revision, asks } = remediation.proposal;
  const facts = {
    needed: rule.approvals,
    from: rule.from,
    until,
    ...(asks && { because: asks }),
  };
  const asked = told(remediation, 'approval.asked', at, facts, { mark: revision });
  const due = { id: remediation.id, at: nextCall(remediation.proposal, at) };
  await move(deps, remediation, { state: 'awaiting approval' }, [planned(remediation, at), asked], {
    due,
  });
  return { next: 'ask' };
};

/** The rule is the approval, told and hashed as a person's would be. */
const runByRule = async (deps: Deps, remediation: Proposed): Promise<Next> => {
  const at = deps.now();
  const { hash, revision } = remediation.proposal;
  const given = told(
    remediation,
    'approval.given',
    at,
    { hash, by: 'a rule of the policy' },
    { mark: `${revision}/policy` },
  );
  const status: Status = { state: 'approved', at: at.toISOString() };
  await move(deps, remediation, status, [planned(remediation, at), given]);
  return { next: 'advance' };
};
