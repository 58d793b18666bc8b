import { hash } from '../domain/canonical';
import { RemediationId, type CaseId, type FindingKey } from '../domain/ids';
import { offersFor, type Offered } from '../domain/playbook';
import { rulingFor } from '../domain/policy';
import type { Remediation } from '../domain/remediation';
import { lockOf } from '../domain/target';
import { told } from './events';
import type { Deps, FindingRecord } from './ports';

type Needs = Pick<Deps, 'store' | 'policy' | 'offers' | 'now'>;

/**
 * Where a rule says `automatic`, Drawbridge itself asks for the remediation, once per finding: a fix that did not hold
 * is for people. Called again after each delivery, it finds its own request and does nothing (law 4).
 */
export const askByRule = async (deps: Needs, key: FindingKey): Promise<void> => {
  const record = await deps.store.finding(key);
  if (!record || record.remediation || record.exception) return;
  // In a storm a rule would fill the channel with what its caps then ask people for: they have the group's card.
  if (record.group?.shown === 'soon') return;
  const { finding } = record;
  const offered = offersFor(deps.offers, finding).find(
    ({ offer: playbook, target }) =>
      rulingFor(deps.policy, { playbook, target, finding }).run === 'automatic',
  );
  if (offered) await write(deps, record, offered);
};

const write = async (
  { store, now }: Needs,
  record: FindingRecord,
  { offer, target }: Offered,
): Promise<void> => {
  const { key, control } = record.finding;
  const remediation: Remediation = {
    // The same finding, playbook and target give the same id: asked twice, it is stored once.
    id: RemediationId.parse(`rem-${hash([key, offer.id, target]).slice(0, 20)}`),
    case: key as string as CaseId,
    finding: key,
    ...(control && { control }),
    playbook: offer.id,
    title: offer.title,
    target,
    requester: { name: 'Drawbridge' },
    reason: 'A rule of the policy runs this playbook by itself.',
    requestedAt: now().toISOString(),
    channel: record.channel,
    status: { state: 'preparing' },
    version: 1,
  };
  const facts = { playbook: offer.id, target: target.id, reason: remediation.reason };
  const { group: _, ...own } = record;
  // Conflicts and locks are left to the next delivery, or to people: somebody is already at it.
  await store.commit({
    remediation,
    finding: { ...own, remediation: remediation.id, version: record.version + 1 },
    take: { lock: lockOf(offer.id, target), by: remediation.id },
    events: [told(remediation, 'remediation.requested', now(), facts)],
  });
};
