import type { Allowed } from '../domain/approval';
import type { AuditType, Facts } from '../domain/audit';
import { hash } from '../domain/canonical';
import { Told } from '../domain/errors';
import type { FindingKey } from '../domain/ids';
import { actor, type Person, type Role } from '../domain/person';
import { isActionable } from '../domain/playbook';
import { isAboutSilence, mayBeAssigned, mayTriage, untilOf, type Triage } from '../domain/triage';
import { admit, type Click } from './authority';
import { noted } from './events';
import type { DoorDeps, FindingRecord } from './ports';
import { dueOf, excepted, reopened } from './wish';

/** `nothing`: it is so already, or there is nothing to do it to. */
export type Triaged =
  | { kind: 'done' }
  | { kind: 'nothing'; because: string }
  | { kind: 'refused'; because: string; who?: Role };

type May =
  | { kind: 'may'; record: FindingRecord; person: Person }
  | Exclude<Triaged, { kind: 'done' }>;

/** May this person do that to the finding, and is there anything to do? Asked before a form is shown and again when it comes. */
export const mayTouch = async (
  deps: DoorDeps,
  what: Triage,
  key: FindingKey,
  click: Click,
): Promise<May> => {
  const [admitted, record] = await Promise.all([
    admit(deps, click, isAboutSilence(what)),
    deps.store.finding(key),
  ]);
  if (!record) return { kind: 'refused', because: 'This finding is not known here.' };
  const { person } = admitted;
  const allowed = admitted.ok ? mayTriage(person, what) : admitted;
  if (!allowed.ok) return refuse(deps, what, record, person, allowed);
  const because = obstacle(what, record);
  return because ? { kind: 'nothing', because } : { kind: 'may', record, person };
};

/** Why there is nothing to do. Whoever comes second hears who was first. */
const obstacle = (what: Triage, { finding, acknowledged, exception }: FindingRecord) => {
  if (what === 'end the exception of') {
    if (!exception) return 'There is no exception to end.';
    return exception.by ? '' : 'The policy makes this exception: it ends in config/drawbridge.yml.';
  }
  if (exception) {
    const who = exception.by?.name ?? 'the policy';
    return `It is suppressed by ${who} until ${exception.until} already.`;
  }
  if (!isActionable(finding)) return 'This finding is over, so there is nothing to do.';
  return what === 'acknowledge' && acknowledged
    ? `${acknowledged.name} already acknowledged it at ${acknowledged.at}.`
    : '';
};

export const acknowledge = (deps: DoorDeps, key: FindingKey, click: Click): Promise<Triaged> =>
  change(deps, 'acknowledge', key, click, ({ id: by, name }, record, at) => ({
    record: { ...record, acknowledged: { by, name, at: at.toISOString() } },
    type: 'finding.acknowledged',
    facts: {},
  }));

/** Only somebody who may act here can see to it. */
export const assign = async (
  deps: DoorDeps,
  key: FindingKey,
  click: Click,
  to: string,
): Promise<Triaged> => {
  const may = await mayTouch(deps, 'assign', key, click);
  if (may.kind !== 'may') return may;
  const chosen = await deps.people.person(to, false);
  const allowed = mayBeAssigned(chosen);
  if (!allowed.ok) return refuse(deps, 'assign', may.record, may.person, allowed);
  const { id, name } = chosen;
  return change(deps, 'assign', key, click, (_, record) =>
    record.assignee?.id === id
      ? `It is assigned to ${name} already.`
      : {
          record: { ...record, assignee: { id, name } },
          type: 'finding.assigned',
          facts: { to: name },
        },
  );
};

/** Accepts it for 1 to 365 days. What was written down here is told to the source by the outbox. */
export const suppress = (
  deps: DoorDeps,
  key: FindingKey,
  click: Click,
  { reason, days }: { reason: string; days: number },
): Promise<Triaged> =>
  change(deps, 'suppress', key, click, ({ id, name }, record, at) => {
    const until = untilOf(at, days);
    if (!until) return 'A finding can be suppressed for 1 to 365 days.';
    if (reason.length < 3) return 'Others read the reason: some words, please.';
    return {
      record: excepted(record, { by: { id, name }, reason, until }, at),
      type: 'finding.suppressed',
      facts: { reason, until },
    };
  });

/** Ends an exception before its time. */
export const lift = (deps: DoorDeps, key: FindingKey, click: Click): Promise<Triaged> =>
  change(deps, 'end the exception of', key, click, ({ name }, record, at) => {
    const because = `${name} ended its exception.`;
    return { record: reopened(record, because, at), type: 'finding.reopened', facts: { because } };
  });

/** Others may write in between this often. */
const tries = 5;

type Change =
  | { record: FindingRecord; type: AuditType; facts: Facts }
  /** Why there is nothing to do. */
  | string;

/** One conditional write with its fact. Who is late reads again, and hears what was done meanwhile. */
const change = async (
  deps: DoorDeps,
  what: Triage,
  key: FindingKey,
  click: Click,
  make: (by: Person, record: FindingRecord, at: Date) => Change,
): Promise<Triaged> => {
  for (let left = tries; left > 0; left -= 1) {
    const may = await mayTouch(deps, what, key, click);
    if (may.kind !== 'may') return may;
    const at = deps.now();
    const made = make(may.person, may.record, at);
    if (typeof made === 'string') return { kind: 'nothing', because: made };
    const version = may.record.version + 1;
    const finding = { ...made.record, version };
    const mark = { by: actor(may.person), mark: version };
    const event = noted(finding, made.type, at, made.facts, mark);
    const outcome = await deps.store.commit({ finding, events: [event], ...dueOf(finding, at) });
    if (outcome === 'done') return { kind: 'done' };
  }
  throw new Told('Too much happens to this finding at once. Nothing was changed; press again.');
};

const refuse = async (
  { store, now }: DoorDeps,
  what: Triage,
  record: FindingRecord,
  person: Person,
  { because, who }: Extract<Allowed, { ok: false }>,
): Promise<Triaged & { kind: 'refused' }> => {
  // Each reason is a fact of its own; the same click again is not.
  const mark = `${what}/${person.id}/${record.version}/${hash(because).slice(0, 8)}`;
  const facts = { action: what, because };
  const event = noted(record, 'finding.triage-refused', now(), facts, { by: actor(person), mark });
  await store.commit({ events: [event] });
  return { kind: 'refused', because, ...(who && { who }) };
};
