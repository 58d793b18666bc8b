import * as z from 'zod/mini';
import { roles } from '../person';

/** How many distinct people must say yes, from which role, by when. As it is stored: times are milliseconds. */
export const ApprovalRule = z.object({
  approvals: z.int(),
  from: z.enum(roles),
  /** The requester's own yes does not count. */
  separate: z.boolean(),
  expiresAfter: z.number(),
  /** A yes needs its reason too; a no always does. */
  reason: z.optional(z.boolean()),
  remindAfter: z.optional(z.number()),
  escalateAfter: z.optional(z.number()),
  /** Slack user or user group that is called when nobody decides. */
  escalateTo: z.optional(z.string()),
});
export type ApprovalRule = z.infer<typeof ApprovalRule>;
