import { z } from 'zod';
import { Severity } from './finding';
import { AccountId, ChannelId, Region, SlackUserId } from './ids';
import { roles } from './person';

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `30m`, `4h`, `10d` → milliseconds. */
export const Duration = z
  .string()
  .regex(/^[1-9]\d{0,3}[mhd]$/, 'a number and m, h or d, such as 30m, 4h or 10d')
  .transform((text) => Number(text.slice(0, -1)) * units[text.at(-1) as keyof typeof units]);

const Role = z.enum(roles);

const Members = z.strictObject({
  users: z.array(SlackUserId).default([]),
  groups: z
    .array(z.string().regex(/^S[A-Z0-9]{2,}$/, 'a user group id such as S0123ABCD'))
    .default([]),
});

/** How many distinct people must say yes, from which role, by when. */
export const ApprovalRule = z.strictObject({
  approvals: z.number().int().min(1).max(5),
  from: Role,
  /** The requester's own yes does not count. */
  separate: z.boolean(),
  expiresAfter: Duration,
});
export type ApprovalRule = z.infer<typeof ApprovalRule>;

const Route = z.strictObject({
  when: z
    .strictObject({
      product: z.array(z.string()).optional(),
      severity: z.array(Severity).optional(),
      account: z.array(AccountId).optional(),
      /** A tag of any of the finding's resources, e.g. `{ owner: payments }`. */
      tag: z.record(z.string(), z.string()).optional(),
    })
    .default({}),
  to: ChannelId,
});

/** config/drawbridge.yml: what a security team edits. Unknown keys are errors, so that typing slips are seen. */
export const Policy = z.strictObject({
  version: z.literal(1),
  /** Shown on each card, so that nobody takes a rehearsal for the real thing. */
  environment: z.string().min(1).max(20),
  team: z.string().regex(/^[TE][A-Z0-9]{2,}$/),
  hub: z.strictObject({ account: AccountId, region: Region }),
  accounts: z.array(z.strictObject({ id: AccountId, name: z.string().min(1).max(40) })),
  roles: z.strictObject({ responder: Members, approver: Members }),
  approval: z.strictObject({
    default: ApprovalRule,
    playbooks: z.record(z.string(), ApprovalRule).default({}),
  }),
  undo: z.strictObject({ by: Role, within: Duration }),
  routing: z.array(Route).min(1),
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
