/**
 * The password policy of an account, in IAM's own names. Without `MaxPasswordAge` (days) passwords never expire, without
 * `PasswordReusePrevention` (a count) none is remembered: both can only be left out, never set to 0.
 */
export type PasswordPolicy = Rules & {
  readonly AllowUsersToChangePassword: boolean;
  readonly HardExpiry: boolean;
};

type Rules = {
  readonly MinimumPasswordLength: number;
  readonly RequireUppercaseCharacters: boolean;
  readonly RequireLowercaseCharacters: boolean;
  readonly RequireNumbers: boolean;
  readonly RequireSymbols: boolean;
  readonly PasswordReusePrevention?: number;
  readonly MaxPasswordAge?: number;
};

/** The rules to reach at least; what is left out is not touched. */
export type WantedRules = Partial<Rules>;

/** A policy as IAM answers with it. */
export type GivenRules = { [Name in keyof PasswordPolicy]?: PasswordPolicy[Name] | undefined };

/** What stands: a policy of the account's own, or AWS's default. */
export type StandingPolicy =
  | { readonly kind: 'default' }
  | { readonly kind: 'own'; readonly policy: PasswordPolicy };

/**
 * AWS's default wants 8 characters of any three of the four kinds. A policy of one's own cannot say “any three”, so it
 * starts with three by name: no password that was forbidden gets allowed.
 */
const start: PasswordPolicy = {
  MinimumPasswordLength: 8,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  RequireNumbers: true,
  RequireSymbols: false,
  AllowUsersToChangePassword: false,
  HardExpiry: false,
};

export const ownOf = (standing: StandingPolicy): PasswordPolicy =>
  standing.kind === 'own' ? standing.policy : start;

/** A policy out of its rules, without those that are not set. IAM's own defaults stand for what it leaves out. */
export const policyOf = (
  rule: <Name extends keyof PasswordPolicy>(name: Name) => PasswordPolicy[Name] | undefined,
): PasswordPolicy => {
  const [reuse, age] = [rule('PasswordReusePrevention'), rule('MaxPasswordAge')];
  return {
    MinimumPasswordLength: rule('MinimumPasswordLength') ?? 6,
    RequireUppercaseCharacters: rule('RequireUppercaseCharacters') ?? false,
    RequireLowercaseCharacters: rule('RequireLowercaseCharacters') ?? false,
    RequireNumbers: rule('RequireNumbers') ?? false,
    RequireSymbols: rule('RequireSymbols') ?? false,
    AllowUsersToChangePassword: rule('AllowUsersToChangePassword') ?? false,
    HardExpiry: rule('HardExpiry') ?? false,
    ...(reuse && { PasswordReusePrevention: reuse }),
    ...(age && { MaxPasswordAge: age }),
  };
};

/** Each rule as it stands or as it is wanted, whichever is stricter. */
export const raised = (standing: StandingPolicy, wanted: WantedRules): PasswordPolicy => {
  const policy = ownOf(standing);
  const reuse = Math.max(policy.PasswordReusePrevention ?? 0, wanted.PasswordReusePrevention ?? 0);
  const age = Math.min(policy.MaxPasswordAge ?? Infinity, wanted.MaxPasswordAge ?? Infinity);
  const either = (rule: keyof Rules): boolean => Boolean(policy[rule]) || Boolean(wanted[rule]);
  return {
    ...policy,
    MinimumPasswordLength: Math.max(
      policy.MinimumPasswordLength,
      wanted.MinimumPasswordLength ?? 0,
    ),
    RequireUppercaseCharacters: either('RequireUppercaseCharacters'),
    RequireLowercaseCharacters: either('RequireLowercaseCharacters'),
    RequireNumbers: either('RequireNumbers'),
    RequireSymbols: either('RequireSymbols'),
    ...(reuse > 0 && { PasswordReusePrevention: reuse }),
    ...(age < Infinity && { MaxPasswordAge: age }),
  };
};

/** A policy rule by rule, each as `[name, value]` for people. */
export const rulesOf = (standing: StandingPolicy): [string, string][] => {
  const policy = ownOf(standing);
  const kind = (required: boolean): string => {
    if (!required) return 'not required';
    return standing.kind === 'own' ? 'required' : 'any three kinds of four';
  };
  const { MaxPasswordAge: age, PasswordReusePrevention: reuse } = policy;
  return [
    ['Minimum length', `${policy.MinimumPasswordLength} characters`],
    ['Uppercase letter', kind(policy.RequireUppercaseCharacters)],
    ['Lowercase letter', kind(policy.RequireLowercaseCharacters)],
    ['Number', kind(policy.RequireNumbers)],
    ['Symbol', kind(policy.RequireSymbols)],
    ['Earlier passwords', reuse === undefined ? 'may be used again' : `last ${reuse} forbidden`],
    ['Expiry', age === undefined ? 'never' : `after ${age} days`],
    ['After expiry', policy.HardExpiry ? 'an administrator resets it' : 'the user sets a new one'],
    ['Own password', policy.AllowUsersToChangePassword ? 'users may change it' : 'as policies say'],
  ];
};

/** `14 characters, uppercase, 24 remembered`: what is wanted, in one line. */
export const wantedText = (wanted: WantedRules): string =>
  [
    wanted.MinimumPasswordLength && `${wanted.MinimumPasswordLength} characters`,
    wanted.RequireUppercaseCharacters && 'uppercase',
    wanted.RequireLowercaseCharacters && 'lowercase',
    wanted.RequireNumbers && 'numbers',
    wanted.RequireSymbols && 'symbols',
    wanted.PasswordReusePrevention && `${wanted.PasswordReusePrevention} remembered`,
    wanted.MaxPasswordAge && `expiry after ${wanted.MaxPasswordAge} days`,
  ]
    .filter(Boolean)
    .join(', ');
