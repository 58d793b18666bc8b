import type { PasswordPolicy, StandingPolicy } from '../../../src/operations/iam/password-policy';
import { MemoryIam } from '../../support/memory-iam';

export const weak: PasswordPolicy = {
  MinimumPasswordLength: 6,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
  RequireNumbers: false,
  RequireSymbols: false,
  AllowUsersToChangePassword: true,
  HardExpiry: false,
};

/** A policy of the account's own, weak but for this. */
export const own = (more: Partial<PasswordPolicy> = {}): StandingPolicy => ({
  kind: 'own',
  policy: { ...weak, ...more },
});

/** AWS's default. */
export const nothing: StandingPolicy = { kind: 'default' };

/** An account in which that policy stands. */
export const account = (standing: StandingPolicy): MemoryIam => {
  const iam = new MemoryIam();
  if (standing.kind === 'own') {
    const { HardExpiry, ...policy } = standing.policy;
    iam.policy = { ...policy, ...(HardExpiry && { HardExpiry }) };
  }
  return iam;
};
