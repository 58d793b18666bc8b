import type { Plan, Planned } from '../../src/domain/plan';
import type { PasswordPolicy, StandingPolicy } from '../../src/operations/iam/password-policy';
import type { SetPasswordPolicy } from '../../src/operations/iam/set-password-policy';
import { plan as planFor } from '../../src/playbooks/strengthen-iam-password-policy/plan';
import { read } from '../../src/playbooks/strengthen-iam-password-policy/read';
import { account, anAsked } from '../support/builders';
import { awsError } from '../support/memory-aws';
import { MemoryIam } from '../support/memory-iam';
import { strengthenIamPasswordPolicy as worlds } from './samples/strengthen-iam-password-policy';

const { target } = worlds;
const own = (more: Partial<PasswordPolicy> = {}): StandingPolicy => ({
  kind: 'own',
  policy: {
    MinimumPasswordLength: 8,
    RequireUppercaseCharacters: false,
    RequireLowercaseCharacters: false,
    RequireNumbers: false,
    RequireSymbols: false,
    AllowUsersToChangePassword: false,
    HardExpiry: false,
    ...more,
  },
});
const strict: Partial<PasswordPolicy> = {
  MinimumPasswordLength: 14,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  RequireNumbers: true,
  RequireSymbols: true,
  PasswordReusePrevention: 24,
};

const planned = (standing: StandingPolicy, control?: string): Planned =>
  planFor({ standing, users: 12, signedIn: 3 }, anAsked({ target, ...(control && { control }) }));
const planOf = (...given: Parameters<typeof planned>): Plan => {
  const made = planned(...given);
  if (made.kind !== 'plan') throw new Error(`${made.kind}: ${made.because}`);
  return made.plan;
};
const changes = (...given: Parameters<typeof planned>): string[] =>
  planOf(...given).effects.map(({ what, before, after }) => `${what}: ${before} → ${after}`);

describe('one control raises its own rule and no other', () => {
  it.each([
    ['IAM.11', 'Uppercase letter: not required → required'],
    ['IAM.12', 'Lowercase letter: not required → required'],
    ['IAM.13', 'Symbol: not required → required'],
    ['IAM.14', 'Number: not required → required'],
    ['IAM.15', 'Minimum length: 8 characters → 14 characters'],
    ['IAM.16', 'Earlier passwords: may be used again → last 24 forbidden'],
    ['IAM.17', 'Expiry: never → after 90 days'],
  ])('%s: %s', (control, change) => {
    expect(changes(own(), control)).toEqual([change]);
    expect(planOf(own(), control).keeps).toHaveLength(8);
  });

  it.each(['IAM.7', undefined])('%s raises all of them but expiry', (control) => {
    expect(changes(own(), control)).toEqual([
      'Minimum length: 8 characters → 14 characters',
      'Uppercase letter: not required → required',
      'Lowercase letter: not required → required',
      'Number: not required → required',
      'Symbol: not required → required',
      'Earlier passwords: may be used again → last 24 forbidden',
    ]);
    expect(planned(own(strict), control).kind).toBe('compliant');
  });
});

describe('a stricter value stays (defect 15)', () => {
  it.each<[string, Partial<PasswordPolicy>]>([
    ['IAM.15', { MinimumPasswordLength: 20 }],
    ['IAM.16', { PasswordReusePrevention: 24 }],
    ['IAM.17', { MaxPasswordAge: 30 }],
    ['IAM.17', { MaxPasswordAge: 90 }],
  ])('%s: %j', (control, stricter) => {
    expect(planned(own(stricter), control).kind).toBe('compliant');
  });

  it('beside a weaker one', () => {
    const standing = own({ MinimumPasswordLength: 30, MaxPasswordAge: 30, HardExpiry: true });

    expect(changes(standing, 'IAM.14')).toEqual(['Number: not required → required']);
    expect(planOf(standing, 'IAM.7').keeps).toEqual([
      'Minimum length: 30 characters',
      'Expiry: after 30 days',
      'After expiry: an administrator resets it',
      'Own password: as policies say',
    ]);
  });

  it.each([
    [{ MinimumPasswordLength: 13 }, 'IAM.15'],
    [{ PasswordReusePrevention: 23 }, 'IAM.16'],
    [{ MaxPasswordAge: 91 }, 'IAM.17'],
  ])('but not one that is weaker by one: %j', (weaker, control) => {
    expect(changes(own(weaker), control)).toHaveLength(1);
  });
});

