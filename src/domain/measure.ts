import * as z from 'zod/mini';
import type { Link } from './audit';
import { Severity } from './finding';
import { outcomeOf, outcomes } from './outcome-name';

/** What is timed, each in seconds. */
export const spans = [
  /** A finding was received → somebody took notice. */
  'acknowledge',
  /** Approval was asked for → people decided. */
  'decide',
  /** A remediation was requested → it was done and read back. */
  'fulfil',
  /** A finding was received → it was remediated. */
  'remediate',
] as const;
export const Span = z.enum(spans);
export type Span = z.infer<typeof Span>;

/** What is counted by: left out where it is not known. */
const By = z.object({
  severity: z.optional(Severity),
  account: z.optional(z.string()),
  playbook: z.optional(z.string()),
});

export const Measure = z.union([
  z.object({
    kind: z.literal('time'),
    span: Span,
    seconds: z.number().check(z.minimum(0)),
    by: By,
  }),
  z.object({ kind: z.literal('outcome'), outcome: z.enum(outcomes), by: By }),
]);
export type Measure = z.infer<typeof Measure>;

/** What one event added, as it is kept. */
export const Sample = z.object({ at: z.string(), measures: z.array(Measure) });
export type Sample = z.infer<typeof Sample>;

/** What one fact of the trail adds to the numbers. Everything that it needs was said in the fact itself. */
export const measuresOf = ({ event }: Link): Measure[] => {
  const { type, actor, facts } = event;
  const by = byOf(facts);
  const time = (span: Span, seconds: unknown): Measure[] =>
    typeof seconds === 'number' && seconds >= 0 ? [{ kind: 'time', span, seconds, by }] : [];
  const outcome = outcomeOf(type);
  const ends: Measure[] = outcome ? [{ kind: 'outcome', outcome, by }] : [];
  switch (type) {
    case 'finding.acknowledged':
      return time('acknowledge', facts['took']);
    // Only what settles it says how long it took, and a rule of the policy takes nobody's time.
    case 'approval.given':
    case 'approval.denied':
      return [...(actor.kind === 'person' ? time('decide', facts['took']) : []), ...ends];
    case 'remediation.done':
      return [
        ...time('fulfil', facts['took']),
        ...time('remediate', facts['sinceFinding']),
        ...ends,
      ];
    default:
      return ends;
  }
};

const byOf = (facts: Readonly<Record<string, unknown>>): z.infer<typeof By> => {
  const severity = Severity.safeParse(facts['severity']);
  const { account, playbook } = facts;
  return {
    ...(severity.success && { severity: severity.data }),
    ...(typeof account === 'string' && { account }),
    ...(typeof playbook === 'string' && { playbook }),
  };
};
