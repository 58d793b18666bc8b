import * as z from 'zod/mini';
import { hash } from './canonical';
import { CaseId, RemediationId } from './ids';

/** Facts in the past tense. The thread, the table and the bucket all tell the same list. */
export const auditTypes = [
  'finding.received',
  'finding.changed',
  'finding.announced',
  'finding.acknowledged',
  'finding.assigned',
  'finding.suppressed',
  'finding.reopened',
  'finding.sent',
  'finding.passed',
  'finding.still-failed',
  'finding.triage-refused',
  'finding.resolved',
  'finding.unresolved',
  'finding.write-failed',
  'remediation.requested',
  'remediation.request-refused',
  'remediation.planned',
  'remediation.replanned',
  'remediation.compliant',
  'remediation.refused',
  'remediation.waiting',
  'remediation.cancelled',
  'remediation.done',
  'remediation.rolling-back',
  'remediation.rolled-back',
  'remediation.held',
  'remediation.loosened',
  'approval.asked',
  'approval.reminded',
  'approval.escalated',
  'approval.given',
  'approval.denied',
  'approval.refused',
  'approval.expired',
  'step.applied',
  'step.skipped',
  'step.failed',
  'step.undone',
  'undo.requested',
  'undo.refused',
  'undo.done',
  'gate.started',
  'gate.start-refused',
  'gate.staged',
  'gate.scanning',
  'gate.scan-paused',
  'gate.scanned',
  'gate.judged',
  'gate.released',
  'gate.review-asked',
  'gate.reminded',
  'gate.decided',
  'gate.decision-refused',
  'gate.objects-released',
  'gate.objects-kept-out',
  'gate.objects-deleted',
  'gate.objects-outdated',
  'gate.samples-shown',
  'gate.spared',
  'gate.expired',
  'gate.reopened',
  'gate.held',
  'gate.resumed',
  'gate.aborting',
  'gate.aborted',
  'gate.done',
  'gate.strayed',
] as const;
export const AuditType = z.enum(auditTypes);
export type AuditType = z.infer<typeof AuditType>;

const Facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type Facts = z.infer<typeof Facts>;

export const AuditEvent = z.object({
  /** The same fact has the same id, so that telling it twice writes it once (law 4). */
  id: z.string().check(z.minLength(1), z.maxLength(200)),
  type: AuditType,
  case: CaseId,
  remediation: z.optional(RemediationId),
  at: z.string(),
  actor: z.union([
    z.object({ kind: z.literal('person'), id: z.string(), name: z.string() }),
    z.object({ kind: z.literal('drawbridge') }),
  ]),
  facts: Facts,
});
export type AuditEvent = z.infer<typeof AuditEvent>;

/** One link of a case's chain. Its hash covers its place, its predecessor and its whole event. */
export const Link = z.object({
  seq: z.int().check(z.minimum(1)),
  previous: z.string(),
  hash: z.string(),
  event: AuditEvent,
});
export type Link = z.infer<typeof Link>;

/** What the first link of each chain points to. */
export const origin = '0'.repeat(64);

const linkHash = (seq: number, previous: string, event: Link['event']): string =>
  hash({ seq, previous, event });

export const link = (
  previous: Pick<Link, 'seq' | 'hash'> | undefined,
  event: Link['event'],
): Link => {
  const seq = (previous?.seq ?? 0) + 1;
  const from = previous?.hash ?? origin;
  return { seq, previous: from, hash: linkHash(seq, from, event), event };
};

export type Verdict =
  | { ok: true; links: number; head: string }
  | { ok: false; seq: number; because: string };

/** Walks a chain and names the first broken link. A cut-off tail shows only against a known head. */
export const verify = (links: readonly Link[], head?: Pick<Link, 'seq' | 'hash'>): Verdict => {
  let previous = origin;
  for (const [index, each] of links.entries()) {
    const seq = index + 1;
    if (each.seq !== seq) return { ok: false, seq, because: `link ${seq} is missing` };
    if (each.previous !== previous)
      return { ok: false, seq, because: `link ${seq} does not follow the link before it` };
    if (linkHash(seq, previous, each.event) !== each.hash)
      return {
        ok: false,
        seq,
        because: `link ${seq} was altered: its content does not give its hash`,
      };
    previous = each.hash;
  }
  if (head && (head.seq !== links.length || head.hash !== previous))
    return {
      ok: false,
      seq: links.length + 1,
      because: `the chain ends at link ${links.length}, its head says ${head.seq}`,
    };
  return { ok: true, links: links.length, head: previous };
};
