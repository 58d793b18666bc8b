import type { Condition, Statement } from './policy-document';

/**
 * Does the statement admit everybody? As AWS says it: an Allow to a wildcard, unless a condition binds it to fixed values,
 * without wildcards and variables.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export const isPublic = (statement: Statement): boolean =>
  statement.effect === 'Allow' && admitsAll(statement) && !statement.conditions.some(isBinding);

const admitsAll = ({ principals, except }: Statement): boolean => {
  const who = Object.values(principals).flat();
  return except.includes('principals') || who.length === 0 || who.some(isOpen);
};

/** A wildcard or a variable: it stands for more than one thing. */
const isOpen = (value: string): boolean => /^$|[*?]|\$\{/.test(value);

/** `…IfExists` and `ForAllValues:` let a request through that says nothing of the key, so they bind nobody. */
const operators = /^(foranyvalue:)?(stringequals(ignorecase)?|stringlike|arnequals|arnlike)$/;

const binding = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);

const isBinding = ({ operator, key, values }: Condition): boolean => {
  if (key === 'aws:sourceip') return operator === 'ipaddress' && values.every(isNarrow);
  const isFixed = key === 's3:dataaccesspointarn' ? isOfOneAccount : (one: string) => !isOpen(one);
  return operators.test(operator) && binding.has(key) && values.length > 0 && values.every(isFixed);
};

/** The name of an access point may have a wildcard, as long as its account has none. */
const isOfOneAccount = (arn: string): boolean => /^\d{12}$/.test(arn.split(':')[4] ?? '');

/** AWS takes a range wider than /8 (IPv4) or /32 (IPv6) for everybody. */
const isNarrow = (range: string): boolean => {
  const [address = '', bits] = range.split('/');
  return bits === undefined || Number(bits) >= (address.includes(':') ? 32 : 8);
};

/** `lets everybody s3:GetObject on acme/*, if aws:sourceip is 192.0.2.0/24`: the rest of a sentence about a statement. */
export const statementText = (statement: Statement): string => {
  const { resources, except } = statement;
  const names = resources.map((arn) => arn.replace(/^arn:[^:]*:s3:::/, ''));
  const on = `on ${except.includes('resources') ? 'all but ' : ''}${some(names)}`;
  return `${grantText(statement)} ${on}${boundsText(statement)}`;
};

/** The same of a policy that speaks of one thing only. */
export const permissionText = (statement: Statement): string =>
  grantText(statement) + boundsText(statement);

const grantText = ({ effect, actions, except, principals }: Statement): string => {
  const who = whoText(Object.values(principals).flat(), except.includes('principals'));
  const what = `${except.includes('actions') ? 'all but ' : ''}${some(actions)}`;
  return `${effect === 'Allow' ? 'lets' : 'denies'} ${who} ${what}`;
};

const whoText = (who: readonly string[], but: boolean): string => {
  if (but) return `everybody but ${some(who)}`;
  return who.length === 0 || who.includes('*') ? 'everybody' : some(who);
};

const boundsText = ({ conditions }: Statement): string =>
  conditions.length === 0 ? '' : `, if ${conditions.map(conditionText).join(' and ')}`;

const conditionText = ({ operator, key, values }: Condition): string => {
  const is = plainOperators.has(operator) ? 'is' : operator;
  return `${key} ${is} ${key === 'lambda:eventsourcetoken' ? 'a token' : some(values)}`;
};

/** `“PublicRead”`, or which one it is where it has no name. */
export const statementName = ({ sid }: Statement, index: number): string =>
  sid === '' ? `no. ${index + 1}` : `“${sid}”`;

const plainOperators = new Set([
  'arnequals',
  'arnlike',
  'bool',
  'ipaddress',
  'stringequals',
  'stringlike',
]);

/** Three are enough to know what is meant; a name may be as long as AWS allows. */
const some = (items: readonly string[]): string =>
  items.length > 3
    ? `${items.slice(0, 3).join(', ')} and ${items.length - 3} more`
    : items.join(', ') || 'nothing';
