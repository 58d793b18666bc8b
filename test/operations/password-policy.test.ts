import fc from 'fast-check';
import {
  policyRules,
  raised,
  wantedText,
  type PasswordPolicy,
  type StandingPolicy,
  type WantedRules,
} from '../../src/operations/iam/password-policy';
import {
  readPasswordPolicy,
  setPasswordPolicy,
} from '../../src/operations/iam/set-password-policy';
import { awsError } from '../support/memory-aws';
import { MemoryIam } from '../support/memory-iam';

const run = 'rem-0000000000/0';
const weak: PasswordPolicy = {
  MinimumPasswordLength: 6,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
  RequireNumbers: false,
  RequireSymbols: false,
  AllowUsersToChangePassword: true,
  HardExpiry: false,
};
const own = (more: Partial<PasswordPolicy> = {}): StandingPolicy => ({
  kind: 'own',
  policy: { ...weak, ...more },
});
const rulesOf = (standing: StandingPolicy) =>
  policyRules.map(({ what, of }): [string, string] => [what, of(standing)]);
const nothing: StandingPolicy = { kind: 'default' };

const account = (standing: StandingPolicy) => {
  const iam = new MemoryIam();
  if (standing.kind === 'own') {
    const { HardExpiry, ...policy } = standing.policy;
    iam.policy = { ...policy, ...(HardExpiry && { HardExpiry }) };
  }
  return iam;
};

const kinds = [
  'RequireUppercaseCharacters',
  'RequireLowercaseCharacters',
  'RequireNumbers',
  'RequireSymbols',
] as const;
const flag = fc.boolean();
const rules = {
  MinimumPasswordLength: fc.integer({ min: 6, max: 128 }),
  RequireUppercaseCharacters: flag,
  RequireLowercaseCharacters: flag,
  RequireNumbers: flag,
  RequireSymbols: flag,
  PasswordReusePrevention: fc.integer({ min: 1, max: 24 }),
  MaxPasswordAge: fc.integer({ min: 1, max: 1095 }),
};
const anyPolicy: fc.Arbitrary<PasswordPolicy> = fc.record(
  { ...rules, AllowUsersToChangePassword: flag, HardExpiry: flag },
  {
    requiredKeys: [...kinds, 'MinimumPasswordLength', 'AllowUsersToChangePassword', 'HardExpiry'],
  },
);
const anyStanding: fc.Arbitrary<StandingPolicy> = fc.oneof(
  fc.constant(nothing),
  anyPolicy.map((policy): StandingPolicy => ({ kind: 'own', policy })),
);
const anyWanted: fc.Arbitrary<WantedRules> = fc.record(rules, { requiredKeys: [] });

/** How strict each rule is, more being stricter. AWS's default counts as three kinds of any sort. */
const strictness = (policy: PasswordPolicy): number[] => [
  policy.MinimumPasswordLength,
  ...kinds.map((kind) => Number(policy[kind])),
  policy.PasswordReusePrevention ?? 0,
  -(policy.MaxPasswordAge ?? 10_000),
];

describe('whatever policy stands', () => {
  it('no rule gets looser, none gets stricter than wanted, and the rest stays (defect 15)', () => {
    fc.assert(
      fc.property(anyPolicy, anyWanted, (policy, wanted) => {
        const after = raised({ kind: 'own', policy }, wanted);

        const [was, is] = [strictness(policy), strictness(after)];
        const asked = strictness({ ...weak, MinimumPasswordLength: 0, ...wanted });
        expect(is).toEqual(was.map((value, rule) => Math.max(value, asked[rule] ?? 0)));
        expect(after.HardExpiry).toBe(policy.HardExpiry);
        expect(after.AllowUsersToChangePassword).toBe(policy.AllowUsersToChangePassword);
      }),
    );
  });

  it('an account of its own policy keeps what AWS’s default asked for: 8 characters of three kinds', () => {
    fc.assert(
      fc.property(anyWanted, (wanted) => {
        const after = raised(nothing, wanted);

        expect(after.MinimumPasswordLength).toBeGreaterThanOrEqual(8);
        expect(kinds.filter((kind) => after[kind]).length).toBeGreaterThanOrEqual(3);
        expect(after.HardExpiry).toBe(false);
      }),
    );
  });

  it('applied holds, and taken back is as before to the last attribute (law 7)', async () => {
    await fc.assert(
      fc.asyncProperty(anyStanding, anyWanted, async (standing, atLeast) => {
        const iam = account(standing);
        const before = await readPasswordPolicy(iam);
        expect(before).toEqual(standing);

        await setPasswordPolicy.apply(iam, { atLeast }, before, run);
        const after = await readPasswordPolicy(iam);
        expect(setPasswordPolicy.holds(after, { atLeast })).toBe(true);

        await setPasswordPolicy.undo(iam, { atLeast }, before, after);
        expect(await readPasswordPolicy(iam)).toEqual(before);
        expect(setPasswordPolicy.restored(before, { atLeast }, before)).toBe(true);
      }),
    );
  });
});

