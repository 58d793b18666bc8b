import type { Finding } from '../finding';
import type { Offer } from '../playbook';
import { targetOf, type Target } from '../target';
import type { Window } from './hours';
import { all, fits, listsHold, tagsHold, type Match } from './matching';
import type { ApprovalRule } from './rule';
import type { Rule } from './rules';
import type { Policy } from './schema';
import { strictest } from './strictest';

/** What is asked for: a playbook on a target, because of a finding or by a command alone. */
export interface About {
  playbook: Pick<Offer, 'id' | 'answers'>;
  target: Target;
  finding?: Finding | undefined;
}

/** How a change may run. The `rule` of `automatic` is for when it may not run by itself after all. */
export type Ruling =
  | { run: 'never'; because: string }
  | { run: 'automatic'; rule: ApprovalRule; evenWithWarnings: boolean; window?: NamedWindow }
  | { run: 'approval'; rule: ApprovalRule; because?: string; window?: NamedWindow };
export type NamedWindow = Window & { name: string };

/** What `approval` says for this playbook, whatever the rules say. */
export const ruleFor = ({ approval }: Policy, playbook: string): ApprovalRule =>
  approval.playbooks[playbook] ?? approval.default;

/**
 * The first rule that matches decides; where none does, `approval`. A rule of which nobody knows whether it matches,
 * since the tags or the finding are not known, counts too, and the strictest of them all decides: the unknown never
 * loosens (law 10). A refusal that may be meant for something else is a question to two people, who can look.
 */
export const rulingFor = (policy: Policy, about: About): Ruling => {
  const base = ruleFor(policy, about.playbook.id);
  const matches = policy.rules.map((rule) => matchOf(rule, about));
  const first = matches.indexOf('yes');
  const decided = policy.rules[first];
  const perhaps = policy.rules
    .filter((_, index) => matches[index] === 'unknown' && (!decided || index < first))
    .map((rule) => unsure(rulingOf(policy, rule, base), base, about));
  return strictest(
    decided ? rulingOf(policy, decided, base) : { run: 'approval', rule: base },
    perhaps,
  );
};

const matchOf = ({ when }: Rule, { playbook, target, finding }: About): Match => {
  const answered = when.control?.some((word) => playbook.answers.some((each) => fits(word, each)));
  const known = finding
    ? {
        product: finding.product,
        type: finding.type,
        severity: finding.severity,
        control: finding.control ?? null,
      }
    : { control: answered ? undefined : null };
  const { account, region } = target;
  return all([
    listsHold(when, { playbook: playbook.id, account, region, ...known }),
    tagsHold(when.tag, finding ? tagsOf(finding, target) : {}),
  ]);
};

const tagsOf = (finding: Finding, { kind, id, account, region }: Target): Record<string, string> =>
  Object.fromEntries(
    finding.resources.flatMap((resource) => {
      const own = targetOf(finding, resource);
      const same = own?.id === id && own.kind === kind;
      return same && own.account === account && own.region === region
        ? Object.entries(resource.tags)
        : [];
    }),
  );

const rulingOf = (policy: Policy, rule: Rule, base: ApprovalRule): Ruling => {
  if (rule.run === 'never') return { run: 'never', because: rule.because };
  // The policy was checked: a window that is named is there.
  const window = rule.window && {
    window: { name: rule.window, ...policy.windows[rule.window]! },
  };
  if (rule.run === 'automatic') {
    const { evenWithWarnings } = rule;
    return { run: 'automatic', rule: base, evenWithWarnings, ...window };
  }
  const { because, expiresAfter = base.expiresAfter, reason = base.reason } = rule;
  const people =
    rule.run === 'ask'
      ? { approvals: 1, from: 'responder' as const, separate: false }
      : { approvals: rule.run === 'two people' ? 2 : 1, from: rule.from, separate: true };
  return {
    run: 'approval',
    rule: { ...base, ...people, expiresAfter, ...(reason !== undefined && { reason }) },
    ...(because && { because }),
    ...window,
  };
};

/** A ruling that may not be meant for this target, with words for those who have to judge it. */
const unsure = (ruling: Ruling, base: ApprovalRule, { target, finding }: About): Ruling => {
  if (ruling.run === 'automatic') return ruling;
  const why = finding ? `The tags of ${target.id} are not known` : 'There is no finding';
  const because = ruling.because ? `: ${ruling.because}` : '.';
  if (ruling.run === 'approval')
    return { ...ruling, because: `${why}, so a stricter rule may be meant for it${because}` };
  return {
    run: 'approval',
    rule: { ...base, approvals: Math.max(2, base.approvals), from: 'approver', separate: true },
    because: `${why}, so a rule that forbids this may be meant for it${because}`,
  };
};
