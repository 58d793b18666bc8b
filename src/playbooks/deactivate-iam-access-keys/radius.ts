import { keyText } from '../../operations/iam/deactivate-access-key';
import { dateOf, daysBetween } from './age';
import type { KeyFacts, UserFacts } from './read';

/** A key used within so many days is in use, as far as anybody can tell. */
const recent = 7;

interface Touched {
  user: string;
  facts: Extract<UserFacts, { kind: 'user' }>;
  due: readonly KeyFacts[];
  rest: readonly KeyFacts[];
  now: string;
}

/** Who is touched, the keys in use first. It is not part of the plan's hash, so it may speak of ages. */
export const radius = ({ user, facts, due, rest, now }: Touched): string[] => [
  ...due.map((key) => useOf(key, now)).sort((a, b) => Number(isLoud(b)) - Number(isLoud(a))),
  `User ${user}${facts.path === '/' ? '' : ` in ${facts.path}`}: ${ownerOf(facts.tags)}.`,
  rest.some(({ active }) => active)
    ? `${user} can go on with access key ${rest.flatMap(({ id, active }) => (active ? [keyText(id)] : [])).join(', ')}.`
    : `${user} has no other active access key: a new one is needed where a program still signs in.`,
];

const loud = 'IN USE:';
const isLoud = (line: string): boolean => line.startsWith(loud);

const useOf = ({ id, lastUsed, by }: KeyFacts, now: string): string => {
  const key = `access key ${keyText(id)}`;
  if (!lastUsed) return `A${key.slice(1)} was never used, as far as AWS knows.`;
  const days = daysBetween(lastUsed, now);
  const ago = days < 1 ? 'within a day' : `${days} day${days === 1 ? '' : 's'} ago`;
  const use = `${key} was last used on ${dateOf(lastUsed)} (${ago}) for ${by}.`;
  return days < recent ? `${loud} ${use}` : `A${use.slice(1)}`;
};

const ownerOf = (tags: Readonly<Record<string, string>>): string => {
  const named = Object.entries(tags).filter(([key]) => /owner|team|contact|mail/i.test(key));
  if (named.length === 0) return 'no tag names an owner';
  return named.map(([key, value]) => `${key} ${value}`).join(', ');
};