describe('an account without a policy', () => {
  it('gets one that keeps what AWS’s default asked for', () => {
    const plan = planOf({ kind: 'default' }, 'IAM.13');

    expect(plan.effects.map(({ what, before, after }) => `${what}: ${before} → ${after}`)).toEqual([
      'Uppercase letter: any three kinds of four → required',
      'Lowercase letter: any three kinds of four → required',
      'Number: any three kinds of four → required',
      'Symbol: not required → required',
    ]);
    expect(plan.keeps).toContain('Minimum length: 8 characters');
    expect(plan.warnings).toEqual([expect.stringMatching(/^AWS’s default policy also forbids/)]);
    expect(plan.steps[0]?.input).toEqual({
      atLeast: { RequireSymbols: true },
    } satisfies SetPasswordPolicy);
  });

  it('is never taken for compliant', () => {
    expect(planned({ kind: 'default' }, 'IAM.11').kind).toBe('plan');
  });
});

describe('words for the approver', () => {
  it('warn that passwords expire at once, and that hard expiry locks out', () => {
    const warnings = (standing: StandingPolicy, control: string) =>
      planOf(standing, control).warnings;

    expect(warnings(own(), 'IAM.17')).toEqual(['Passwords older than 90 days expire at once.']);
    expect(warnings(own({ HardExpiry: true }), 'IAM.17')).toEqual([
      'Passwords older than 90 days expire at once.',
      expect.stringMatching(/^Hard expiry is on already: .* locked out of the console/),
    ]);
    expect(warnings(own({ HardExpiry: true, MaxPasswordAge: 30 }), 'IAM.15')).toEqual([]);
    expect(warnings({ kind: 'default' }, 'IAM.17')).toHaveLength(2);
  });

  it('count who signs in with a password', () => {
    const touched = (control: string) => planOf(own(), control).blastRadius.slice(0, 2);

    expect(touched('IAM.17')).toEqual([
      `3 of 12 IAM users in ${account} have signed in with a password.`,
      'Each of them whose password is too old must set a new one at the next sign-in.',
    ]);
    expect(touched('IAM.15')[1]).toMatch(/^Passwords that stand go on working/);
  });

  it('say what is as strict already', () => {
    expect(planned(own(strict), 'IAM.16')).toEqual({
      kind: 'compliant',
      because: `The password policy of ${account} is as strict already: 24 remembered.`,
    });
  });

  it('promise the exact way back', () => {
    expect(planOf(own()).reversible).toBe('exactly');
  });
});

describe('a look', () => {
  it('counts users over all pages', async () => {
    const iam = new MemoryIam();
    iam.pageSize = 2;
    for (const name of ['a', 'b', 'c', 'd', 'e']) iam.user(name);
    const password = { created: '2025-01-01T00:00:00Z', used: '2026-01-01T00:00:00Z' };
    iam.user('bob', { password });

    expect(await read(iam)).toEqual({ standing: { kind: 'default' }, users: 6, signedIn: 1 });
    expect(iam.calls).toHaveLength(4);
  });

  it.each([0, 1])('passes an error on (law 10): call %i', async (at) => {
    const iam = worlds.toChange();
    iam.fail(at, { error: awsError('AccessDenied') });

    await expect(read(iam)).rejects.toThrow('AccessDenied');
  });

  it('takes a list without users for none', async () => {
    let pages = 2;
    const call = async (name: string) => ({
      $metadata: {},
      PasswordPolicy: {},
      ...(name === 'iam:ListUsers' && { IsTruncated: (pages -= 1) > 0, Marker: '1' }),
    });

    expect(await read({ call })).toMatchObject({ users: 0 });
  });
});
