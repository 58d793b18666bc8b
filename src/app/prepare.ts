import { planHash, type Planned } from '../domain/plan';
import type { Asked } from '../domain/playbook';
import { ruleFor } from '../domain/policy';
import type { Proposal, Remediation, Status } from '../domain/remediation';
import { told } from './events';
import { finishWith, move } from './move';
import type { Deps } from './ports';

export type Next = { next: 'ask' | 'advance' | 'finish' } | { next: 'wait'; seconds: number };

/** Looks at the target through the playbook's read-only session and plans. */
export const look = async (
  { playbooks, estate }: Pick<Deps, 'playbooks' | 'estate'>,
  playbookId: string,
  asked: Asked,
  who: { name: string; remediation: string },
): Promise<Planned> => {
  const playbook = playbooks.find(({ id }) => id === playbookId);
  if (!playbook)
    return { kind: 'refusal', because: `There is no playbook ${playbookId} any more.` };
  return playbook.look(await estate.session(asked.target, playbook.permissions, who), asked);
};

export const lookFor = async (
  deps: Deps,
  { id, playbook, target, control, requester, finding }: Remediation,
): Promise<Planned> => {
  const record = finding && (await deps.store.finding(finding));
  const asked = {
    target,
    ...(control && { control }),
    ...(record && { finding: record.finding }),
    now: deps.now().toISOString(),
  };
  return look(deps, playbook, asked, { name: requester.name, remediation: id });
};

/** First look at the target: a plan to decide on, nothing to do, or a refusal. */
export const prepare = async (deps: Deps, remediation: Remediation): Promise<Next> => {
  if (remediation.status.state !== 'preparing') return { next: 'advance' };
  return propose(deps, remediation, await lookFor(deps, remediation));
};

/** Puts what was planned before people. A changed plan is a new proposal: earlier decisions do not count for it. */
export const propose = async (
  deps: Deps,
  remediation: Remediation,
  planned: Planned,
): Promise<Next> => {
  const at = deps.now();
  if (planned.kind !== 'plan') {
    const state = planned.kind === 'compliant' ? 'compliant' : 'refused';
    const status: Status = { state, at: at.toISOString(), because: planned.because };
    await finishWith(
      deps,
      remediation,
      status,
      told(remediation, `remediation.${state}`, at, { because: planned.because }),
    );
    return { next: 'finish' };
  }
  const rule = ruleFor(deps.policy, remediation.playbook);
  const proposal: Proposal = {
    plan: planned.plan,
    hash: planHash(planned.plan),
    revision: (remediation.proposal?.revision ?? 0) + 1,
    rule,
    until: new Date(at.getTime() + rule.expiresAfter).toISOString(),
    decisions: [],
  };
  const type = remediation.proposal ? 'remediation.replanned' : 'remediation.planned';
  await move(
    deps,
    { ...remediation, proposal },
    { state: 'awaiting approval' },
    [
      told(
        remediation,
        type,
        at,
        {
          hash: proposal.hash,
          changes: planned.plan.effects.length,
          steps: planned.plan.steps.length,
        },
        { mark: proposal.revision },
      ),
      told(
        remediation,
        'approval.asked',
        at,
        { needed: rule.approvals, from: rule.from, until: proposal.until },
        { mark: proposal.revision },
      ),
    ],
    { due: { id: remediation.id, at: proposal.until } },
  );
  return { next: 'ask' };
};