describe('the way back', () => {
  const atLeast: WantedRules = { MinimumPasswordLength: 14, MaxPasswordAge: 90 };
  const back = async (before: StandingPolicy, now: StandingPolicy) => {
    const iam = account(now);
    await setPasswordPolicy.undo(iam, { atLeast }, before, now);
    const end = await readPasswordPolicy(iam);
    expect(setPasswordPolicy.restored(end, { atLeast }, before)).toBe(true);
    return end;
  };

  it('leaves the rules that others changed meanwhile', async () => {
    const now = own({ MinimumPasswordLength: 14, MaxPasswordAge: 90, RequireSymbols: true });

    expect(await back(own(), now)).toEqual(own({ RequireSymbols: true }));
  });

  it('puts a raised rule back even where others raised it further', async () => {
    const now = own({ MinimumPasswordLength: 30, MaxPasswordAge: 90 });

    expect(await back(own(), now)).toEqual(own());
  });

  it('keeps the policy that others added a rule to, where there was none', async () => {
    const policy = { ...raised(nothing, atLeast), PasswordReusePrevention: 5 };

    expect(await back(nothing, { kind: 'own', policy })).toEqual({
      kind: 'own',
      policy: { ...raised(nothing, {}), PasswordReusePrevention: 5 },
    });
  });

  it('writes the old policy again where others deleted it', async () => {
    expect(await back(own({ RequireNumbers: true }), nothing)).toEqual(
      own({ RequireNumbers: true }),
    );
    expect(await back(nothing, nothing)).toEqual(nothing);
  });

  it('takes a policy that is deleted in between for deleted', async () => {
    const now: StandingPolicy = { kind: 'own', policy: raised(nothing, atLeast) };

    await expect(
      setPasswordPolicy.undo(new MemoryIam(), { atLeast }, nothing, now),
    ).resolves.toBeUndefined();
  });

  it('fails with IAM’s own words', async () => {
    const now: StandingPolicy = { kind: 'own', policy: raised(nothing, atLeast) };
    const iam = account(now);
    iam.fail(0, { error: awsError('AccessDenied') });

    await expect(setPasswordPolicy.undo(iam, { atLeast }, nothing, now)).rejects.toThrow(
      'AccessDenied',
    );
  });

  it('tells rule by rule what others changed', () => {
    const after = own({ MinimumPasswordLength: 14 });
    const now = own({ MinimumPasswordLength: 8, HardExpiry: true });

    expect(setPasswordPolicy.drift(after, now)).toEqual([
      'Minimum length became “8 characters” since',
      'After expiry became “an administrator resets it” since',
    ]);
    expect(setPasswordPolicy.drift(after, nothing)).toEqual([
      'since then the account has AWS’s default policy',
    ]);
    expect(setPasswordPolicy.drift(nothing, after)).toEqual([
      'since then the account has its own policy',
    ]);
  });
});

describe('a policy', () => {
  it('is read as IAM tells it: what is left out or 0 is not set', async () => {
    const iam = new MemoryIam();
    iam.policy = { MaxPasswordAge: 0 };

    expect(await readPasswordPolicy(iam)).toEqual({
      kind: 'own',
      policy: { ...weak, AllowUsersToChangePassword: false },
    });
  });

  it('that cannot be read is never taken for AWS’s default (law 10)', async () => {
    const iam = new MemoryIam();
    iam.fail(0, { error: awsError('AccessDenied') });
    const call = async () => ({ $metadata: {} });

    await expect(readPasswordPolicy(iam)).rejects.toThrow('AccessDenied');
    await expect(readPasswordPolicy({ call })).rejects.toThrow(
      'IAM answered without the password policy.',
    );
  });

  it('is told rule by rule, AWS’s default in its own way', () => {
    const strict = own({
      RequireSymbols: true,
      PasswordReusePrevention: 24,
      MaxPasswordAge: 90,
      HardExpiry: true,
      AllowUsersToChangePassword: false,
    });

    expect(rulesOf(own()).map(([, value]) => value)).toEqual([
      '6 characters',
      'not required',
      'not required',
      'not required',
      'not required',
      'may be used again',
      'never',
      'the user sets a new one',
      'users may change it',
    ]);
    expect(
      rulesOf(strict)
        .slice(4)
        .map(([, value]) => value),
    ).toEqual([
      'required',
      'last 24 forbidden',
      'after 90 days',
      'an administrator resets it',
      'as policies say',
    ]);
    expect(rulesOf(nothing).slice(0, 5)).toEqual([
      ['Minimum length', '8 characters'],
      ['Uppercase letter', 'any three kinds of four'],
      ['Lowercase letter', 'any three kinds of four'],
      ['Number', 'any three kinds of four'],
      ['Symbol', 'not required'],
    ]);
  });

  it('that is wanted is told in one line', () => {
    expect(wantedText({ MinimumPasswordLength: 14, RequireNumbers: true })).toBe(
      '14 characters, numbers',
    );
    expect(setPasswordPolicy.describe({ atLeast: { MaxPasswordAge: 90 } })).toBe(
      'Raise the password policy to at least expiry after 90 days',
    );
  });
});
