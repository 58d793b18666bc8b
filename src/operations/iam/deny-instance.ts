import { canonical, type Json } from '../../domain/canonical';
import type { Reversible } from '../operation';
import {
  instanceIdOf,
  isOwn,
  isSame,
  policyName,
  quarantine,
  type Keep,
} from './quarantine-policy';
import { isBack, policyPermissions, putBack, putPolicy, readPolicy } from './role-policy';

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
    const found = await readPolicy(aws, nameOf(input));
    return found.kind === 'set' ? stateOf(found.document, input) : { kind: found.kind };
  },
  holds: (state, { keep }) =>
    state.kind === 'role gone' ||
    (state.kind === 'set' &&
      state.own &&
      (state.denies === 'all' || (keep === 'ssm' && state.denies === 'all but SSM'))),
  async apply(aws, input, now) {
    if (denyInstance.holds(now, input)) return;
    const { instanceArn, keep, evidenceBucket } = input;
    const denial = canonical(quarantine(instanceArn, keep, evidenceBucket));
    await putPolicy(aws, nameOf(input), denial, now);
  },
  async undo(aws, input, before, now) {
    if (denyInstance.restored(now, input, before)) return;
    await putBack(aws, nameOf(input), before);
  },
  restored: (state, _, before) => isBack(state, before),
  drift(after, now) {
    if (after.kind !== now.kind) return [`${kinds[now.kind]} since`];
    if (after.kind !== 'set' || now.kind !== 'set' || after.document === now.document) return [];
    // The stricter one is the work of a later step.
    return now.own && now.denies === 'all' ? [] : ['the quarantine policy was changed since'];
  },
  permissions: policyPermissions,
};

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
