import type { z } from 'zod/mini';
import { exceptionFor, Policy } from '../../src/domain/policy';
import { account, aFinding, aPolicy, groupId, policyText, region } from '../support/builders';

type When = NonNullable<z.input<typeof Policy>['exceptions']>[number]['when'];
const exception = (when: When, until = '2026-03-31') => ({
  when,
  reason: 'The vendor’s agent needs it.',
  owner: 'payments',
  until,
});
const excepted = (when: When, finding = aFinding(), now = '2026-03-01T12:00:00Z') =>
  exceptionFor(aPolicy({ exceptions: [exception(when)] }), finding, new Date(now)) !== undefined;
const [own] = aFinding().resources;
const tagged = (tags: Record<string, string>, more: object = {}) => ({ ...own!, tags, ...more });

describe('an exception', () => {
  it('is told with its reason, its owner and its end', () => {
    const found = exceptionFor(
      aPolicy({
        exceptions: [exception({ control: ['EC2.8'] }), exception({ control: ['EC2.13'] })],
      }),
      aFinding(),
      new Date('2026-03-01T12:00:00Z'),
    );
    expect(found).toEqual({
      reason: 'The vendor’s agent needs it.',
      owner: 'payments',
      until: '2026-03-31T23:59:59.999Z',
    });
  });

  it('holds to the end of its last day, in UTC', () => {
    const when = { control: ['EC2.13'] };
    expect(excepted(when, aFinding(), '2026-03-31T23:59:59.999Z')).toBe(true);
    expect(excepted(when, aFinding(), '2026-04-01T00:00:00Z')).toBe(false);
  });

  it.each<[string, When, boolean]>([
    ['a control', { control: ['EC2.13'] }, true],
    ['another control', { control: ['EC2.14'] }, false],
    ['an account', { account: [account] }, true],
    ['a Region', { region: [region] }, true],
    ['a product and another severity', { product: ['Security Hub'], severity: ['low'] }, false],
    ['the id of its resource', { resource: groupId }, true],
    ['the ARN of its resource', { resource: own!.id }, true],
    ['a part of an id', { resource: groupId.slice(0, -1) }, false],
    ['a tag, where tags are not known', { tag: { owner: 'web' } }, false],
  ])('holds by %s', (_, when, holds) => {
    expect(excepted(when)).toBe(holds);
  });

  it('holds for what is known only (law 10)', () => {
    const anywhere = aFinding({ region: undefined });
    expect(excepted({ region: [region] }, anywhere)).toBe(false);
    expect(excepted({ control: ['EC2.13'] }, aFinding({ control: undefined }))).toBe(false);
  });

  it('by tag and id asks both of the same resource', () => {
    const when = { resource: groupId, tag: { owner: 'web' } };
    const other = tagged({ owner: 'web' }, { id: 'i-1', kind: 'AwsEc2Instance' });
    expect(excepted(when, aFinding({ resources: [tagged({ owner: 'web' })] }))).toBe(true);
    expect(excepted(when, aFinding({ resources: [tagged({ owner: 'db' }), other] }))).toBe(false);
  });

  it('of one resource leaves a finding open that names another of its kind too', () => {
    const instance = tagged({}, { id: 'i-1', kind: 'AwsEc2Instance' });
    const group = tagged({}, { id: 'sg-2' });
    expect(excepted({ resource: groupId }, aFinding({ resources: [own!, instance] }))).toBe(true);
    expect(excepted({ resource: groupId }, aFinding({ resources: [own!, group] }))).toBe(false);
    expect(excepted({ resource: groupId }, aFinding({ resources: [] }))).toBe(false);
  });

  it.each([
    [{ when: {} }],
    [{ until: '2026-02-30' }],
    [{ until: 'soon' }],
    [{ reason: '' }],
    [{ owner: undefined }],
    [{ when: { control: [] } }],
    [{ when: { control: ['EC2'] } }],
  ])('is none with %j', (more) => {
    const right = exception({ control: ['EC2.13'] });
    const parsed = (one: object) => Policy.safeParse({ ...policyText, exceptions: [one] }).success;
    expect([parsed(right), parsed({ ...right, ...more })]).toEqual([true, false]);
  });
});
