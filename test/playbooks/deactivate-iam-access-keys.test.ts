import fc from 'fast-check';
import { planHash } from '../../src/domain/plan';
import type { DeactivateAccessKey } from '../../src/operations/iam/deactivate-access-key';
import { plan as planFor } from '../../src/playbooks/deactivate-iam-access-keys/plan';
import type { KeyFacts } from '../../src/playbooks/deactivate-iam-access-keys/read';
import { anAsked } from '../support/builders';
import { deactivateIamAccessKeys as worlds } from './samples/deactivate-iam-access-keys';
import { ago, key, planned, planOf, used } from './samples/iam-keys';

const { target } = worlds;

/** The keys that go, by the end of their id. */
const going = (...given: Parameters<typeof planned>): string[] =>
  planOf(...given).steps.map(({ input }) => (input as DeactivateAccessKey).accessKeyId.slice(-4));

describe('a key that is due', () => {
  it.each<[string, KeyFacts, string | undefined]>([
    ['older than 90 days, in daily use', key('OLD1', 90, used(0)), 'IAM.3'],
    ['unused for 90 days', key('OLD1', 400, used(90)), 'IAM.8'],
    ['never used, made 90 days ago', key('OLD1', 90), 'IAM.8'],
    ['unused for 45 days', key('OLD1', 400, used(45)), 'IAM.22'],
    ['never used, made 45 days ago', key('OLD1', 45), 'IAM.22'],
    ['older than 90 days', key('OLD1', 90, used(0)), undefined],
    ['unused for 90 days', key('OLD1', 400, used(90)), undefined],
  ])('is %s: %j for %s', (_, due, control) => {
    expect(going([due, key('NEW2', 1)], control)).toEqual(['OLD1']);
  });

  it.each<[string, KeyFacts, string | undefined]>([
    ['90 days old to the moment', key('KEY1', 90, { created: ago(90) }), 'IAM.3'],
    ['old but used, where use counts', key('KEY1', 400, used(89)), 'IAM.8'],
    ['unused for 45 days, where 90 count', key('KEY1', 400, used(45)), 'IAM.8'],
    ['used within 45 days', key('KEY1', 400, used(44)), 'IAM.22'],
    ['inactive already', key('KEY1', 400, { active: false }), 'IAM.3'],
    ['inactive already', key('KEY1', 400, { active: false }), 'IAM.8'],
    ['young', key('KEY1', 89), undefined],
  ])('is not one that is %s: %j for %s', (_, kept, control) => {
    expect(planned([kept], control).kind).toBe('compliant');
  });

  it('is one of two, or both', () => {
    expect(going([key('OLD1', 91), key('OLD2', 95)], 'IAM.3')).toEqual(['OLD1', 'OLD2']);
  });

  it('is deactivated and never deleted, under the user’s bare name', () => {
    const { steps, reversible } = planOf([key('OLD1', 91)], 'IAM.3');

    expect(steps).toEqual([
      {
        operation: 'iam.deactivate-access-key',
        input: { user: 'bob', accessKeyId: 'AKIAIOSFODNN7OLD1' },
        phase: 'change',
      },
    ]);
    expect(reversible).toBe('exactly');
  });
});

