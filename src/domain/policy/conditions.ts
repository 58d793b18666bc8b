import * as z from 'zod/mini';
import { Severity } from '../finding';
import { AccountId, Region } from '../ids';

/** An empty list would match nothing, ever: that is a slip. */
const some = <T extends z.core.$ZodType>(item: T, words: string) =>
  z.optional(z.array(item).check(z.minLength(1))).check(z.describe(words));

const word = z.string().check(z.minLength(1), z.maxLength(300));
const control = z
  .string()
  .check(z.regex(/^[A-Za-z][A-Za-z\d]*\.(\d+|\*)$/, 'a control id such as EC2.13, or EC2.*'));
const playbook = z.string().check(z.regex(/^[a-z\d]+(-[a-z\d]+)+$/, 'the id of a playbook'));

const conditions = {
  product: some(word, 'Products, as on the card: Security Hub, GuardDuty, Macie, Inspector …'),
  type: some(word, 'Finding types; a * at the end stands for the rest: Recon:EC2/*'),
  control: some(control, 'Security Hub controls: EC2.13, or EC2.* for all of EC2.'),
  severity: some(Severity, 'Severities, on the scale of the cards.'),
  account: some(AccountId, 'AWS accounts, 12 digits in quotes.'),
  region: some(Region, 'AWS Regions.'),
  tag: z
    .optional(z.record(z.string(), z.string()))
    .check(z.describe('Tags of the resource, as the finding tells them: all of them, exactly so.')),
};

/** All conditions that are given must hold; a list holds when any word of it does. */
export const RouteWhen = z.strictObject(conditions);

export const RuleWhen = z.strictObject({
  playbook: some(playbook, 'Ids of playbooks.'),
  ...conditions,
});

export const ExceptionWhen = z
  .strictObject({
    ...conditions,
    resource: z.optional(word).check(z.describe('The exact id or ARN of one resource.')),
  })
  .check(z.refine((when) => Object.keys(when).length > 0, 'this would except everything'));

export type Conditions = z.infer<typeof RuleWhen>;
