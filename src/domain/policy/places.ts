import type { Policy } from './schema';

/** Channels where Drawbridge speaks are the channels where it may be used: no other list to forget. */
export const channelsOf = (policy: Policy): ReadonlySet<string> =>
  new Set(policy.routing.map((route) => route.to));

/** The name that people use for an account, with its number. */
export const accountLabel = (policy: Policy, id: string): string => {
  const known = policy.accounts.find((account) => account.id === id);
  return known ? `${known.name} (${id})` : id;
};
