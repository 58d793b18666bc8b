import * as z from 'zod/mini';
import { SlackUserId } from '../ids';
import { ObjectRef, type ObjectRef as Ref } from './object';
import type { GateSeverity, Held } from './verdict';

export const gateVerdicts = ['approve', 'deny', 'delete'] as const;

/** All that are held and undecided when it was made, or those that are named. */
export const Scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('some'), refs: z.array(ObjectRef) }),
]);
export type Scope = z.infer<typeof Scope>;

/** What a person said of held objects. Its number in the run is its order. */
export const GateDecision = z.object({
  number: z.int(),
  verdict: z.enum(gateVerdicts),
  scope: Scope,
  /** What it is no finding of: approved, and said to be harmless. */
  falsePositive: z.optional(z.literal(true)),
  reason: z.string(),
  by: z.object({ id: SlackUserId, name: z.string() }),
  at: z.string(),
});
export type GateDecision = z.infer<typeof GateDecision>;

/** What the policy says of decisions. */
export interface ReviewRule {
  /** Distinct people for a yes, by severity; unproven and suppressed ones count as `otherwise`. */
  approvals: Readonly<Record<GateSeverity | 'otherwise', number>>;
  /** Severities that are released, marked, without a person. */
  release: readonly GateSeverity[];
}

export type Fate =
  | { kind: 'open'; yes: number; of: number }
  | { kind: 'release'; by: string; falsePositive: boolean }
  | { kind: 'keep out'; by: string }
  | { kind: 'delete'; by: string };

const speaksOf = (scope: Scope, ref: Ref): boolean =>
  scope.kind === 'all' || scope.refs.includes(ref);

/** How many yeses this object needs. */
export const approvalsFor = ({ verdict }: Pick<Held, 'verdict'>, rule: ReviewRule): number =>
  rule.approvals[verdict.kind === 'sensitive' ? verdict.severity : 'otherwise'];

/**
 * What is to become of one held object, from all decisions in their order: one no keeps it out, a yes needs as many distinct
 * people as the policy says. Unknown means hold (D7). A deletion needs a second person, always (D31).
 */
export const fateOf = (
  held: Pick<Held, 'ref' | 'verdict'>,
  decisions: readonly GateDecision[],
  rule: ReviewRule,
): Fate => {
  const of = approvalsFor(held, rule);
  if (held.verdict.kind === 'sensitive' && rule.release.includes(held.verdict.severity))
    return { kind: 'release', by: 'the policy', falsePositive: false };
  const yes = new Map<string, GateDecision>();
  const deletes = new Map<string, GateDecision>();
  for (const decision of decisions) {
    if (!speaksOf(decision.scope, held.ref)) continue;
    switch (decision.verdict) {
      case 'deny':
        return { kind: 'keep out', by: decision.by.name };
      case 'delete':
        deletes.set(decision.by.id, decision);
        if (deletes.size >= 2) return { kind: 'delete', by: names(deletes) };
        break;
      case 'approve':
        yes.set(decision.by.id, decision);
        if (yes.size >= of)
          return {
            kind: 'release',
            by: names(yes),
            falsePositive: [...yes.values()].every((each) => each.falsePositive === true),
          };
        break;
    }
  }
  return { kind: 'open', yes: yes.size, of };
};

const names = (decisions: ReadonlyMap<string, GateDecision>): string =>
  [...decisions.values()].map(({ by }) => by.name).join(' and ');
