import type { Policy } from './schema';

/** Channels where Drawbridge speaks are the channels where it may be used: no other list to forget. */
export const channelsOf = ({ routing, gate }: Policy): ReadonlySet<string> =>
  new Set([...routing.map((route) => route.to), ...(gate ? [gate.channel] : [])]);

/** The name that people use for an account, with its number. */
export const accountLabel = (policy: Policy, id: string): string => {
  const known = policy.accounts.find((account) => account.id === id);
  return known ? `${known.name} (${id})` : id;
};
