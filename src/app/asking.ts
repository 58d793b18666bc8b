import type { Plan } from '../domain/plan';
import {
  exceedsTargets,
  mayRunAutomatically,
  ruleFor,
  rulingFor,
  type ApprovalRule,
  type Ruling,
} from '../domain/policy';
import type { Remediation } from '../domain/remediation';
import type { Deps } from './ports';

/** Who has to say yes to this plan: nobody ever, people, or a rule that said it already. */
export type Asking =
  | { kind: 'never'; because: string }
  | { kind: 'people'; rule: ApprovalRule; because?: string }
  | { kind: 'automatic'; rule: ApprovalRule };

/** What the policy says of a remediation now: with its finding's severity, product and tags. */
export const rulingOf = async (
  { store, policy, offers }: Pick<Deps, 'store' | 'policy' | 'offers'>,
  { finding, playbook: id, target }: Pick<Remediation, 'finding' | 'playbook' | 'target'>,
): Promise<Ruling> => {
  const record = finding && (await store.finding(finding));
  const playbook = offers.find((offer) => offer.id === id) ?? { id, answers: [] };
  return rulingFor(policy, { playbook, target, ...(record && { finding: record.finding }) });
};

/** The caps stop and ask: whatever the rules say, too much at once needs other eyes. */
export const askFor = async (
  deps: Pick<Deps, 'store' | 'policy' | 'offers' | 'now'>,
  remediation: Remediation,
  plan: Plan,
): Promise<Asking> => {
  const { policy } = deps;
  const ruling = await rulingOf(deps, remediation);
  if (ruling.run === 'never') return { kind: 'never', because: ruling.because };
  if (ruling.run === 'approval') {
    const tooMany = exceedsTargets(policy, plan.steps.length);
    const { rule, because } = ruling;
    return tooMany && !rule.separate
      ? {
          kind: 'people',
          rule: { ...ruleFor(policy, remediation.playbook), separate: true },
          because: tooMany,
        }
      : { kind: 'people', rule, ...(because && { because }) };
  }
  const verdict = await byRule(deps, remediation, ruling, plan);
  return verdict.ok
    ? { kind: 'automatic', rule: ruling.rule }
    : { kind: 'people', rule: ruling.rule, because: verdict.because };
};

const byRule = async (
  { store, policy, now }: Pick<Deps, 'store' | 'policy' | 'now'>,
  remediation: Remediation,
  ruling: Extract<Ruling, { run: 'automatic' }>,
  plan: Plan,
) => {
  const at = now();
  const quiet = mayRunAutomatically(policy, ruling, plan, { runsInTheLastHour: 0, now: at });
  // What would not run anyway takes no place under the cap.
  if (!quiet.ok) return quiet;
  const { id, requestedAt } = remediation;
  const most = policy.caps.automaticPerHour;
  const runsInTheLastHour = await store.automaticBeside(id, requestedAt, most);
  return mayRunAutomatically(policy, ruling, plan, { runsInTheLastHour, now: at });
};
