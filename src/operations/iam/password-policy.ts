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

/** A policy rule by rule, for people. */
export const policyRules: readonly { what: string; of: (standing: StandingPolicy) => string }[] = [
  { what: 'Minimum length', of: (it) => `${ownOf(it).MinimumPasswordLength} characters` },
  { what: 'Uppercase letter', of: (it) => kind(it, 'RequireUppercaseCharacters') },
  { what: 'Lowercase letter', of: (it) => kind(it, 'RequireLowercaseCharacters') },
  { what: 'Number', of: (it) => kind(it, 'RequireNumbers') },
  { what: 'Symbol', of: (it) => kind(it, 'RequireSymbols') },
  {
    what: 'Earlier passwords',
    of: (it) => {
      const reuse = ownOf(it).PasswordReusePrevention;
      return reuse === undefined ? 'may be used again' : `last ${reuse} forbidden`;
    },
  },
  {
    what: 'Expiry',
    of: (it) => {
      const age = ownOf(it).MaxPasswordAge;
      return age === undefined ? 'never' : `after ${age} days`;
    },
  },
  {
    what: 'After expiry',
    of: (it) => (ownOf(it).HardExpiry ? 'an administrator resets it' : 'the user sets a new one'),
  },
  {
    what: 'Own password',
    of: (it) => (ownOf(it).AllowUsersToChangePassword ? 'users may change it' : 'as policies say'),
  },
];

const kind = (standing: StandingPolicy, rule: keyof Rules): string => {
  if (!ownOf(standing)[rule]) return 'not required';
  return standing.kind === 'own' ? 'required' : 'any three kinds of four';
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
