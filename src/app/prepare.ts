import type { Planned } from '../domain/plan';
import type { Asked } from '../domain/playbook';
import type { Remediation } from '../domain/remediation';
import type { Deps } from './ports';
import { propose, type Next } from './propose';

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
  { id, playbook, target, control, requester, finding, options }: Remediation,
): Promise<Planned> => {
  const record = finding && (await deps.store.finding(finding));
  const asked = {
    target,
    ...(control && { control }),
    ...(record && { finding: record.finding }),
    ...(options && { options }),
    now: deps.now().toISOString(),
  };
  return look(deps, playbook, asked, { name: requester.name, remediation: id });
};

/** First look at the target: a plan to decide on, nothing to do, or a refusal. */
export const prepare = async (deps: Deps, remediation: Remediation): Promise<Next> => {
  if (remediation.status.state !== 'preparing') return { next: 'advance' };
  return propose(deps, remediation, await lookFor(deps, remediation));
};
