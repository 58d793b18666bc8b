import type { Person, Role } from './person';
import { contains } from './plan';
import { channelsOf, type Policy } from './policy';
import type { Decision, Proposal, Remediation } from './remediation';

/** A refusal is an answer: what stands in the way, and which role could do it. */
export type Allowed = { ok: true } | { ok: false; because: string; who?: Role };

const yes: Allowed = { ok: true };
const no = (because: string, who?: Role): Allowed => ({ ok: false, because, ...(who && { who }) });

export interface Place {
  team: string;
  channel: string;
  /** Shared with another company: its members would read findings and press buttons. */
  shared: boolean;
}

/** May this person act here at all? Asked on each click and command, on the server (law 3). */
export const mayAct = (policy: Policy, person: Person, place: Place): Allowed => {
  if (place.team !== policy.team) return no('This request comes from another Slack workspace.');
  if (!channelsOf(policy).has(place.channel))
    return no('Drawbridge is not set up for this channel.');
  if (place.shared)
    return no('This channel is shared with another organisation, so Drawbridge does not act here.');
  if (person.outsider) return no(`You are ${person.outsider} here, and only members may act.`);
  return yes;
};

export const mayRequest = (person: Person): Allowed =>
  person.roles.includes('responder')
    ? yes
    : no('Only responders may ask for a remediation.', 'responder');

/** May this person decide this proposal now, as they saw it? */
export const mayDecide = (
  remediation: Remediation,
  proposal: Proposal,
  person: Person,
  seenHash: string,
  now: Date,
): Allowed => {
  const { rule } = proposal;
  if (remediation.status.state !== 'awaiting approval') return no(alreadyDecided(remediation));
  if (now.toISOString() >= proposal.until)
    return no('The time to decide is over. Ask for the remediation again to get a fresh plan.');
  if (seenHash !== proposal.hash)
    return no('The plan has changed since you opened it. Read the new plan before you decide.');
  if (rule.separate && person.id === remediation.requester.id)
    return no('You asked for this, so another person has to decide it.', rule.from);
  if (!person.roles.includes(rule.from))
    return no(`Only ${rule.from}s may decide this.`, rule.from);
  const earlier = proposal.decisions.find((decision) => decision.by === person.id);
  return earlier ? no(`You already decided at ${earlier.at}.`) : yes;
};

/** Only who asked may take it back, and only before it was decided. */
export const mayCancel = (remediation: Remediation, person: Person): Allowed => {
  const { status } = remediation;
  const waits = status.state === 'approved' && status.opens !== undefined;
  if (status.state !== 'awaiting approval' && !waits) return no(alreadyDecided(remediation));
  return person.id === remediation.requester.id
    ? yes
    : no(
        `Only ${remediation.requester.name}, who asked for it, may take it back. Approvers can deny it.`,
      );
};

/** Who decided and when: what a second click hears. */
export const alreadyDecided = ({ status, proposal }: Remediation): string => {
  const last = proposal?.decisions.at(-1);
  if (!last) return `There is nothing to decide: this remediation is ${status.state}.`;
  const verb = last.verdict === 'approve' ? 'approved' : 'denied';
  return `${last.name} already ${verb} this at ${last.at}; it is ${status.state} now.`;
};

/** The outcome of the decisions so far. One no is enough; yes needs as many distinct people as the rule says. */
export const settle = ({ decisions, rule, hash }: Proposal): 'approved' | 'denied' | 'open' => {
  if (decisions.some(({ verdict }) => verdict === 'deny')) return 'denied';
  const yeses = new Set(decisions.filter((d) => counts(d, hash)).map(({ by }) => by));
  return yeses.size >= rule.approvals ? 'approved' : 'open';
};

const counts = (decision: Decision, hash: string): boolean =>
  decision.verdict === 'approve' && decision.hash === hash;

/** May this person take a finished remediation back? */
export const mayUndo = (
  policy: Policy,
  remediation: Remediation,
  person: Person,
  now: Date,
): Allowed => {
  const { status } = remediation;
  if (status.state !== 'done' && status.state !== 'held')
    return no(`There is nothing to undo: this remediation is ${status.state}.`);
  if (!remediation.proposal)
    return no('There is nothing to undo: this run ended before it had a plan.');
  const { plan } = remediation.proposal;
  const { reversible } = plan;
  // What contains is released whatever can not be brought back: the preview tells that.
  if (reversible !== 'exactly' && !contains(plan))
    return no(`This cannot be undone: ${reversible.not}`);
  if (status.state === 'done' && status.undoUntil && now.toISOString() >= status.undoUntil)
    return no(
      `The time to undo ended at ${status.undoUntil}. The saved state is in the audit trail.`,
    );
  if (policy.undo.separate && contains(plan) && person.id === remediation.requester.id)
    return no('You asked for this isolation, so another person has to release it.', policy.undo.by);
  return person.roles.includes(policy.undo.by)
    ? yes
    : no(`Only ${policy.undo.by}s may undo a remediation.`, policy.undo.by);
};
