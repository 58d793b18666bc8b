import * as z from 'zod/mini';
import { Duration, units } from './duration';
import { Severity } from './finding';
import { AccountId, ChannelId, Region, SlackUserId } from './ids';
import { roles } from './person';

export { Duration };

const Role = z.enum(roles);

const groupId = z.string().check(z.regex(/^S[A-Z0-9]{2,}$/, 'a user group id such as S0123ABCD'));

const Members = z.strictObject({
  users: z._default(z.array(SlackUserId), []),
  groups: z._default(z.array(groupId), []),
});

/** How many distinct people must say yes, from which role, by when. */
export const ApprovalRule = z.strictObject({
  approvals: z.int().check(z.minimum(1), z.maximum(5)),
  from: Role,
  /** The requester's own yes does not count. */
  separate: z.boolean(),
  /** The workflow waits no longer than 30 days. */
  expiresAfter: Duration.check(z.maximum(30 * units.d)),
});
export type ApprovalRule = z.infer<typeof ApprovalRule>;

const When = z.strictObject({
  product: z.optional(z.array(z.string())),
  severity: z.optional(z.array(Severity)),
  account: z.optional(z.array(AccountId)),
  /** A tag of any of the finding's resources, e.g. `{ owner: payments }`. */
  tag: z.optional(z.record(z.string(), z.string())),
});

const Route = z.strictObject({ when: z._default(When, {}), to: ChannelId });

const label = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

/** config/drawbridge.yml: what a security team edits. Unknown keys are errors, so that typing slips are seen. */
export const Policy = z.strictObject({
  version: z.literal(1),
  /** Shown on each card, so that nobody takes a rehearsal for the real thing. */
  environment: label(20),
  team: z.string().check(z.regex(/^[TE][A-Z0-9]{2,}$/)),
  hub: z.strictObject({ account: AccountId, region: Region }),
  accounts: z.array(z.strictObject({ id: AccountId, name: label(40) })),
  roles: z.strictObject({ responder: Members, approver: Members }),
  approval: z.strictObject({
    default: ApprovalRule,
    playbooks: z._default(z.record(z.string(), ApprovalRule), {}),
  }),
  undo: z.strictObject({ by: Role, within: Duration }),
  routing: z.array(Route).check(z.minLength(1)),
});
export type Policy = z.infer<typeof Policy>;
export type Members = z.infer<typeof Members>;

/** The rule for this playbook, or the default. */
export const ruleFor = (policy: Policy, playbook: string): ApprovalRule =>
  policy.approval.playbooks[playbook] ?? policy.approval.default;

/** Channels where Drawbridge speaks are the channels where it may be used: no other list to forget. */
export const channelsOf = (policy: Policy): ReadonlySet<string> =>
  new Set(policy.routing.map((route) => route.to));

/** The name that people use for an account, with its number. */
export const accountLabel = (policy: Policy, id: string): string => {
  const known = policy.accounts.find((account) => account.id === id);
  return known ? `${known.name} (${id})` : id;
};
