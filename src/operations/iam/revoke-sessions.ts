import { canonical, hash, type Json } from '../../domain/canonical';
import type { Reversible } from '../operation';
import { isMarked } from './marked';
import { instanceIdOf } from './quarantine-policy';
import { isBack, policyPermissions, putBack, putPolicy, readPolicy } from './role-policy';

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
    const found = await readPolicy(aws, nameOf(input));
    if (found.kind !== 'set') return { kind: found.kind };
    const { kind, document } = found;
    if (!isMarked(document, sid)) return { kind, own: false, ofThisRun: false, document };
    const text = canonical(JSON.parse(document) as Json);
    return { kind, own: true, ofThisRun: isOf(run, text), document: text };
  },
  holds: (state) => state.kind === 'role gone' || (state.kind === 'set' && state.ofThisRun),
  async apply(aws, input, now, run) {
    if (revokeSessions.holds(now, input)) return;
    const { at } = await aws.call('clock:GetTime', {});
    const before = new Date(Date.parse(at) + skew).toISOString();
    await putPolicy(aws, nameOf(input), canonical(revocation(run, before)), now);
  },
  async undo(aws, input, before, now) {
    if (revokeSessions.restored(now, input, before)) return;
    await putBack(aws, nameOf(input), before);
  },
  restored: (state, _, before) => isBack(state, before),
  drift(after, now) {
    if (after.kind !== now.kind) return [`${kinds[now.kind]} since`];
    if (after.kind !== 'set' || now.kind !== 'set' || after.document === now.document) return [];
    return ['the policy that revokes sessions was changed since'];
  },
  permissions: policyPermissions,
};

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
