import type { GateDecision, Scope } from '../../domain/gate/decision';
import type { GateRun } from '../../domain/gate/run';
import type { GateRunId } from '../../domain/ids';
import { actor, type Person } from '../../domain/person';
import type { Gate } from '../../domain/policy/gate';
import type { Click } from '../authority';
import { MovedMeanwhile } from '../move';
import { mayDo, needs, type Needs, type Obstacle, type Refused } from './may';
import { gateEvent, put } from './write';

/** What a person says of held objects. `seen` is the hash of the verdicts that they had before them (law 2). */
export interface GateVote {
  run: GateRunId;
  verdict: GateDecision['verdict'];
  scope: Scope;
  seen: string;
  reason: string;
  falsePositive?: true;
}

export type GateDecided = { kind: 'decided'; run: GateRun; number: number } | Refused;

/** Some thousands are named by their refs in one item of the table; whoever means more says all. */
const mostNamed = 5000;
const longestReason = 1000;

/** More people than can decide one run do not click at once. */
const tries = 10;

/** One conditional write makes the decision and starts the workflow that carries it out. */
export const decide = async (
  deps: Needs,
  vote: GateVote,
  click: Click,
  left = tries,
): Promise<GateDecided> => {
  const refusal = { type: 'gate.decision-refused', what: vote.verdict } as const;
  const may = await mayDo(deps, vote.run, click, refusal, async ({ run, rule, person }) => {
    const decisions = await deps.gate.decisions(vote.run);
    return obstacleTo(vote, run, rule, person, decisions, deps.now());
  });
  if (may.kind === 'refused') return may;
  const { run, person } = may;
  const number = run.decisions + 1;
  const at = deps.now();
  const decision: GateDecision = {
    number,
    verdict: vote.verdict,
    scope: vote.scope,
    ...(vote.verdict === 'approve' && vote.falsePositive && { falsePositive: true }),
    reason: vote.reason.trim().slice(0, longestReason),
    by: { id: person.id, name: person.name },
    at: at.toISOString(),
  };
  const facts = {
    verdict: decision.verdict,
    scope: vote.scope.kind === 'all' ? 'all' : vote.scope.refs.length,
    reason: decision.reason,
    hash: vote.seen,
    number,
    ...(decision.falsePositive && { falsePositive: true }),
  };
  const event = gateEvent(run, 'gate.decided', at, facts, { by: actor(person), mark: number });
  const next = { decisions: number, woken: run.version + 1 };
  try {
    const decided = await put(deps, run, next, { decision, events: [event] });
    return { kind: 'decided', run: decided, number };
  } catch (error) {
    if (error instanceof MovedMeanwhile && left > 1) return decide(deps, vote, click, left - 1);
    throw error;
  }
};

const obstacleTo = (
  { verdict, scope, seen, reason }: GateVote,
  run: GateRun,
  rule: Gate,
  person: Person,
  decisions: readonly GateDecision[],
  now: Date,
): Obstacle => {
  const { status, start } = run;
  if (status.state !== 'review') return { because: alreadyOver(run, decisions) };
  if (now.toISOString() >= status.until)
    return { because: `The time to decide ended at ${status.until}. Reopen the run to go on.` };
  if (seen !== run.summary?.hash)
    return { because: 'The verdicts are not those that you had before you. Look again.' };
  const lacking = needs(person, rule.decide, 'decide what is held');
  if (lacking) return lacking;
  if (rule.separate && start.kind === 'person' && start.id === person.id)
    return {
      because: 'You started this run, so another person has to decide it.',
      who: rule.decide,
    };
  if (reason.trim() === '') return { because: 'Each decision needs a reason.' };
  if (scope.kind === 'some' && scope.refs.length === 0) return { because: 'No object was chosen.' };
  if (scope.kind === 'some' && scope.refs.length > mostNamed)
    return { because: `At most ${mostNamed} objects can be named in one decision.` };
  if (verdict === 'delete' && !rule.deletion)
    return { because: 'The policy allows no deletion. Deny keeps objects out of the lake.' };
  const earlier = decisions.find(
    (each) => each.by.id === person.id && repeats(each, verdict, scope),
  );
  return earlier && { because: `You already decided at ${earlier.at}.` };
};

/** Said of these objects by the same person before. Whoever said yes and thinks better of it may still say no. */
const repeats = (
  earlier: GateDecision,
  verdict: GateDecision['verdict'],
  scope: Scope,
): boolean => {
  if (verdict === 'deny' && earlier.verdict !== 'deny') return false;
  if (earlier.scope.kind === 'all') return true;
  const named = new Set(earlier.scope.refs);
  return scope.kind === 'some' && scope.refs.some((ref) => named.has(ref));
};

/** Who decided and when: what a second click hears (D37). */
const alreadyOver = ({ status }: GateRun, decisions: readonly GateDecision[]): string => {
  const last = decisions.at(-1);
  if (status.state === 'expired') return `The time to decide ended at ${status.at}.`;
  if (status.state === 'done' && last)
    return `All is decided already: ${last.by.name} was the last, at ${last.at}.`;
  return `There is nothing to decide: this run is ${status.state}.`;
};
