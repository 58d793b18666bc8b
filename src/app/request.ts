import { mayRequest } from '../domain/approval';
import type { Finding } from '../domain/finding';
import { FindingKey, RemediationId, type CaseId } from '../domain/ids';
import { actor, type Person } from '../domain/person';
import { offersFor, type Offered } from '../domain/playbook';
import { rulingFor } from '../domain/policy';
import type { Remediation } from '../domain/remediation';
import { lockOf, type Target } from '../domain/target';
import { admit, type Click } from './authority';
import { noted, told } from './events';
import { ungrouped } from './own-card';
import type { Committed, DoorDeps, FindingRecord } from './ports';

/** What the Remediate button stands for: which playbook, for which finding, on which of its resources. */
export interface Ask {
  finding: string;
  playbook: string;
  target: string;
  /** Ids of the options that were chosen. */
  options?: readonly string[] | undefined;
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
  const obstacle = await standsInTheWay(deps, found.offer, found.record.finding);
  if (obstacle?.kind === 'refused')
    await auditRefusal(deps, found, admitted.person, obstacle.because);
  return obstacle ?? { kind: 'ask', ...found };
};

type Obstacle = Exclude<Requested, { kind: 'started' }>;

/** The policy says never, or the same is under way already (law 5). */
export const standsInTheWay = async (
  deps: DoorDeps,
  { offer: playbook, target }: Offered,
  finding?: Finding,
): Promise<Obstacle | undefined> => {
  const ruling = rulingFor(deps.policy, { playbook, target, finding });
  if (ruling.run === 'never') return { kind: 'refused', because: ruling.because };
  const open = await openRemediation(deps, { offer: playbook, target });
  return open && { kind: 'open already', remediation: open };
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
  const remediation = await drafted(deps, offer, click, {
    case: record.finding.key as string as CaseId,
    finding: record.finding.key,
    ...(record.finding.control && { control: record.finding.control }),
    channel: record.channel,
    reason,
    options: ask.options,
  });
  const outcome = await begin(deps, remediation, {
    ...askedFor(record, remediation.id),
    version: record.version + 1,
  });
  return outcome === 'conflict' && left > 1
    ? request(deps, ask, click, reason, left - 1)
    : begun(deps, remediation, outcome);
};

type Draft = Pick<Remediation, 'reason' | 'channel' | 'finding' | 'control'> & {
  /** Without it, it is a case of its own. */
  case?: CaseId;
  options: readonly string[] | undefined;
};

export const drafted = async (
  { people, now, random }: DoorDeps,
  { offer, target }: Offered,
  { user }: Click,
  { options, ...draft }: Draft,
): Promise<Remediation> => {
  const { id: by, name } = await people.person(user, false);
  const id = RemediationId.parse(`rem-${random()}`);
  return {
    id,
    case: id as string as CaseId,
    playbook: offer.id,
    title: offer.title,
    target,
    requester: { id: by, name },
    requestedAt: now().toISOString(),
    status: { state: 'preparing' },
    version: 1,
    ...draft,
    ...(options && { options: [...options] }),
  };
};

/** Written down under the lock of its target, which starts it (see `runOf`). */
export const begin = (
  { store, now }: DoorDeps,
  remediation: Remediation,
  finding?: FindingRecord,
): Promise<Committed> => {
  const { playbook, target, reason, requester, title, options = [] } = remediation;
  const facts = {
    playbook,
    target: target.id,
    reason,
    // The first link of a case names it.
    ...(!finding && { title: `${title}: ${target.id}` }),
    ...(options.length > 0 && { options: options.join(', ') }),
  };
  const by = { kind: 'person', id: requester.id!, name: requester.name } as const;
  return store.commit({
    remediation,
    ...(finding && { finding }),
    take: { lock: lockOf(playbook, target), by: remediation.id },
    events: [told(remediation, 'remediation.requested', now(), facts, { by })],
  });
};

export const begun = async (
  deps: DoorDeps,
  remediation: Remediation,
  outcome: Committed,
): Promise<Requested> => {
  if (outcome === 'done') return { kind: 'started', remediation };
  const { playbook: id, target } = remediation;
  const open = await openRemediation(deps, { offer: { id }, target });
  return open
    ? { kind: 'open already', remediation: open }
    : {
        kind: 'refused',
        because: 'Another request for this target is being handled. Try again in a moment.',
      };
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
  { offer, target }: { offer: Pick<Offered['offer'], 'id'>; target: Target },
): Promise<Remediation | undefined> => {
  const id = await store.openOn(lockOf(offer.id, target));
  return id && store.remediation(id);
};
