import fc from 'fast-check';
import type { Ruling } from '../../src/domain/policy';
import { base, byDefault, ruled, tagged, type Rules } from './ruled';

describe('what is not known never loosens (law 10)', () => {
  const production = { tag: { environment: 'production' } };
  const automatic: Rules[number] = { when: {}, run: 'automatic', evenWithWarnings: true };
  const unknown = tagged({});

  it('a rule for a tag is not automatic where the tags are not known', () => {
    expect(ruled([{ when: production, run: 'automatic' }], unknown)).toEqual(byDefault);
  });

  it('a rule that asks for more is not passed over, and says what is not known', () => {
    expect(ruled([{ when: production, run: 'two people' }, automatic], unknown)).toEqual({
      run: 'approval',
      rule: { ...base, approvals: 2 },
      because: 'The tags of sg-0a1b2c3d are not known, so a stricter rule may be meant for it.',
    });
  });

  it('a rule that forbids becomes a question to two people, with its reason', () => {
    const rules: Rules = [{ when: production, run: 'never', because: 'Hands off.' }, automatic];
    expect(ruled(rules, unknown)).toEqual({
      run: 'approval',
      rule: { ...base, approvals: 2, from: 'approver', separate: true },
      because:
        'The tags of sg-0a1b2c3d are not known, so a rule that forbids this may be meant for it: Hands off.',
    });
    expect(ruled([rules[0]!], unknown)).toMatchObject({ rule: { approvals: 2 } });
    expect(ruled(rules, tagged({ environment: 'test' })).run).toBe('automatic');
    expect(ruled(rules, tagged({ environment: 'production' })).run).toBe('never');
  });

  it('a rule that forbids for certain stays so, whatever comes before it', () => {
    const forbids: Rules[number] = { when: {}, run: 'never', because: 'x' };
    expect(ruled([{ when: production, run: 'two people' }, forbids], unknown).run).toBe('never');
  });

  it('of two rules that are automatic, the one that stops at warnings counts, and a window of either', () => {
    const stops: Rules[number] = { when: production, run: 'automatic', window: 'office' };
    expect(ruled([stops, automatic], unknown)).toMatchObject({
      run: 'automatic',
      evenWithWarnings: false,
      window: { name: 'office' },
    });
  });

  it('a window that may be meant is kept', () => {
    expect(ruled([{ when: production, run: 'ask', window: 'office' }], unknown)).toMatchObject({
      rule: base,
      window: { name: 'office' },
    });
  });

  it('a rule that comes after the one that decides does not count', () => {
    expect(ruled([automatic, { when: production, run: 'two people' }], unknown).run).toBe(
      'automatic',
    );
  });

  it('a tag is not known by the names that every object has', () => {
    const odd: Rules[number] = { when: { tag: { constructor: 'x' } }, run: 'two people' };
    expect(ruled([odd, automatic], unknown)).toMatchObject({ rule: { approvals: 2 } });
  });

  it('tags that may have been cut are not known', () => {
    const many = (count: number) =>
      tagged(Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, 'v'])));
    const rules: Rules = [{ when: production, run: 'two people' }, automatic];
    expect([ruled(rules, many(49)).run, ruled(rules, many(50)).run]).toEqual([
      'automatic',
      'approval',
    ]);
  });

  it('without a finding, rules for findings count if they make it stricter', () => {
    const low: Rules[number] = {
      when: { severity: ['low'] },
      run: 'two people',
      because: 'Quiet.',
    };
    expect(ruled([low, automatic], null)).toMatchObject({
      rule: { approvals: 2 },
      because: 'There is no finding, so a stricter rule may be meant for it: Quiet.',
    });
    expect(ruled([{ ...low, run: 'automatic' }], null)).toEqual(byDefault);
  });

  it('without a finding, rules for controls count if the playbook answers one of them', () => {
    const rule = (control: string): Rules => [
      { when: { control: ['X.1', control] }, run: 'two people' },
      automatic,
    ];
    expect(ruled(rule('EC2.14'), null)).toMatchObject({ rule: { approvals: 2 } });
    expect(ruled(rule('EC2.*'), null)).toMatchObject({ rule: { approvals: 2 } });
    expect(ruled(rule('EC2.1'), null).run).toBe('automatic');
  });

  it('whatever the rules and the tags: unknown tags ask for as much as any tags would, or two people', () => {
    const weight = (ruling: Ruling): number => {
      if (ruling.run !== 'approval') return ruling.run === 'never' ? 1000 : 0;
      const { approvals, separate, from } = ruling.rule;
      return approvals * 10 + Number(separate) * 5 + Number(from === 'approver') * 2;
    };
    const tags = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('x', 'y'), {
      minKeys: 1,
    });
    const whens = fc.oneof(
      tags.map((tag): Rules[number]['when'] => ({ tag })),
      fc.constantFrom<Rules[number]['when'][]>({}, { severity: ['high'] }, { severity: ['low'] }),
    );
    const runs = fc.constantFrom('automatic', 'ask', 'one approval', 'two people');
    const rule = fc.oneof(
      fc.record({ when: whens, run: fc.constant('never' as const), because: fc.constant('x') }),
      fc.record({ when: whens, run: runs }),
    );
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), tags, (rules, known) => {
        const atMost = weight({ run: 'approval', rule: { ...base, approvals: 2 } });

        expect(weight(ruled(rules, unknown))).toBeGreaterThanOrEqual(
          Math.min(weight(ruled(rules, tagged(known))), atMost),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
