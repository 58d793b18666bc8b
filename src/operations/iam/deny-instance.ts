import { canonical, type Json } from '../../domain/canonical';
import { Told } from '../../domain/errors';
import { unlessAbsent } from '../absent';
import type { Aws } from '../aws';
import type { Reversible } from '../operation';
import {
  instanceIdOf,
  isOwn,
  isSame,
  policyName,
  quarantine,
  type Keep,
} from './quarantine-policy';
import { roleArn } from './role-arn';

/**
 * Takes the role's rights from the credentials of one instance. A plan may do it twice, first `ssm` and then `nothing`:
 * both are one policy, and the way back of the second brings back the first.
 */
export type DenyInstance = {
  readonly roleName: string;
  readonly instanceArn: string;
  /** `ssm`: the agent may still take commands, while evidence is collected. */
  readonly keep: Keep;
  /** Name of the bucket that it may write to meanwhile; none unless given. */
  readonly evidenceBucket?: string;
};

/** `document` is the canonical text of a policy of ours, and the very text of another's. */
type State =
  | { readonly kind: 'role gone' | 'none' }
  | {
      readonly kind: 'set';
      readonly own: boolean;
      readonly denies: 'all' | 'all but SSM' | 'something else';
      readonly document: string;
    };

export const denyInstance: Reversible<DenyInstance, State> = {
  kind: 'iam.deny-instance',
  describe: ({ roleName, instanceArn, keep }) =>
    `Deny ${instanceIdOf(instanceArn)} what its role ${roleName} allows${keep === 'ssm' ? ', but for taking commands' : ''}`,
  async read(aws, input) {
    const found = await unlessAbsent(aws.call('iam:GetRolePolicy', nameOf(input)), ...notFound);
    if (!found) return { kind: (await roleArn(aws, input.roleName)) ? 'none' : 'role gone' };
    return stateOf(decodeURIComponent(found.PolicyDocument ?? ''), input);
  },
  // Credentials of a deleted role open nothing.
  holds: (state, { keep }) =>
    state.kind === 'role gone' ||
    (state.kind === 'set' &&
      state.own &&
      (state.denies === 'all' || (keep === 'ssm' && state.denies === 'all but SSM'))),
  async apply(aws, input, now) {
    if (denyInstance.holds(now, input)) return;
    if (now.kind === 'set' && !now.own)
      throw new Told(
        `The role ${input.roleName} has a policy ${nameOf(input).PolicyName} that Drawbridge did not write: it stays as it is.`,
      );
    const { instanceArn, keep, evidenceBucket } = input;
    await put(aws, input, canonical(quarantine(instanceArn, keep, evidenceBucket)));
  },
  async undo(aws, input, before, now) {
    if (denyInstance.restored(now, input, before)) return;
    if (before.kind === 'set') await put(aws, input, before.document);
    else await unlessAbsent(aws.call('iam:DeleteRolePolicy', nameOf(input)), ...notFound);
  },
  // A policy that others took away or put in the place of ours is theirs.
  restored(state, _, before) {
    if (state.kind !== 'set' || !state.own || before.kind === 'role gone') return true;
    return before.kind === 'set' && (!before.own || before.document === state.document);
  },
  drift(after, now) {
    if (after.kind !== now.kind) return [`${kinds[now.kind]} since`];
    if (after.kind !== 'set' || now.kind !== 'set' || after.document === now.document) return [];
    // The stricter one is the work of a later step.
    return now.own && now.denies === 'all' ? [] : ['the quarantine policy was changed since'];
  },
  permissions: {
    read: ['iam:GetRole', 'iam:GetRolePolicy'],
    apply: ['iam:PutRolePolicy'],
    undo: ['iam:DeleteRolePolicy', 'iam:PutRolePolicy'],
  },
};

const notFound = ['NoSuchEntityException', 'NoSuchEntity'];

const kinds = {
  'role gone': 'the role was deleted',
  none: 'the quarantine policy was taken away',
  set: 'a quarantine policy was put on the role',
};

const nameOf = ({ roleName, instanceArn }: DenyInstance) => ({
  RoleName: roleName,
  PolicyName: policyName(instanceArn),
});

const stateOf = (document: string, { instanceArn, evidenceBucket }: DenyInstance): State => {
  if (!isOwn(document)) return { kind: 'set', own: false, denies: 'something else', document };
  const denies = isSame(document, quarantine(instanceArn, 'nothing'))
    ? 'all'
    : isSame(document, quarantine(instanceArn, 'ssm', evidenceBucket))
      ? 'all but SSM'
      : 'something else';
  return { kind: 'set', own: true, denies, document: canonical(JSON.parse(document) as Json) };
};

/** A role that was deleted meanwhile needs no policy: reading it back tells. */
const put = (aws: Aws, input: DenyInstance, PolicyDocument: string) =>
  unlessAbsent(aws.call('iam:PutRolePolicy', { ...nameOf(input), PolicyDocument }), ...notFound);
