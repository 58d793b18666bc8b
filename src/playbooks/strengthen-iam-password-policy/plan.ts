import type { Planned } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import {
  policyRules,
  raised,
  wantedText,
  type PasswordPolicy,
  type StandingPolicy,
  type WantedRules,
} from '../../operations/iam/password-policy';
import {
  setPasswordPolicy,
  type SetPasswordPolicy,
} from '../../operations/iam/set-password-policy';
import type { PolicyFacts } from './read';

/** IAM.7 wants 8 characters and all four kinds; the stricter values of CIS answer it too. Expiry is asked for by IAM.17 only. */
const strong: WantedRules = {
  MinimumPasswordLength: 14,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  RequireSymbols: true,
  RequireNumbers: true,
  PasswordReusePrevention: 24,
};

const wantedBy: Readonly<Record<string, WantedRules>> = {
  'IAM.11': { RequireUppercaseCharacters: true },
  'IAM.12': { RequireLowercaseCharacters: true },
  'IAM.13': { RequireSymbols: true },
  'IAM.14': { RequireNumbers: true },
  'IAM.15': { MinimumPasswordLength: 14 },
  'IAM.16': { PasswordReusePrevention: 24 },
  'IAM.17': { MaxPasswordAge: 90 },
};

export const plan = (facts: PolicyFacts, { target, control = '' }: Asked): Planned => {
  const { standing } = facts;
  const input: SetPasswordPolicy = { atLeast: wantedBy[control] ?? strong };
  if (setPasswordPolicy.holds(standing, input))
    return {
      kind: 'compliant',
      because: `The password policy of ${target.id} is as strict already: ${wantedText(input.atLeast)}.`,
    };
  const policy = raised(standing, input.atLeast);
  const rules = policyRules.map(({ what, of }) => ({
    what,
    before: of(standing),
    after: of({ kind: 'own', policy }),
  }));
  const isShorter = policy.MaxPasswordAge !== ageOf(standing);
  return {
    kind: 'plan',
    plan: {
      playbook: 'strengthen-iam-password-policy',
      target,
      steps: [{ operation: 'iam.set-password-policy', input, phase: 'change' }],
      effects: rules.filter((rule) => rule.before !== rule.after),
      keeps: rules.flatMap((rule) =>
        rule.before === rule.after ? [`${rule.what}: ${rule.before}`] : [],
      ),
      warnings: [
        ...(isShorter ? expiryWarnings(policy) : []),
        ...(standing.kind === 'default'
          ? [
              'AWS’s default policy also forbids the account’s name as a password; a policy of the account’s own has no such rule.',
            ]
          : []),
      ],
      blastRadius: [
        `${facts.signedIn} of ${facts.users} IAM users in ${target.account} have signed in with a password.`,
        isShorter
          ? 'Each of them whose password is too old must set a new one at the next sign-in.'
          : 'Passwords that stand go on working: the new rules hold from the next change of a password.',
        'Access keys, roles and people who sign in through a directory are not touched.',
      ],
      reversible: 'exactly',
    },
  };
};

const ageOf = (standing: StandingPolicy): number | undefined =>
  standing.kind === 'own' ? standing.policy.MaxPasswordAge : undefined;

const expiryWarnings = ({ MaxPasswordAge: days, HardExpiry }: PasswordPolicy): string[] => [
  `Passwords older than ${days} days expire at once.`,
  ...(HardExpiry
    ? [
        'Hard expiry is on already: whoever’s password expires is locked out of the console until an administrator resets it.',
      ]
    : []),
];
