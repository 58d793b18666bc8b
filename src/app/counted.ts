import type { AuditEvent, AuditType, Facts } from '../domain/audit';
import { outcomeOf } from '../domain/outcome-name';
import { onlyCollects } from '../domain/plan';
import type { Remediation } from '../domain/remediation';
import type { Deps, FindingRecord } from './ports';

/** Whole seconds from one time to another. Clocks of two machines may differ: never less than none. */
const secondsBetween = (from: string | number, to: string): number =>
  Math.max(0, Math.round((new Date(to).getTime() - new Date(from).getTime()) / 1000));

/**
 * An event that ends something, with what it is counted by and how long it took. Counters see the link alone, and a link
 * never changes, so what is said here stays countable for ever. At most six facts more.
 */
export const counted = async (
  { store }: Pick<Deps, 'store'>,
  remediation: Remediation,
  event: AuditEvent,
): Promise<AuditEvent> => {
  const record = remediation.finding && (await store.finding(remediation.finding));
  const { playbook, target, requester } = remediation;
  const facts: Facts = {
    ...event.facts,
    ...times(remediation, record, event),
    playbook,
    account: target.account,
    // Called in the thread: who asked hears how it ended.
    ...(requester.id && outcomeOf(event.type) && { requester: requester.id }),
    ...(record && { severity: record.finding.severity }),
  };
  return { ...event, facts };
};

/** The same for what people do to a finding; other facts of findings are not counted. */
export const countedOf = (
  { finding, firstAt }: Pick<FindingRecord, 'finding' | 'firstAt'>,
  type: AuditType,
  at: string,
): Facts => {
  const by = { account: finding.account, severity: finding.severity };
  if (type === 'finding.acknowledged') return { took: secondsBetween(firstAt, at), ...by };
  return outcomeOf(type) ? by : {};
};

const times = (
  { requestedAt, proposal }: Remediation,
  record: FindingRecord | undefined,
  { type, at }: AuditEvent,
): Facts => {
  switch (type) {
    case 'approval.given':
    case 'approval.denied':
      // Its end was set from the moment when people were asked.
      return proposal
        ? { took: secondsBetween(Date.parse(proposal.until) - proposal.rule.expiresAfter, at) }
        : {};
    case 'remediation.done':
      return {
        took: secondsBetween(requestedAt, at),
        // Evidence alone remediates nothing.
        ...(record &&
          !(proposal && onlyCollects(proposal.plan)) && {
            sinceFinding: secondsBetween(record.firstAt, at),
          }),
      };
    default:
      return {};
  }
};
