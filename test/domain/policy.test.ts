import {
  accountLabel,
  ApprovalRule,
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

  const approval = (more: object) =>
    Policy.safeParse({ ...policyText, approval: { default: { ...rule, ...more } } });

  it.each([
    [{ remindAfter: '1h' }, true],
    [{ remindAfter: '4h' }, false],
    [{ escalateAfter: '3h', escalateTo: 'S012' }, true],
    [{ escalateAfter: '4h', escalateTo: 'S012' }, false],
    [{ escalateAfter: '3h' }, false],
    [{ escalateTo: 'U012' }, false],
    [{ remindAfter: '4h', escalateTo: 'U012' }, false],
    [{ remindAfter: '1h', escalateAfter: '2h', escalateTo: 'U012' }, true],
    [{ remindAfter: '2h', escalateAfter: '2h', escalateTo: 'U012' }, false],
    [{ escalateAfter: '2h', escalateTo: '#channel' }, false],
    [{ reason: true }, true],
  ])('reminds before it escalates, and escalates to somebody before the end: %j', (more, right) => {
    expect(approval(more).success).toBe(right);
  });

  it('stores what it says of people as numbers', () => {
    const { data } = approval({ remindAfter: '30m', escalateAfter: '2h', escalateTo: 'S012' });
    const stored = {
      ...rule,
      expiresAfter: 4 * hour,
      remindAfter: hour / 2,
      escalateAfter: 2 * hour,
    };

    expect(data?.approval.default).toEqual({ ...stored, escalateTo: 'S012' });
    expect(ApprovalRule.parse(data?.approval.default)).toEqual(data?.approval.default);
  });

  it.each([
    [{ run: 'ask' }, true],
    [{ run: 'ask', from: 'approver' }, false],
    [{ run: 'never' }, false],
    [{ run: 'never', because: 'x' }, true],
    [{ run: 'automatic', expiresAfter: '1h' }, false],
    [{ run: 'one approval', from: 'responder', expiresAfter: '1h', reason: true }, true],
    [{ run: 'one approval', evenWithWarnings: true }, false],
    [{ run: 'two people', expiresAfter: '31d' }, false],
    [{ run: 'automatic', when: undefined }, false],
  ])('has rules in which nothing stands that counts for nothing: %j', (more, right) => {
    const rules = [{ when: {}, ...more }];
    expect(Policy.safeParse({ ...policyText, rules }).success).toBe(right);
  });

  it('knows the windows that it names', () => {
    const named = (windows: object) =>
      Policy.safeParse({
        ...policyText,
        rules: [
          { when: {}, run: 'never', because: 'x' },
          { when: {}, run: 'ask', window: 'office' },
        ],
        routing: [{ when: {}, to: 'C0REST', quiet: 'nights' }],
        windows,
      }).error?.issues.map(({ path }) => path);
    const window = { zone: 'UTC', from: '09:00', to: '17:00' };

    expect(named({ office: window, nights: window })).toBeUndefined();
    expect(named({})).toEqual([
      ['rules', 1, 'window'],
      ['routing', 0, 'quiet'],
    ]);
  });

  it('needs none of its newer parts', () => {
    expect(aPolicy()).toMatchObject({
      rules: [],
      windows: {},
      exceptions: [],
      tools: [],
      caps: { automaticPerHour: 10, targetsPerRequest: 50 },
      digest: { at: 8 * hour, zone: 'UTC' },
    });
  });

  it('is the same after a way through JSON, as it goes into the bundles', () => {
    const policy = aPolicy({
      rules: [{ when: {}, run: 'ask', expiresAfter: '1h' }],
      exceptions: [{ when: { control: ['S3.1'] }, reason: 'x', owner: 'y', until: '2027-03-31' }],
    });
    expect(JSON.parse(JSON.stringify(policy))).toEqual(policy);
  });

  it('writes addresses small', () => {
    const roles = { responder: { emails: ['Ann@Example.com'] }, approver: {} };
    expect(aPolicy({ roles }).roles.responder.emails).toEqual(['ann@example.com']);
    expect(
      Policy.safeParse({ ...policyText, roles: { ...roles, approver: { emails: ['ann'] } } })
        .success,
    ).toBe(false);
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
