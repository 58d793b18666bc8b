import { config, locales, type core } from 'zod/mini';
import { Policy } from '../src/domain/policy';
import { didYouMean } from './nearest';
import type { Path } from './policy-place';
import { policySchema } from './policy-schema';

// zod/mini says “Invalid input” and no more, unless it is given words.
config(locales.en());

/** One thing that is wrong: where, and what to do about it. */
export interface Fault {
  path: Path;
  words: string;
}

const time = 'write a time such as 30m, 4h or 10d';
const role = 'write responder or approver';
const account = '12 digits in quotes';

/** What to write there, by the last name of the path. */
const remedies: Record<string, string> = {
  version: 'write version: 1',
  environment: 'write a name of 1 to 20 characters, such as production',
  team: 'write the workspace id (T…); in Slack’s web address it follows /client/',
  account: `write ${account}; conditions take a list of them`,
  id: `write ${account}`,
  region: 'write a region such as eu-west-1; conditions take a list of them',
  users: 'write member ids (U…); in Slack, “Copy member ID” shows them',
  groups: 'write user group ids (S…)',
  emails: 'write addresses such as ann@example.com',
  approvals: 'write a number from 1 to 5',
  from: role,
  by: role,
  separate: 'write true or false',
  reason: 'write true or false in approval and rules, words in exceptions',
  expiresAfter: time,
  within: time,
  remindAfter: 'write a time such as 30m, shorter than escalateAfter and expiresAfter',
  escalateAfter: 'write a time such as 2h, shorter than expiresAfter, and escalateTo',
  escalateTo: 'write a user group id (S…) or a member id (U…), and escalateAfter',
  to: 'write a channel id (C…); in Slack, “View channel details” shows it; a window takes a time such as 17:00',
  show: 'write cards or digest',
  severity: 'write a list of critical, high, medium, low, informational',
  control: 'write a list such as [EC2.13, S3.*]',
  product: 'write a list such as [Security Hub]',
  type: "write a list such as ['Recon:EC2/*']",
  playbook: 'write a list of playbook ids; docs/playbooks.md has them',
  tag: 'write the tags as environment: production',
  when: 'write the conditions, or {} for everything',
  run: 'write automatic, ask, one approval, two people or never',
  because: 'write a sentence; never needs one',
  window: 'name one of the windows',
  quiet: 'name one of the windows',
  zone: 'write a time zone such as Europe/Berlin',
  days: 'write a list of mon, tue, wed, thu, fri, sat, sun',
  at: 'write a time such as 08:00',
  until: 'write its last day, such as 2027-03-31',
  owner: 'write who answers for it',
  routing: 'write at least one route: - { when: {}, to: C… }',
};

/** All names that the file may have anywhere. */
const names = (schema: unknown): string[] =>
  typeof schema !== 'object' || schema === null
    ? []
    : Object.entries(schema).flatMap(([key, value]) => [
        ...(key === 'properties' && typeof value === 'object' ? Object.keys(value as object) : []),
        ...names(value),
      ]);

const from = (remedy: string, { path, message }: core.$ZodIssue): Fault => ({
  path,
  words: `${message}: ${remedy}`,
});

/** Of several forms that a part may have, the one that fits best is meant. */
const meant = (issue: core.$ZodIssue): core.$ZodIssue[] => {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const [best = []] = issue.errors.toSorted((a, b) => a.length - b.length);
  return best.flatMap((each) => meant({ ...each, path: [...issue.path, ...each.path] }));
};

const faultsOf = (issue: core.$ZodIssue): Fault[] => {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = new Set(names(policySchema()));
    return issue.keys.map((key) => ({
      path: [...path, key],
      words: `there is no such name${didYouMean(key, known)}: take it out, or mend its spelling`,
    }));
  }
  const name = path.findLast((key) => typeof key === 'string');
  // Tools have names of their own, and their schema says what to write.
  const remedy = path[0] === 'tools' ? undefined : remedies[String(name)];
  return [from(remedy ?? 'see docs/policy.md for its form', issue)];
};

/** A file that the schema accepts, or what it finds wrong with it. */
export const checked = (value: unknown): { policy: Policy } | { faults: Fault[] } => {
  const { success, data, error } = Policy.safeParse(value);
  return success
    ? { policy: data }
    : { faults: error.issues.flatMap(meant).flatMap((issue) => faultsOf(issue)) };
};
