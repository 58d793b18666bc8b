import * as z from 'zod/mini';
import { Duration, units } from '../duration';
import { roles } from '../person';
import { RuleWhen } from './conditions';
import type { ApprovalRule as Stored } from './rule';

const role = z.enum(roles);
const words = z.string().check(z.minLength(1), z.maxLength(300));
const flag = (text: string) => z.optional(z.boolean()).check(z.describe(text));
const time = (text: string) => z.optional(Duration).check(z.describe(text));

/** The workflow waits no longer than 30 days. */
const Expiry = Duration.check(z.maximum(30 * units.d, 'at most 30d'));

/** An approval rule as people write it; parsed, it is what is stored with each proposal. */
export const ApprovalRule = z
  .strictObject({
    approvals: z
      .int()
      .check(z.minimum(1), z.maximum(5), z.describe('How many people must say yes: 1 to 5.')),
    from: role.check(z.describe('The role that decides.')),
    separate: z.boolean().check(z.describe('true: the requester’s own yes does not count.')),
    expiresAfter: Expiry.check(z.describe('The request ends then: 30m, 4h, up to 30d.')),
    reason: flag('true: a yes needs a reason too.'),
    remindAfter: time('The thread reminds then; before escalateAfter.'),
    escalateAfter: time('escalateTo is called then; before expiresAfter.'),
    escalateTo: z
      .optional(z.string().check(z.regex(/^[SUW][A-Z0-9]{2,}$/, 'a user group or member id')))
      .check(z.describe('User group (S…) or member (U…) that is called when nobody decides.')),
  })
  .check((context) => {
    for (const issue of orderFaults(context.value))
      context.issues.push({ code: 'custom', input: context.value, ...issue });
  });

/** Reminder, escalation and end must come in this order, or one of them never comes. */
export const orderFaults = (
  rule: Pick<Stored, 'expiresAfter' | 'remindAfter' | 'escalateAfter' | 'escalateTo'>,
): { path: string[]; message: string }[] => {
  const { expiresAfter, remindAfter, escalateAfter = expiresAfter, escalateTo } = rule;
  const late =
    remindAfter !== undefined && remindAfter >= escalateAfter
      ? [{ path: ['remindAfter'], message: 'the reminder comes too late' }]
      : [];
  if (rule.escalateAfter === undefined)
    return escalateTo === undefined
      ? late
      : [...late, { path: ['escalateTo'], message: 'nobody is called without escalateAfter' }];
  return [
    ...late,
    ...(escalateAfter >= expiresAfter
      ? [{ path: ['escalateAfter'], message: 'the escalation comes too late' }]
      : []),
    ...(escalateTo === undefined
      ? [{ path: ['escalateAfter'], message: 'escalateTo does not say who is called' }]
      : []),
  ];
};

const when = RuleWhen.check(z.describe('What this rule is for; {} is everything.'));
const because = z.optional(words).check(z.describe('Why; it is shown where the rule decides.'));
const window = z
  .optional(words)
  .check(z.describe('Name of a window: the change runs while it is open only.'));
const expiresAfter = z
  .optional(Expiry)
  .check(z.describe('Instead of the time that `approval` gives.'));
const reason = flag('true: a yes needs a reason too.');

/** How a change runs. Each way has its own settings, so that none is written that counts for nothing. */
export const Rule = z.discriminatedUnion('run', [
  z.strictObject({
    run: z.literal('never').check(z.describe('Refused, whoever asks.')),
    when,
    because: words.check(z.describe('The answer to whoever asks.')),
  }),
  z.strictObject({
    run: z.literal('automatic').check(z.describe('No person is asked, as long as nothing is odd.')),
    when,
    because,
    window,
    evenWithWarnings: z
      ._default(z.boolean(), false)
      .check(z.describe('true: also where the plan warns. Default: false.')),
  }),
  z.strictObject({
    run: z.literal('ask').check(z.describe('The requester’s own yes is enough.')),
    when,
    because,
    window,
    expiresAfter,
    reason,
  }),
  z.strictObject({
    run: z
      .enum(['one approval', 'two people'])
      .check(z.describe('One or two people must say yes, not counting the requester.')),
    when,
    because,
    window,
    from: z._default(role, 'approver').check(z.describe('Their role. Default: approver.')),
    expiresAfter,
    reason,
  }),
]);
export type Rule = z.infer<typeof Rule>;
