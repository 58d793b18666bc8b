import { canonical } from '../../domain/canonical';
import { Told } from '../../domain/errors';
import { unlessAbsent } from '../absent';
import { isAwsError, type Aws } from '../aws';
import type { Reversible } from '../operation';
import { parsePolicy, type Statement } from '../policy-document';
import { statementText } from '../public-statement';
import { permissionOf } from './permission';

/** Statements to put in place of others, in the policy of one function or of one alias or version of it. */
export type ReplacePermissions = {
  readonly function: string;
  readonly qualifier?: string;
  readonly remove: readonly Statement[];
  readonly add: readonly Statement[];
};

/** All statements of the policy, by name; none where there is no policy. */
export type Permissions = readonly Statement[];

/** Each change is made under the revision that was just read, so both read the policy too. */
const changes = ['lambda:AddPermission', 'lambda:GetPolicy', 'lambda:RemovePermission'];

export const replacePermissions: Reversible<ReplacePermissions, Permissions> = {
  kind: 'lambda.replace-permissions',
  describe: ({ remove, add, ...of }) =>
    `Replace ${remove.length} statement${remove.length === 1 ? '' : 's'} of the policy of ${nameOf(of)} by ${add.length}`,
  read: async (aws, input) => (await readPermissions(aws, input)).statements,
  holds: (statements, { remove, add }) =>
    !remove.some((each) => has(statements, each)) && add.every((each) => has(statements, each)),
  // First the narrower statements, then the wide ones go: a trigger that goes on is never cut.
  async apply(aws, input, now) {
    for (const each of input.add) if (!has(now, each)) await put(aws, input, each);
    for (const each of input.remove) if (has(now, each)) await take(aws, input, each);
  },
  async undo(aws, input, before, now) {
    for (const each of removedFrom(before, input.remove)) {
      const standing = now.find(({ sid }) => sid === each.sid);
      if (standing && same(standing, each)) continue;
      if (standing) await take(aws, input, standing);
      await put(aws, input, each);
    }
    for (const each of input.add)
      if (has(now, each) && !has(before, each)) await take(aws, input, each);
  },
  restored: (statements, { remove, add }, before) =>
    removedFrom(before, remove).every((each) => has(statements, each)) &&
    add.every((each) => has(before, each) || !has(statements, each)),
  drift: (after, now) => [
    ...now.filter((each) => !has(after, each)).map((each) => `added since: ${told(each)}`),
    ...after.filter((each) => !has(now, each)).map((each) => `removed since: ${told(each)}`),
  ],
  permissions: { read: ['lambda:GetPolicy'], apply: changes, undo: changes },
};

type Of = Pick<ReplacePermissions, 'function' | 'qualifier'>;

export const nameOf = ({ function: name, qualifier }: Of): string =>
  qualifier === undefined ? name : `${name}:${qualifier}`;

const has = (statements: readonly Statement[], statement: Statement): boolean =>
  statements.some((each) => same(each, statement));

const same = (a: Statement, b: Statement): boolean => canonical(a) === canonical(b);

/** What stood there and is to go. */
const removedFrom = (before: Permissions, remove: readonly Statement[]): Statement[] =>
  before.filter((each) => has(remove, each));

const told = (statement: Statement): string => `“${statement.sid}” ${statementText(statement)}`;

const called = ({ function: FunctionName, qualifier }: Of) => ({
  FunctionName,
  ...(qualifier !== undefined && { Qualifier: qualifier }),
});

/** The policy and its revision, which each change names, so that a change of somebody else's is never written over. */
export const readPermissions = async (
  aws: Aws,
  of: Of,
): Promise<{ statements: Permissions; revision: string | undefined }> => {
  const found = await unlessAbsent(
    aws.call('lambda:GetPolicy', called(of)),
    'ResourceNotFoundException',
  );
  if (found === undefined) return { statements: [], revision: undefined };
  const statements = parsePolicy(found.Policy ?? '');
  if (!statements) throw new Told(`The policy of ${nameOf(of)} has a form that is not known here.`);
  return {
    statements: [...statements].sort((a, b) => (a.sid < b.sid ? -1 : 1)),
    revision: found.RevisionId,
  };
};

/** How often a change is tried again when somebody else, or our own lost answer, was faster. */
const tries = 3;

/** Makes one change of the policy as it stands now. `change` does nothing where there is nothing to do. */
const settle = async (
  aws: Aws,
  of: Of,
  overtaken: readonly string[],
  change: (statements: Permissions, revision: { RevisionId?: string }) => Promise<unknown>,
  left = tries,
): Promise<void> => {
  const { statements, revision } = await readPermissions(aws, of);
  try {
    await change(statements, revision === undefined ? {} : { RevisionId: revision });
  } catch (error) {
    if (left <= 1 || !isAwsError(error, 'PreconditionFailedException', ...overtaken)) throw error;
    await settle(aws, of, overtaken, change, left - 1);
  }
};

const put = async (aws: Aws, of: Of, statement: Statement): Promise<void> => {
  const permission = permissionOf(statement);
  if (!permission) throw new Told(`AWS has no call that writes the statement “${statement.sid}”.`);
  await settle(aws, of, ['ResourceConflictException'], async (statements, revision) => {
    if (!has(statements, statement))
      await aws.call('lambda:AddPermission', { ...called(of), ...permission, ...revision });
  });
};

const take = async (aws: Aws, of: Of, statement: Statement): Promise<void> =>
  settle(aws, of, ['ResourceNotFoundException'], async (statements, revision) => {
    if (has(statements, statement))
      await aws.call('lambda:RemovePermission', {
        ...called(of),
        StatementId: statement.sid,
        ...revision,
      });
  });
