import { onlyCollects, type Plan } from '../plan';
import type { Ruling } from './ruling';
import type { Policy } from './schema';
import { opensAt } from './windows';

export type Verdict = { ok: true } | { ok: false; because: string };

/** More changes in one run than the policy lets pass without a second look: the words for it, or nothing. */
export const exceedsTargets = ({ caps }: Policy, changes: number): string | undefined =>
  changes > caps.targetsPerRequest
    ? `This makes ${changes} changes at once; more than ${caps.targetsPerRequest} need other eyes.`
    : undefined;

/**
 * May this plan run without a person, now? If not, it asks as `ruling.rule` says, and shows why.
 * @param at `runsInTheLastHour`: automatic runs of all playbooks, this one not counted
 */
export const mayRunAutomatically = (
  policy: Policy,
  ruling: Extract<Ruling, { run: 'automatic' }>,
  plan: Plan,
  at: { runsInTheLastHour: number; now: Date },
): Verdict => {
  const { automaticPerHour } = policy.caps;
  const { window, evenWithWarnings } = ruling;
  const opens = window && opensAt(window, at.now);
  const reasons = [
    exceedsTargets(policy, plan.steps.length),
    plan.reversible === 'exactly' || onlyCollects(plan)
      ? undefined
      : `It cannot be undone: ${plan.reversible.not}`,
    plan.warnings.length > 0 && !evenWithWarnings ? 'The plan has warnings.' : undefined,
    at.runsInTheLastHour >= automaticPerHour
      ? `${at.runsInTheLastHour} runs without a person within an hour; at most ${automaticPerHour} may.`
      : undefined,
    opens && `The window “${window.name}” is closed until ${opens.toISOString()}.`,
  ].filter((reason) => reason !== undefined);
  return reasons.length > 0 ? { ok: false, because: reasons.join(' ') } : { ok: true };
};
