import { Told } from '../../domain/errors';
import { unlessAbsent } from '../absent';
import type { Aws } from '../aws';
import { roleArn } from './role-arn';

/** An inline policy of a role, by which Drawbridge denies. */
export interface RolePolicy {
  readonly RoleName: string;
  readonly PolicyName: string;
}

/** What stands under its name. Credentials of a deleted role open nothing. */
type Standing =
  | { readonly kind: 'role gone' | 'none' }
  | { readonly kind: 'set'; readonly own: boolean; readonly document: string };

const notFound = ['NoSuchEntityException', 'NoSuchEntity'];

/** Its text, or why there is none. */
export const readPolicy = async (
  aws: Aws,
  policy: RolePolicy,
): Promise<{ kind: 'role gone' | 'none' } | { kind: 'set'; document: string }> => {
  const found = await unlessAbsent(aws.call('iam:GetRolePolicy', { ...policy }), ...notFound);
  return found
    ? { kind: 'set', document: decodeURIComponent(found.PolicyDocument ?? '') }
    : { kind: (await roleArn(aws, policy.RoleName)) ? 'none' : 'role gone' };
};

/** A role that was deleted meanwhile needs no policy: reading it back tells. What others wrote under its name stays. */
export const putPolicy = async (
  aws: Aws,
  policy: RolePolicy,
  PolicyDocument: string,
  now?: Standing,
): Promise<void> => {
  if (now?.kind === 'set' && !now.own)
    throw new Told(
      `The role ${policy.RoleName} has a policy ${policy.PolicyName} that Drawbridge did not write: it stays as it is.`,
    );
  await unlessAbsent(aws.call('iam:PutRolePolicy', { ...policy, PolicyDocument }), ...notFound);
};

/** As it stood before: the text that was there, or nothing. */
export const putBack = async (aws: Aws, policy: RolePolicy, before: Standing): Promise<void> => {
  if (before.kind === 'set') await putPolicy(aws, policy, before.document);
  else await unlessAbsent(aws.call('iam:DeleteRolePolicy', { ...policy }), ...notFound);
};

/** A policy that others took away or put in the place of ours is theirs. */
export const isBack = (state: Standing, before: Standing): boolean => {
  if (state.kind !== 'set' || !state.own || before.kind === 'role gone') return true;
  return before.kind === 'set' && (!before.own || before.document === state.document);
};

export const policyPermissions = {
  read: ['iam:GetRole', 'iam:GetRolePolicy'],
  apply: ['iam:PutRolePolicy'],
  undo: ['iam:DeleteRolePolicy', 'iam:PutRolePolicy'],
} as const;
