import * as z from 'zod/mini';
import { hash, Json } from './canonical';
import { Target } from './target';

/** One operation with its input: the unit that is saved, applied, read back and undone. */
export const Step = z.object({
  operation: z.string(),
  input: Json,
  /** `protect` keeps what evidence is taken from; `evidence` is never undone (law 8). */
  phase: z.enum(['protect', 'evidence', 'contain', 'change']),
  /** A failed optional step is told and passed over. */
  optional: z.optional(z.boolean()),
  /** Its input speaks of outputs of earlier steps (see chain.ts); the hash covers it as it stands here. */
  chained: z.optional(z.boolean()),
});
export type Step = z.infer<typeof Step>;

/** A line of the preview: what stands there now and what will stand there. */
export const Effect = z.object({ what: z.string(), before: z.string(), after: z.string() });
export type Effect = z.infer<typeof Effect>;

/** Everything that the approver decides on. */
export const Plan = z.object({
  playbook: z.string(),
  target: Target,
  steps: z.array(Step).check(z.minLength(1)),
  effects: z.array(Effect),
  /** What stays as it is, in words. */
  keeps: z.array(z.string()),
  warnings: z.array(z.string()),
  /** Who and what else is touched. It may change while people decide, so it is shown but not part of the hash. */
  blastRadius: z.array(z.string()),
  /** What the control still wants afterwards and no step can do: then the finding is not resolved by it (law 6). */
  leaves: z.optional(z.string()),
  /** What containment cannot reach or could not see, in words: with any of it the end is partial, however well it went. */
  uncontained: z.optional(z.array(z.string())),
  reversible: z.union([z.literal('exactly'), z.object({ not: z.string() })]),
});
export type Plan = z.infer<typeof Plan>;

/** Containment is not undone but released: at any time, by what `undo` of the policy says. */
export const contains = ({ steps }: Pick<Plan, 'steps'>): boolean =>
  steps.some(({ phase }) => phase === 'contain');

/** It adds to what is known and takes nothing away, so there is nothing to take back. */
export const onlyCollects = ({ steps }: Pick<Plan, 'steps'>): boolean =>
  steps.every(({ phase }) => phase === 'evidence');

export type Planned =
  | { kind: 'plan'; plan: Plan }
  | { kind: 'compliant'; because: string }
  | { kind: 'refusal'; because: string };

/** What a decision is bound to (law 2): the changes and the warnings, 64 hex digits. */
export const planHash = ({ blastRadius: _, ...decided }: Plan): string => hash(decided);
