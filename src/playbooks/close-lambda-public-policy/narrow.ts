import { canonical } from '../../domain/canonical';
import { permissionOf } from '../../operations/lambda/permission';
import type { Condition, Statement } from '../../operations/policy-document';
import { isPublic } from '../../operations/public-statement';

/** What becomes of the policy, statement by statement. */
export interface Change {
  /** Public, so it goes. */
  remove: readonly Statement[];
  /** S3 for any account, so the second takes the place of the first; none where it stands already. */
  narrow: readonly { from: Statement; to?: Statement }[];
  keep: readonly Statement[];
}

/** S3's ARNs name no account, so only SourceAccount says whose bucket may call. Security Hub counts its absence as public. */
export const lacksAccount = (statement: Statement): boolean =>
  statement.effect === 'Allow' &&
  services(statement).includes('s3.amazonaws.com') &&
  !statement.conditions.some(namesAccount);

/** Any account's topics, rules, … may call: there is neither an ARN nor an account. */
export const isForAnyAccount = (statement: Statement): boolean =>
  statement.effect === 'Allow' &&
  services(statement).length > 0 &&
  !statement.conditions.some(namesAccount);

const services = ({ principals }: Statement): readonly string[] => principals['Service'] ?? [];

const namesAccount = ({ operator, key, values }: Condition): boolean =>
  /^(stringequals|stringlike|arnequals|arnlike)$/.test(operator) &&
  values.every((value) => isFixed(key, value));

const isFixed = (key: string, value: string): boolean => {
  if (key === 'aws:sourcearn') return /^\d{12}$/.test(value.split(':')[4] ?? '');
  if (key === 'aws:sourceaccount') return /^\d{12}$/.test(value);
  // Alexa has no account to name: its skills come with a token.
  return key === 'lambda:eventsourcetoken' || (key === 'aws:sourceorgid' && /^o-\w+$/.test(value));
};

export const changeOf = (statements: readonly Statement[], account: string): Change => {
  const remove = statements.filter(isPublic);
  const wide = statements.filter((each) => !isPublic(each) && lacksAccount(each));
  const keep = statements.filter((each) => !remove.includes(each) && !wide.includes(each));
  const standing = [...keep];
  const narrow = wide.map((from) => {
    const to = narrowed(from, account, [...statements, ...standing]);
    if (standing.some((each) => means(each) === means(to))) return { from };
    standing.push(to);
    return { from, to };
  });
  return { remove, narrow, keep };
};

/** The same statement for this account only, under a name of its own: both stand for a moment, so no event is lost. */
const narrowed = (from: Statement, account: string, taken: readonly Statement[]): Statement => {
  const rest = from.conditions.filter(({ key }) => key !== 'aws:sourceaccount');
  const own = { operator: 'stringequals', key: 'aws:sourceaccount', values: [account] };
  return {
    ...from,
    // A name has at most 100 letters.
    sid: freeName(`${from.sid.slice(0, 80)}-own-account`, taken),
    conditions: [...rest, own].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),
  };
};

const freeName = (base: string, taken: readonly Statement[], count = 1): string => {
  const name = count === 1 ? base : `${base}-${count}`;
  return taken.some(({ sid }) => sid === name) ? freeName(base, taken, count + 1) : name;
};

const orderOf = ({ operator, key }: Condition): string => `${operator} ${key}`;

const means = ({ sid: _, ...rest }: Statement): string => canonical(rest);

/** Could it be written again as it is? Only AddPermission adds single statements, and only for the function asked for. */
export const canReturn = (statement: Statement, arn: string): boolean =>
  permissionOf(statement) !== undefined &&
  statement.resources.length === 1 &&
  statement.resources[0] === arn;
