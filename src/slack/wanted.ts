import { AccountId, Region } from '../domain/ids';
import { nearest } from '../domain/nearest';
import type { Policy } from '../domain/policy';
import type { Wanted } from '../domain/wanted';
import { unmarked } from './unmarked';

export type Reading = { ok: true; wanted: Wanted } | { ok: false; because: string };

const no = (because: string): Reading => ({ ok: false, because });

/** A shorter beginning fits too many. */
const shortest = 5;
const longestReason = 300;
/** `i-` and 17 digits; older ids have 8. */
const longest = 19;
const arn = /^arn:[a-z-]+:ec2:([a-z0-9-]+):(\d{12}):instance\/(i-[0-9a-f]+)$/;
const becauseAt = /^([\s\S]*?)\b(?:because|reason)\b:?([\s\S]*)$/i;
const filler = new Set(['in', 'on', 'at', 'of', 'the', 'account', 'region', 'instance', 'please']);

/** The first instance that a text names, for texts that nobody wrote as a command. */
export const instanceIn = (text: string): string | undefined =>
  /\bi-([0-9a-f]{17}|[0-9a-f]{8})\b/.exec(text.toLowerCase())?.[0];

/**
 * `i-0abc… [account] [region] [because …]`, in any order. Forgiving on purpose: Slack’s marks, links, case, commas and
 * small words do not matter; what is not understood is asked about, never guessed.
 */
export const readWanted = (said: string, policy: Policy): Reading => {
  const plain = bare(said);
  const [, head = plain, why = ''] = becauseAt.exec(plain) ?? [];
  const reason = why.trim().slice(0, longestReason);
  const words = head
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '' && !filler.has(word));
  const named = words.filter((word) => word.startsWith('i-') || arn.test(word));
  const [first] = named;
  if (first === undefined) return no('Name an instance, such as i-0123456789abcdef0.');
  if (new Set(named).size > 1) return no('One instance at a time, please.');
  const [, inRegion, inAccount, byArn] = arn.exec(first) ?? [];
  const instance = byArn ?? first;
  const fault = faultIn(instance);
  if (fault) return no(fault);
  const place = placeIn([inRegion, inAccount, ...words].filter(isOther), policy);
  if ('because' in place) return no(place.because);
  return { ok: true, wanted: { instance, ...place, ...(reason && { reason }) } };
};

const isOther = (word: string | undefined): word is string =>
  word !== undefined && !word.startsWith('i-') && !arn.test(word);

const faultIn = (instance: string): string | undefined => {
  if (!/^i-[0-9a-f]*$/.test(instance) || instance.length > longest)
    return `“${instance.slice(0, 40)}” is no instance: its id is i- and 8 or 17 of 0–9 and a–f.`;
  return instance.length < shortest
    ? 'A beginning needs five characters at least, such as i-123: a shorter one fits too many.'
    : undefined;
};

/** Without code, bold and quotes. */
const bare = (said: string): string => unmarked(said).replace(/[`*~"“”]/g, ' ');

/** Account, by its number or its name, and Region. */
const placeIn = (
  words: readonly string[],
  { accounts }: Pick<Policy, 'accounts'>,
): { account?: AccountId; region?: Region } | { because: string } => {
  let text = ` ${words.join(' ')} `;
  const take = (word: string): boolean => {
    const found = text.includes(` ${word} `);
    while (text.includes(` ${word} `)) text = text.replace(` ${word} `, ' ');
    return found;
  };
  const account = [...accounts]
    .sort((a, b) => b.name.length - a.name.length)
    .find(({ id, name }) => take(id) || take(name.toLowerCase()));
  const region = words
    .map((word) => Region.safeParse(word).data)
    .find((each) => each && take(each));
  // An ARN may name what stands there as a word too.
  if (account) [account.id, account.name.toLowerCase()].forEach(take);
  const [left] = text.trim().split(' ');
  if (left)
    return {
      because: AccountId.safeParse(left).success
        ? `Account ${left} is not in the policy: /drawbridge works in those that are.`
        : unknown(left, accounts),
    };
  return { ...(account && { account: account.id }), ...(region && { region }) };
};

const unknown = (word: string, accounts: Policy['accounts']): string => {
  const perhaps = nearest(
    word,
    accounts.map(({ name }) => name.toLowerCase()),
  );
  const guess = perhaps ? ` Did you mean “${perhaps}”?` : '';
  return `“${word.slice(0, 40)}” is neither an account nor a Region.${guess} A reason comes after the word “because”.`;
};
