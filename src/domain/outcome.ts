import * as z from 'zod/mini';
import { Severity } from './finding';
import { CaseId, FindingKey, RemediationId } from './ids';
import { heard } from './outcome-name';
import { Target } from './target';

const OutcomeName = z.enum(heard);

const text = z.string();
const at = z.string();

/**
 * What other systems are told, as `docs/outcomes.md` documents it field by field. A field may be added under this name;
 * one that changes its meaning or goes needs `drawbridge.outcome/2`. Times are ISO 8601 in UTC.
 */
export const Outcome = z.strictObject({
  schema: z.literal('drawbridge.outcome/1'),
  /** The same fact has the same id: a receiver drops what it has seen (law 4). */
  id: text,
  outcome: OutcomeName,
  at,
  environment: text,
  /** Who brought it about; Drawbridge itself where nobody did. */
  by: z.union([
    z.strictObject({ kind: z.literal('person'), id: text, name: z.optional(text) }),
    z.strictObject({ kind: z.literal('drawbridge') }),
  ]),
  /** Why, in words: of a person, of a playbook or of AWS. */
  because: z.optional(text),
  /** When an exception ends. */
  until: z.optional(at),
  finding: z.optional(
    z.strictObject({
      key: FindingKey,
      /** The source's own id, and with it the product's ARN: what Security Hub is asked by. */
      id: text,
      productArn: z.optional(text),
      product: text,
      control: z.optional(text),
      type: text,
      title: text,
      severity: Severity,
      account: text,
      region: z.optional(text),
      receivedAt: at,
    }),
  ),
  remediation: z.optional(
    z.strictObject({
      id: RemediationId,
      playbook: text,
      title: text,
      target: Target,
      requestedBy: z.strictObject({ id: z.optional(text), name: text }),
      requestedAt: at,
      reason: text,
      /** What was decided on; none where it ended before a plan was made. */
      plan: z.optional(z.strictObject({ hash: text, effects: z.int(), steps: z.int() })),
      approvedBy: z.array(z.strictObject({ id: text, name: text, at })),
      /** Until when it can be undone; of what was done only. */
      undoUntil: z.optional(at),
    }),
  ),
  /** Where this fact stands in the audit trail, and the hash by which it is checked. */
  audit: z.strictObject({ case: CaseId, seq: z.int(), hash: text, object: text }),
  /** `message` is the card: the thread below it tells the whole story. */
  slack: z.strictObject({ team: text, channel: text, message: z.optional(text), url: text }),
  links: z.array(z.strictObject({ words: text, url: text })),
});
export type Outcome = z.infer<typeof Outcome>;
