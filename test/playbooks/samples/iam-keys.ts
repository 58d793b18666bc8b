import type { Plan, Planned } from '../../../src/domain/plan';
import { plan as planFor } from '../../../src/playbooks/deactivate-iam-access-keys/plan';
import type { KeyFacts, UserFacts } from '../../../src/playbooks/deactivate-iam-access-keys/read';
import { anAsked, day } from '../../support/builders';
import { deactivateIamAccessKeys as worlds } from './deactivate-iam-access-keys';

const { target } = worlds;
export const now = '2026-03-01T12:00:00.000Z';
export const ago = (days: number, ms = 0): string =>
  new Date(Date.parse(now) - days * day - ms).toISOString();

export const key = (id: string, created: number, more: Partial<KeyFacts> = {}): KeyFacts => ({
  id: `AKIAIOSFODNN7${id}`,
  active: true,
  created: ago(created, 1),
  ...more,
});
export const used = (days: number): Partial<KeyFacts> => ({
  lastUsed: ago(days, 1),
  by: 's3 in eu-west-1',
});

export type User = Extract<UserFacts, { kind: 'user' }>;
export const planned = (
  keys: readonly KeyFacts[],
  control?: string,
  more: Partial<User> & { at?: string } = {},
): Planned => {
  const { at = now, ...user } = more;
  const facts: UserFacts = { kind: 'user', path: '/', tags: {}, keys, ...user };
  return planFor(facts, anAsked({ target, now: at, ...(control && { control }) }));
};

export const planOf = (...given: Parameters<typeof planned>): Plan => {
  const made = planned(...given);
  if (made.kind !== 'plan') throw new Error(`${made.kind}: ${made.because}`);
  return made.plan;
};
