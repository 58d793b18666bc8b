import { mayRequest } from '../domain/approval';
import { FindingKey, RemediationId, type CaseId } from '../domain/ids';
import { actor, type Person } from '../domain/person';
import { offersFor, type Offered } from '../domain/playbook';
import { rulingFor } from '../domain/policy';
import type { Remediation } from '../domain/remediation';
import { lockOf } from '../domain/target';
import { admit, type Click } from './authority';
import { noted, told } from './events';
import { ungrouped } from './own-card';
import type { DoorDeps, FindingRecord } from './ports';

/** What the Remediate button stands for: which playbook, for which finding, on which of its resources. */
export interface Ask {
  finding: string;
  playbook: string;
  target: string;
}

export type Requested =
  | { kind: 'started'; remediation: Remediation }
  | { kind: 'open already'; remediation: Remediation }
  | { kind: 'refused'; because: string; who?: 'responder' | 'approver' };

/** Which offer does this button stand for now? None if the finding is over or unknown. */
export const offered = async (
  { store, offers }: Pick<DoorDeps, 'store' | 'offers'>,
  ask: Ask,
): Promise<{ record: FindingRecord; offer: Offered } | undefined> => {
  const key = FindingKey.safeParse(ask.finding);
  const record = key.success ? await store.finding(key.data) : undefined;
  const offer =
    record &&
    offersFor(offers, record.finding).find(
      (each) => each.offer.id === ask.playbook && each.target.id === ask.target,
    );
  return record && offer && { record, offer };
};

/** May this person see the plan? The same question again when they send the request. */
export const mayAsk = async (
  deps: DoorDeps,
  ask: Ask,
  click: Click,
): Promise<Requested | { kind: 'ask'; record: FindingRecord; offer: Offered }> => {
  const [admitted, found] = await Promise.all([admit(deps, click, false), offered(deps, ask)]);
  const allowed = admitted.ok ? mayRequest(admitted.person) : admitted;
  if (!allowed.ok) {
    if (found) await auditRefusal(deps, found, admitted.person, allowed.because);
    return { ...allowed, kind: 'refused' };
  }
  if (!found)
    return {
      kind: 'refused',
      because: 'This finding is closed, so there is nothing to remediate.',
    };
  const { offer: playbook, target } = found.offer;
  const { finding } = found.record;
  const ruling = rulingFor(deps.policy, { playbook, target, finding });
  if (ruling.run === 'never') {
    await auditRefusal(deps, found, admitted.person, ruling.because);
    return { kind: 'refused', because: ruling.because };
  }
  const open = await openRemediation(deps, found.offer);
  return open ? { kind: 'open already', remediation: open } : { kind: 'ask', ...found };
};

/** Deliveries of the same finding may come in between this often. */
const tries = 5;

/** Writes one remediation down, which starts it (see `runOf`); whoever asks second for the same playbook and target is shown the first (law 5). */
export const request = async (
  deps: DoorDeps,
  ask: Ask,
  click: Click,
  reason: string,
  left = tries,
): Promise<Requested> => {
  const asked = await mayAsk(deps, ask, click);
  if (asked.kind !== 'ask') return asked;
  const { record, offer } = asked;
  const { store, people, now, random } = deps;
  const person = await people.person(click.user, false);
  const remediation: Remediation = {
    id: RemediationId.parse(`rem-${random()}`),
    case: record.finding.key as string as CaseId,
    finding: record.finding.key,
    ...(record.finding.control && { control: record.finding.control }),
    playbook: offer.offer.id,
    title: offer.offer.title,
    target: offer.target,
    requester: { id: person.id, name: person.name },
    reason,
    requestedAt: now().toISOString(),
    channel: record.channel,
    status: { state: 'preparing' },
    version: 1,
  };
  const outcome = await store.commit({
    remediation,
    finding: { ...askedFor(record, remediation.id), version: record.version + 1 },
    take: { lock: lockOf(remediation.playbook, remediation.target), by: remediation.id },
    events: [
      told(
        remediation,
        'remediation.requested',
        now(),
        { playbook: remediation.playbook, target: remediation.target.id, reason },
        { by: actor(person) },
      ),
    ],
  });
  if (outcome === 'conflict' && left > 1) return request(deps, ask, click, reason, left - 1);
  if (outcome !== 'done') {
    const open = await openRemediation(deps, offer);
    return open
      ? { kind: 'open already', remediation: open }
      : {
          kind: 'refused',
          because: 'Another request for this target is being handled. Try again in a moment.',
        };
  }
  return { kind: 'started', remediation };
};

/** What the control said of an earlier remediation, it did not say of this one. */
const askedFor = (record: FindingRecord, remediation: RemediationId): FindingRecord => {
  const { passedAt: _, doubtedAt: __, ...rest } = ungrouped(record);
  return { ...rest, remediation };
};

const auditRefusal = async (
  { store, now }: DoorDeps,
  { record, offer }: { record: FindingRecord; offer: Offered },
  person: Person,
  because: string,
): Promise<void> => {
  const at = now();
  const facts = { playbook: offer.offer.id, target: offer.target.id, because };
  const mark = `${person.id}/${at.toISOString()}`;
  const event = noted(record, 'remediation.request-refused', at, facts, {
    by: actor(person),
    mark,
  });
  await store.commit({ events: [event] });
};

const openRemediation = async (
  { store }: DoorDeps,
  { offer, target }: Offered,
): Promise<Remediation | undefined> => {
  const id = await store.openOn(lockOf(offer.id, target));
  return id && store.remediation(id);
};
