import type { Credential } from './read';

/** Which keys are due: by their age, or by the time since they were used; and when a password counts as unused. */
export interface Rule {
  by: 'age' | 'use';
  days: number;
  /** Days; absent where passwords do not matter. */
  password?: number;
}

/** Without a control by age: a key that was not used for 90 days is older than 90 days. */
export const ruleOf = (control: string | undefined): Rule => {
  if (control === 'IAM.3') return { by: 'age', days: 90 };
  if (control === 'IAM.8') return { by: 'use', days: 90, password: 90 };
  if (control === 'IAM.22') return { by: 'use', days: 45, password: 45 };
  return { by: 'age', days: 90, password: 90 };
};

const day = 24 * 3_600_000;

export const daysBetween = (from: string, to: string): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / day);

/** What was never used counts from when it was made. */
export const sinceUse = ({ created, lastUsed }: Credential): string => lastUsed ?? created;

export const isOver = (since: string, days: number, now: string): boolean =>
  Date.parse(now) - Date.parse(since) > days * day;

/** `2026-03-01`: dates stand in plans, ages never do, since a plan must not change by waiting. */
export const dateOf = (time: string): string => time.slice(0, 10);
