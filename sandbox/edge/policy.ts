import type { PolicyDocument, Session, Statement } from './types';

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

/** IAM's wildcards: `*` any run, `?` one character; action names ignore case. */
export const actionMatches = (pattern: string, action: string): boolean => {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const source = escaped.replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'i').test(action);
};

const speaksOf = (statement: Statement, action: string): boolean => {
  const matches = (pattern: string): boolean => actionMatches(pattern, action);
  return statement.NotAction === undefined
    ? listOf(statement.Action).some(matches)
    : !listOf(statement.NotAction).some(matches);
};

const statements = (
  policies: readonly PolicyDocument[],
  effect: Statement['Effect'],
): Statement[] =>
  policies.flatMap(({ Statement }) => listOf(Statement)).filter(({ Effect }) => Effect === effect);

const denies = (policies: readonly PolicyDocument[], action: string): boolean =>
  // Neither resources nor conditions are evaluated, so only an unconditional Deny on everything counts: what stands
  // outside of a NotResource is not known here.
  statements(policies, 'Deny').some(
    (it) => it.Condition === undefined && listOf(it.Resource).includes('*') && speaksOf(it, action),
  );

const allows = (policies: readonly PolicyDocument[], action: string): boolean =>
  statements(policies, 'Allow').some((it) => speaksOf(it, action));

/** Why IAM would refuse the action to this session; undefined if it is allowed. `action` is `ec2:Describe…`. */
export const refusalOf = (session: Session, action: string): string | undefined => {
  const { role, policies } = session;
  const who = `${role.arn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${session.name}`;
  const refused = (because: string): string =>
    `User: ${who} is not authorized to perform: ${action} because ${because}`;
  if (denies([...role.policies, ...policies], action)) return refused('of an explicit deny');
  if (!allows(role.policies, action)) {
    return refused('no identity-based policy allows the action');
  }
  if (policies.length > 0 && !allows(policies, action)) {
    return refused('no session policy allows the action');
  }
  return undefined;
};
