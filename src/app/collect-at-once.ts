import { hash } from '../domain/canonical';
import { RemediationId, type CaseId } from '../domain/ids';
import type { Remediation } from '../domain/remediation';
import { lockOf } from '../domain/target';
import { rulingOf } from './asking';
import { told } from './events';
import type { Deps } from './ports';

type Needs = Pick<Deps, 'store' | 'policy' | 'offers' | 'now'>;

/**
 * While people decide, evidence gets cold: where a rule lets the playbook that takes it run by itself, it is asked for as
 * soon as a plan waits for them. It is a case of its own, so that neither waits for the other. Called again, it finds its own request.
 */
export const collectAtOnce = async (deps: Needs, remediation: Remediation): Promise<void> => {
  const { store, offers, now } = deps;
  const { target, requester, channel, options, finding } = remediation;
  const own = offers.find(({ id }) => id === remediation.playbook)?.evidence;
  const offer = offers.find(({ id }) => id === own);
  if (!offer) return;
  const playbook = offer.id;
  if ((await rulingOf(deps, { playbook, target, finding })).run !== 'automatic') return;
  const id = RemediationId.parse(`rem-${hash([remediation.id, playbook]).slice(0, 20)}`);
  const offered = offer.options?.map((each) => each.id) ?? [];
  const collecting: Remediation = {
    id,
    case: id as string as CaseId,
    ...(finding && { finding }),
    playbook,
    title: offer.title,
    target,
    ...(options && { options: options.filter((each) => offered.includes(each)) }),
    requester: { name: 'Drawbridge' },
    reason: `${requester.name} asked for ${remediation.id}, ${remediation.title}, and a rule of the policy takes evidence at once.`,
    requestedAt: now().toISOString(),
    channel,
    status: { state: 'preparing' },
    version: 1,
  };
  const facts = {
    playbook,
    target: target.id,
    reason: collecting.reason,
    title: `${offer.title}: ${target.id}`,
  };
  // A lock or a conflict: it is being taken already.
  await store.commit({
    remediation: collecting,
    take: { lock: lockOf(playbook, target), by: id },
    events: [told(collecting, 'remediation.requested', now(), facts)],
  });
};
