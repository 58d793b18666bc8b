import {
  accountLabel,
  channelsOf,
  Duration,
  Policy,
  routeOf,
  ruleFor,
} from '../../src/domain/policy';
import { account, aFinding, aPolicy, day, hour, policyText } from '../support/builders';
import { ChannelId } from '../../src/domain/ids';

const rule = policyText.approval.default;

describe('a policy', () => {
  it.each([
    ['1m', 60_000],
    ['4h', 4 * hour],
    ['30d', 30 * day],
  ])('writes a time as %s', (text, ms) => {
    expect(Duration.parse(text)).toBe(ms);
  });

  it.each(['', '0m', '5', 'h', '1.5h', '-1d', '12345m', '4 h', '4H'])(
    'takes no time such as “%s”',
    (text) => {
      expect(Duration.safeParse(text).success).toBe(false);
    },
  );

  it('lets nobody wait longer than the workflow can: 30 days', () => {
    const waiting = (expiresAfter: string) =>
      Policy.safeParse({ ...policyText, approval: { default: { ...rule, expiresAfter } } }).success;

    expect([waiting('30d'), waiting('31d'), waiting('721h')]).toEqual([true, false, false]);
  });

  it('refuses keys that it does not know: typing slips are seen', () => {
    expect(Policy.safeParse({ ...policyText, routeing: [] }).success).toBe(false);
    expect(
      Policy.safeParse({ ...policyText, undo: { ...policyText.undo, withing: '1d' } }).success,
    ).toBe(false);
  });

  it('has at least one route', () => {
    expect(Policy.safeParse({ ...policyText, routing: [] }).success).toBe(false);
  });

  it('gives a playbook its own rule, or the default', () => {
    const strict = { ...rule, approvals: 2 };
    const policy = aPolicy({ approval: { default: rule, playbooks: { strict } } });

    expect(ruleFor(policy, 'strict').approvals).toBe(2);
    expect(ruleFor(policy, 'other')).toMatchObject({ approvals: 1, expiresAfter: 4 * hour });
  });

  it('allows itself in the channels that it routes to', () => {
    expect([...channelsOf(aPolicy())]).toEqual(['C0ALERTS', 'C0LOW']);
  });

  it('names an account as people know it', () => {
    expect(accountLabel(aPolicy(), account)).toBe(`security (${account})`);
    expect(accountLabel(aPolicy(), '000000000000')).toBe('000000000000');
  });
});

describe('a route', () => {
  const to = 'C0FIRST';
  const routed = (when: object, finding = aFinding()) =>
    routeOf(aPolicy({ routing: [{ when, to }, { to: 'C0REST' }] }), finding);
  const tagged = aFinding({
    resources: [
      { kind: 'AwsEc2Instance', id: 'i-1', tags: { owner: 'web' } },
      { kind: 'AwsEc2Instance', id: 'i-2', tags: { owner: 'payments', stage: 'live' } },
    ],
  });

  it.each([
    ['everything', {}, true],
    ['a product', { product: ['Security Hub'] }, true],
    ['another product', { product: ['Macie'] }, false],
    ['a severity', { severity: ['low', 'high'] }, true],
    ['another severity', { severity: ['low'] }, false],
    ['an account', { account: [account] }, true],
    ['another account', { account: ['000000000000'] }, false],
    ['all of several', { account: [account], severity: ['high'] }, true],
    ['one of several', { account: [account], severity: ['low'] }, false],
    ['a tag', { tag: { owner: 'web' } }, true],
    ['tags of one resource', { tag: { owner: 'payments', stage: 'live' } }, true],
    ['tags of two resources', { tag: { owner: 'web', stage: 'live' } }, false],
  ])('matches %s', (_, when, matches) => {
    expect(routed(when, tagged)).toBe(matches ? to : 'C0REST');
  });

  it('is the last one where none matches, so that no finding is without a channel (law 9)', () => {
    const policy = aPolicy({
      routing: [
        { when: { severity: ['low'] }, to: 'C0ONE' },
        { when: { severity: ['low'] }, to: 'C0TWO' },
      ],
    });

    expect(routeOf(policy, aFinding())).toBe(ChannelId.parse('C0TWO'));
  });
});
