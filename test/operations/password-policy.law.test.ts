import fc from 'fast-check';
import {
  raised,
  type PasswordPolicy,
  type StandingPolicy,
  type WantedRules,
} from '../../src/operations/iam/password-policy';
import {
  readPasswordPolicy,
  setPasswordPolicy,
} from '../../src/operations/iam/set-password-policy';
import { account, nothing, weak } from './samples/password-policies';

const run = 'rem-0000000000/0';

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
