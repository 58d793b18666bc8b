import type { AddPermissionRequest } from '@aws-sdk/client-lambda';
import type { Condition, Statement } from '../policy-document';

/** A statement as AddPermission takes it. */
export type Permission = Omit<AddPermissionRequest, 'FunctionName' | 'Qualifier' | 'RevisionId'>;

/** What AddPermission writes for each of its parameters, by operator and key. */
const parameters: Readonly<Record<string, (value: string) => Partial<Permission> | undefined>> = {
  'arnlike aws:sourcearn': (SourceArn) => ({ SourceArn }),
  'stringequals aws:sourceaccount': (SourceAccount) => ({ SourceAccount }),
  'stringequals aws:principalorgid': (PrincipalOrgID) => ({ PrincipalOrgID }),
  'stringequals lambda:eventsourcetoken': (EventSourceToken) => ({ EventSourceToken }),
  'stringequals lambda:functionurlauthtype': (type) =>
    type === 'NONE' || type === 'AWS_IAM' ? { FunctionUrlAuthType: type } : undefined,
  'bool lambda:invokedviafunctionurl': (value) => ({ InvokedViaFunctionUrl: value === 'true' }),
};

/**
 * The call that writes exactly this statement. Undefined where AddPermission has no words for it: such a policy was put
 * whole, and a statement taken out of it could not be given back.
 */
export const permissionOf = (statement: Statement): Permission | undefined => {
  const { sid, effect, actions, conditions, except } = statement;
  const Principal = principalOf(statement);
  const [Action = '', ...more] = actions;
  const bounds = conditions.map(boundOf);
  return effect === 'Allow' &&
    except.length === 0 &&
    /^[\w-]{1,100}$/.test(sid) &&
    /^(\*|lambda:(\*|[a-zA-Z]+))$/.test(Action) &&
    more.length === 0 &&
    Principal !== undefined &&
    bounds.every((bound) => bound !== undefined)
    ? Object.assign({ StatementId: sid, Action, Principal }, ...bounds)
    : undefined;
};

const principalOf = ({ principals }: Statement): string | undefined => {
  const [[type, [who, ...more]] = ['', []], ...others] = Object.entries(principals);
  const known = type === 'AWS' || type === 'Service';
  return known && more.length === 0 && others.length === 0 ? who : undefined;
};

const boundOf = ({ operator, key, values }: Condition): Partial<Permission> | undefined => {
  const [value, ...more] = values;
  return value === undefined || more.length > 0
    ? undefined
    : parameters[`${operator} ${key}`]?.(value);
};
