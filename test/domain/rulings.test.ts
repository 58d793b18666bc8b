import { rulingFor } from '../../src/domain/policy';
import { account, aFinding, aPolicy, aTarget, hour, policyText, region } from '../support/builders';
import { base, byDefault, playbook, ruled, type Rules } from './ruled';

describe('without rules', () => {
  it('nothing is automatic: people decide by default, or as the playbook’s own rule says', () => {
    const own = { ...policyText.approval.default, approvals: 3 };
    const approval = { default: policyText.approval.default, playbooks: { [playbook.id]: own } };

    expect(ruled([])).toEqual(byDefault);
    expect(rulingFor(aPolicy({ approval }), { playbook, target: aTarget })).toMatchObject({
      rule: { approvals: 3 },
    });
  });
});

describe('a rule that matches', () => {
  const when = {};

  it('says never, and why', () => {
    expect(ruled([{ when, run: 'never', because: 'Ask the network team.' }])).toEqual({
      run: 'never',
      because: 'Ask the network team.',
    });
  });

  it('says automatic, with the rule for when it may not', () => {
    expect(ruled([{ when, run: 'automatic' }])).toEqual({
      run: 'automatic',
      rule: base,
      evenWithWarnings: false,
    });
    expect(
      ruled([{ when, run: 'automatic', evenWithWarnings: true, window: 'office' }]),
    ).toMatchObject({
      evenWithWarnings: true,
      window: { name: 'office', zone: 'UTC', from: 9 * hour },
    });
  });

  it('says ask: the requester’s own yes is enough', () => {
    expect(ruled([{ when, run: 'ask' }])).toEqual({
      run: 'approval',
      rule: { ...base, approvals: 1, from: 'responder', separate: false },
    });
  });

  it('says one approval or two people, never the requester', () => {
    expect(ruled([{ when, run: 'one approval', from: 'responder' }])).toEqual({
      run: 'approval',
      rule: { ...base, approvals: 1, from: 'responder', separate: true },
    });
    expect(
      ruled([
        {
          when,
          run: 'two people',
          because: 'Customers see it.',
          expiresAfter: '8h',
          reason: true,
          window: 'office',
        },
      ]),
    ).toEqual({
      run: 'approval',
      rule: {
        ...base,
        approvals: 2,
        from: 'approver',
        separate: true,
        expiresAfter: 8 * hour,
        reason: true,
      },
      because: 'Customers see it.',
      window: expect.objectContaining({ name: 'office' }),
    });
  });

  it('is the first of those that match', () => {
    const rules: Rules = [
      { when: { severity: ['low'] }, run: 'never', because: 'x' },
      { when: { severity: ['high'] }, run: 'automatic' },
      { when, run: 'never', because: 'x' },
    ];
    expect(ruled(rules).run).toBe('automatic');
  });

  it.each<[string, Rules[number]['when'], boolean]>([
    ['its playbook', { playbook: [playbook.id, 'x-y'] }, true],
    ['another playbook', { playbook: ['x-y'] }, false],
    ['its control', { control: ['EC2.13'] }, true],
    ['another control', { control: ['EC2.1'] }, false],
    ['controls of a service', { control: ['EC2.*'] }, true],
    ['the finding’s type', { type: ['Software and *'] }, true],
    ['a type of which it has the beginning', { type: ['Software'] }, false],
    ['its product', { product: ['Security Hub'] }, true],
    ['its account', { account: [account] }, true],
    ['another account', { account: ['000000000000'] }, false],
    ['its Region', { region: [region] }, true],
    ['another Region', { region: ['us-west-2'] }, false],
    ['all its conditions', { region: [region], severity: ['high'] }, true],
    ['not all its conditions', { region: [region], severity: ['low'] }, false],
    ['its tag', { tag: { owner: 'web' } }, true],
    ['another value of its tag', { tag: { owner: 'Web' } }, false],
    ['a tag that it lacks', { tag: { owner: 'web', stage: 'live' } }, false],
    ['a tag that every object seems to have', { tag: { constructor: 'x' } }, false],
  ])('matches by %s', (_, condition, matches) => {
    expect(ruled([{ when: condition, run: 'automatic' }]).run).toBe(
      matches ? 'automatic' : 'approval',
    );
  });

  it('for controls does not match a finding that has none', () => {
    const rules: Rules = [{ when: { control: ['EC2.13'] }, run: 'never', because: 'x' }];
    expect(ruled(rules, aFinding({ control: undefined }))).toEqual(byDefault);
  });

  it('reads the tags of the target, not those of other resources', () => {
    const rules: Rules = [{ when: { tag: { owner: 'web' } }, run: 'automatic' }];
    const [own] = aFinding().resources;
    const others = [
      { ...own!, id: 'sg-other', tags: { owner: 'web' } },
      { ...own!, kind: 'AwsEc2Instance', tags: { owner: 'web' } },
      { ...own!, account: '444455556666', tags: { owner: 'web' } },
      { ...own!, region: 'us-west-2', tags: { owner: 'web' } },
    ];
    for (const other of others)
      expect(
        ruled(rules, aFinding({ resources: [other, { ...own!, tags: { a: 'b' } }] })).run,
      ).toBe('approval');
  });
});