describe('the plan', () => {
  it('does not change by waiting, nor by the use of a key that is due by age (law 2)', () => {
    const keys = (since: number) => [key('OLD1', 91, used(since)), key('NEW2', 1)];

    const first = planOf(keys(1), 'IAM.3');
    const later = planOf(keys(0), 'IAM.3', { at: ago(-30) });

    expect(later.blastRadius).not.toEqual(first.blastRadius);
    expect(planHash(later)).toBe(planHash(first));
  });

  it('changes with time only where its steps or a password do, whatever the user has (law 2)', () => {
    const span = fc.integer({ min: 0, max: 200 });
    const anyKey = fc
      .record({ created: span, unused: fc.option(span), active: fc.boolean() })
      .map(({ created, unused, active }) =>
        key('ANY1', created, {
          active,
          ...(unused !== null && used(Math.min(unused, created))),
        }),
      );
    const control = fc.constantFrom(undefined, 'IAM.3', 'IAM.8', 'IAM.22');
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 2 }), control, span, (keys, asked, wait) => {
        const first = planned(keys, asked);
        const later = planned(keys, asked, { at: ago(-wait) });
        if (first.kind !== 'plan' || later.kind !== 'plan') return;
        const same = first.plan.steps.length === later.plan.steps.length;
        expect(planHash(later.plan) === planHash(first.plan)).toBe(same);
      }),
    );
  });

  it('names keys by their last four characters only', () => {
    const { steps: _, ...words } = planOf([key('OLD1', 91, used(1)), key('NEW2', 1)], 'IAM.3');

    expect(JSON.stringify(words)).not.toContain('AKIA');
  });

  it('tells when a key was made, and when it was used where that is judged', () => {
    const before = (control: string, more: Partial<KeyFacts> = {}) =>
      planOf([key('OLD1', 400, more)], control).effects[0];

    expect(before('IAM.3', used(2))).toEqual({
      what: 'Access key …OLD1',
      before: 'active, created 2025-01-25',
      after: 'inactive',
    });
    expect(before('IAM.8', used(100))?.before).toBe(
      'active, created 2025-01-25, last used 2025-11-21',
    );
    expect(before('IAM.8')?.before).toBe('active, created 2025-01-25, never used');
  });

  it('keeps the other keys as they are, and the password', () => {
    const { keeps } = planOf(
      [key('OLD1', 91), key('NEW2', 1), key('OFF3', 400, { active: false })],
      'IAM.3',
      { password: { created: ago(400) } },
    );

    expect(keeps).toEqual([
      'Access key …NEW2: active',
      'Access key …OFF3: inactive',
      'Console password',
      'Permissions, groups and MFA devices',
    ]);
    expect(planOf([key('OLD1', 91)], 'IAM.3').keeps).toHaveLength(1);
  });

  it('warns of a key that has been used, where its age is judged', () => {
    const warnings = (control: string, more: Partial<KeyFacts>) =>
      planOf([key('OLD1', 400, more)], control).warnings;

    expect(warnings('IAM.3', used(300))).toEqual([
      expect.stringMatching(/^Access key …OLD1 has been used: .* fails at once\./),
    ]);
    expect(warnings('IAM.3', {})).toEqual([]);
    expect(warnings('IAM.8', used(100))).toEqual([]);
  });
});

describe('a console password', () => {
  const idle = { password: { created: ago(400), lastUsed: ago(90, 1) } };

  it.each([
    ['IAM.8', 90],
    ['IAM.22', 45],
    [undefined, 90],
  ])('that alone is unused is left to people, with words on how: %s', (control, days) => {
    const unused = planned([], control, { password: { created: ago(days, 1) } });

    expect(unused).toEqual({
      kind: 'refusal',
      because: expect.stringContaining(
        `The console password of bob was not used for ${days} days, and no access key is due. AWS cannot switch a password off and on again`,
      ),
    });
    expect(planned([], control, { password: { created: ago(days) } }).kind).toBe('compliant');
    const lately = { created: ago(400), lastUsed: ago(1) };
    expect(planned([], control, { password: lately }).kind).toBe('compliant');
  });

  it('that is unused beside a key is named as what is left: the finding is not over (law 6)', () => {
    const { leaves, steps } = planOf([key('OLD1', 400)], 'IAM.8', idle);

    expect(leaves).toMatch(/^The console password of bob was not used for 90 days and stays/);
    expect(steps).toHaveLength(1);
  });

  it('does not matter to the age of keys', () => {
    expect(planned([], 'IAM.3', idle).kind).toBe('compliant');
    expect(planOf([key('OLD1', 400)], 'IAM.3', idle).leaves).toBeUndefined();
  });
});

describe('nothing to do', () => {
  it.each([
    ['IAM.3', 'bob has no active access key older than 90 days.'],
    ['IAM.8', 'bob has no active access key and no console password unused for 90 days.'],
    ['IAM.22', 'bob has no active access key and no console password unused for 45 days.'],
    [
      undefined,
      'bob has no active access key older than 90 days and no console password unused for 90 days.',
    ],
  ])('is said in the words of the control: %s', (control, because) => {
    expect(planned([key('NEW1', 1)], control)).toEqual({ kind: 'compliant', because });
  });

  it('is left where the user is gone', () => {
    expect(planFor({ kind: 'missing' }, anAsked({ target }))).toEqual({
      kind: 'compliant',
      because: 'The IAM user bob does not exist any more.',
    });
  });
});
