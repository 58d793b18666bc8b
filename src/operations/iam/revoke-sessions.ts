import { canonical, hash, type Json } from '../../domain/canonical';
import { Told } from '../../domain/errors';
import { unlessAbsent } from '../absent';
import type { Reversible } from '../operation';
import { isMarked } from './marked';
import { instanceIdOf } from './quarantine-policy';
import { roleArn } from './role-arn';

/**
 * Takes the role's rights from everybody who was given credentials of it up to now, wherever they got them. It comes after
 * the profile is detached: the other way round the metadata service could give credentials that are newer than this.
 */
export type RevokeSessions = { readonly roleName: string; readonly instanceArn: string };

/** `document` is the canonical text of a policy of ours, and the very text of another's. */
type State =
  | { readonly kind: 'role gone' | 'none' }
  | {
      readonly kind: 'set';
      readonly own: boolean;
      /** As this very run wrote it: an older one lets in what was given out since. */
      readonly ofThisRun: boolean;
      readonly document: string;
    };

const sid = 'DrawbridgeRevoked';

/** Milliseconds beyond our clock: IAM's may be a little ahead of it. */
const skew = 5000;

export const revokeSessions: Reversible<RevokeSessions, State> = {
  kind: 'iam.revoke-sessions',
  describe: ({ roleName, instanceArn }) =>
    `Revoke all sessions of the role ${roleName} that began before now, because of ${instanceIdOf(instanceArn)}`,
  async read(aws, input, run) {
    const found = await unlessAbsent(aws.call('iam:GetRolePolicy', nameOf(input)), ...notFound);
    if (!found) return { kind: (await roleArn(aws, input.roleName)) ? 'none' : 'role gone' };
    const document = decodeURIComponent(found.PolicyDocument ?? '');
    if (!isMarked(document, sid)) return { kind: 'set', own: false, ofThisRun: false, document };
    const text = canonical(JSON.parse(document) as Json);
    return { kind: 'set', own: true, ofThisRun: isOf(run, text), document: text };
  },
  holds: (state) => state.kind === 'role gone' || (state.kind === 'set' && state.ofThisRun),
  async apply(aws, input, now, run) {
    if (revokeSessions.holds(now, input)) return;
    if (now.kind === 'set' && !now.own)
      throw new Told(
        `The role ${input.roleName} has a policy ${nameOf(input).PolicyName} that Drawbridge did not write: it stays as it is.`,
      );
    const { at } = await aws.call('clock:GetTime', {});
    const before = new Date(Date.parse(at) + skew).toISOString();
    const PolicyDocument = canonical(revocation(run, before));
    await unlessAbsent(
      aws.call('iam:PutRolePolicy', { ...nameOf(input), PolicyDocument }),
      ...notFound,
    );
  },
  async undo(aws, input, before, now) {
    if (revokeSessions.restored(now, input, before)) return;
    const PolicyDocument = before.kind === 'set' ? before.document : undefined;
    const call = PolicyDocument
      ? aws.call('iam:PutRolePolicy', { ...nameOf(input), PolicyDocument })
      : aws.call('iam:DeleteRolePolicy', nameOf(input));
    await unlessAbsent(call, ...notFound);
  },
  // A policy that others took away or put in the place of ours is theirs.
  restored(state, _, before) {
    if (state.kind !== 'set' || !state.own || before.kind === 'role gone') return true;
    return before.kind === 'set' && (!before.own || before.document === state.document);
  },
  drift(after, now) {
    if (after.kind !== now.kind) return [`${kinds[now.kind]} since`];
    if (after.kind !== 'set' || now.kind !== 'set' || after.document === now.document) return [];
    return ['the policy that revokes sessions was changed since'];
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
  none: 'the policy that revokes sessions was taken away',
  set: 'a policy that revokes sessions was put on the role',
};

/** One per instance, so that of two instances with one role each has its own. */
const nameOf = ({ roleName, instanceArn }: RevokeSessions) => ({
  RoleName: roleName,
  PolicyName: `drawbridge-revoked-${instanceIdOf(instanceArn)}`,
});

/** @param before ISO 8601; it is in the mark as well, so that neither can be changed without being seen */
const revocation = (run: string, before: string): Json => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: `${sid}${hash([run, before]).slice(0, 16)}`,
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { DateLessThan: { [issued]: before } },
    },
  ],
});

const issued = 'aws:TokenIssueTime';

const isOf = (run: string, text: string): boolean => {
  const [before] = new RegExp(`(?<="${issued}":")[^"]*`).exec(text) ?? [];
  return before !== undefined && text === canonical(revocation(run, before));
};
