import {
  policyRules,
  raised,
  wantedText,
  type StandingPolicy,
  type WantedRules,
} from '../../src/operations/iam/password-policy';
import {
  readPasswordPolicy,
  setPasswordPolicy,
} from '../../src/operations/iam/set-password-policy';
import { awsError } from '../support/memory-aws';
import { MemoryIam } from '../support/memory-iam';
import { account, nothing, own, weak } from './samples/password-policies';

const rulesOf = (standing: StandingPolicy) =>
  policyRules.map(({ what, of }): [string, string] => [what, of(standing)]);

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
