import { canonical } from '../../domain/canonical';
import { Told } from '../../domain/errors';
import type { Aws } from '../aws';
import type { Reversible } from '../operation';
import { isNoSuchEntity } from './deactivate-access-key';
import {
  ownOf,
  policyOf,
  policyRules,
  raised,
  wantedText,
  type GivenRules,
  type PasswordPolicy,
  type StandingPolicy,
  type WantedRules,
} from './password-policy';

/** Raises rules of the account's password policy. A rule that stands stricter stays, and so do all others. */
export type SetPasswordPolicy = { readonly atLeast: WantedRules };

export const setPasswordPolicy: Reversible<SetPasswordPolicy, StandingPolicy> = {
  kind: 'iam.set-password-policy',
  describe: ({ atLeast }) => `Raise the password policy to at least ${wantedText(atLeast)}`,
  read: (aws) => readPasswordPolicy(aws),
  holds: (standing, { atLeast }) =>
    standing.kind === 'own' && same(standing.policy, raised(standing, atLeast)),
  async apply(aws, { atLeast }, now) {
    const wanted = raised(now, atLeast);
    if (now.kind === 'own' && same(now.policy, wanted)) return;
    await write(aws, wanted);
  },
  async undo(aws, { atLeast }, before, now) {
    const end = backTo(before, atLeast, now);
    if (canonical(end) === canonical(now)) return;
    if (end.kind === 'own') await write(aws, end.policy);
    else await remove(aws);
  },
  restored: (standing, { atLeast }, before) =>
    canonical(backTo(before, atLeast, standing)) === canonical(standing),
  drift: (after, now) => {
    if (after.kind !== now.kind)
      return [
        `since then the account has ${now.kind === 'own' ? 'its own' : 'AWS’s default'} policy`,
      ];
    return policyRules
      .filter(({ of }) => of(after) !== of(now))
      .map(({ what, of }) => `${what} became “${of(now)}” since`);
  },
  permissions: {
    read: ['iam:GetAccountPasswordPolicy'],
    apply: ['iam:UpdateAccountPasswordPolicy'],
    undo: ['iam:DeleteAccountPasswordPolicy', 'iam:UpdateAccountPasswordPolicy'],
  },
};

const same = (a: PasswordPolicy, b: PasswordPolicy): boolean => canonical(a) === canonical(b);

/** The rules that we raised are as before; the rest is as others left it. */
const backTo = (
  before: StandingPolicy,
  atLeast: WantedRules,
  now: StandingPolicy,
): StandingPolicy => {
  if (now.kind === 'default') return before;
  const [ours, old] = [raised(before, atLeast), ownOf(before)];
  const policy = policyOf((rule) => (ours[rule] === old[rule] ? now.policy : old)[rule]);
  return before.kind === 'default' && same(policy, old) ? before : { kind: 'own', policy };
};

export const readPasswordPolicy = async (aws: Aws): Promise<StandingPolicy> => {
  try {
    const { PasswordPolicy: found } = await aws.call('iam:GetAccountPasswordPolicy', {});
    if (!found) throw new Told('IAM answered without the password policy.');
    const given: GivenRules = found;
    return { kind: 'own', policy: policyOf((rule) => given[rule]) };
  } catch (error) {
    if (isNoSuchEntity(error)) return { kind: 'default' };
    throw error;
  }
};

/** IAM takes a policy as a whole: what is not sent falls back to its default. */
const write = (aws: Aws, policy: PasswordPolicy) =>
  aws.call('iam:UpdateAccountPasswordPolicy', policy);

const remove = async (aws: Aws): Promise<void> => {
  try {
    await aws.call('iam:DeleteAccountPasswordPolicy', {});
  } catch (error) {
    if (!isNoSuchEntity(error)) throw error;
  }
};
