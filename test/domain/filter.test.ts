import fc from 'fast-check';
import { fieldNames, fits, parseFilter, type Filter } from '../../src/domain/filter';
import { severities, type Finding } from '../../src/domain/finding';
import { aFinding } from '../support/builders';

const filterOf = (text: string): Filter => {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.because);
  return parsed.filter;
};
const seen = (finding: Finding = aFinding(), assignee?: string) => ({
  finding,
  accountName: `security (${finding.account})`,
  ...(assignee && { assignee: { id: assignee } }),
});
const shows = (text: string, finding?: Finding, assignee?: string): boolean =>
  fits(filterOf(text), seen(finding, assignee), 'U0RITA');

const tagged = aFinding({
  resources: [
    { kind: 'AwsS3Bucket', id: 'arn:aws:s3:::ledger', tags: { Name: 'x' } },
    { kind: 'AwsS3Bucket', id: 'arn:aws:s3:::old', tags: { OWNER: 'Payments' } },
  ],
});
const portscan = aFinding({ product: 'GuardDuty', type: 'Recon:EC2/Portscan', control: undefined });

describe('a filter', () => {
  it('without words is all of them', () => {
    expect(shows('')).toBe(true);
    expect(shows('   ')).toBe(true);
  });

  it.each([
    ['high', true],
    ['HIGH', true],
    ['severity:high', true],
    ['low', false],
    ['critical high', true],
    ['critical low', false],
  ])('takes severities as alternatives: %s', (text, expected) => {
    expect(shows(text)).toBe(expected);
  });

  it.each([
    ['mine', 'U0RITA', true],
    ['mine', 'U0ANN', false],
    ['mine', undefined, false],
    ['unassigned', undefined, true],
    ['unassigned', 'U0ANN', false],
  ])('%s, assigned to %s: %s', (text, assignee, expected) => {
    expect(shows(text, aFinding(), assignee)).toBe(expected);
  });

  it('wants those that are suppressed only where that is said', () => {
    expect(filterOf('suppressed').suppressed).toBe(true);
    expect(filterOf('high').suppressed).toBe(false);
  });

  it.each([
    ['account:security', true],
    ['account:1111', true],
    ['account:sandbox', false],
    ['region:eu-', true],
    ['region:us-', false],
    ['product:hub', true],
    ['product:macie', false],
    ['control:EC2.13', true],
    ['control:ec2', true],
    ['control:ec2.*', true],
    ['control:ec2.1', false],
    ['control:ec2.1*', true],
    ['control:s3', false],
  ])('looks at the field that is named: %s', (text, expected) => {
    expect(shows(text)).toBe(expected);
  });

  it('finds the owner in the tags of any resource, however the tag is written', () => {
    expect(shows('owner:payments', tagged)).toBe(true);
    expect(shows('owner:web', tagged)).toBe(false);
    expect(shows('owner:payments')).toBe(false);
  });

  it('finds no Region and no control in a finding that has none', () => {
    const bare = aFinding({ region: undefined, control: undefined });
    expect(shows('region:eu', bare)).toBe(false);
    expect(shows('control:ec2', bare)).toBe(false);
  });

  it.each([
    ['ingress 0.0.0.0/0', true],
    ['sg-0a1b2c3d', true],
    ['arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1b2c3d', true],
    ['ingress bucket', false],
  ])('looks for words in title, type and resources, all of them: %.30s', (text, expected) => {
    expect(shows(text)).toBe(expected);
  });

  it('takes a finding type, which has a colon, for a word', () => {
    expect(shows('Recon:EC2/Portscan', portscan)).toBe(true);
    expect(shows('Recon:EC2/Portscan')).toBe(false);
  });

  it('wants all of its parts', () => {
    expect(shows('high account:security ingress')).toBe(true);
    expect(shows('high account:sandbox ingress')).toBe(false);
  });
});

describe('a slip in a filter', () => {
  it.each([
    ['acount:prod', 'There is no filter “acount:”. Did you mean “account:prod”?'],
    ['contrl:ec2.13', 'There is no filter “contrl:”. Did you mean “control:ec2.13”?'],
    ['team:web', 'Known are account, control, product, region, owner.'],
  ])('%s is told, and what is known', (text, because) => {
    expect(parseFilter(`high ${text} more`)).toEqual({
      ok: false,
      because: expect.stringContaining(because),
    });
  });
});

describe('any text', () => {
  it('is a filter or a slip told in words, never an error, and twelve words at most', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 4000 }), (text) => {
        const parsed = parseFilter(text);
        if (!parsed.ok) return expect(parsed.because.length).toBeLessThan(600);
        const { words, fields, severity } = parsed.filter;
        expect(words.length + fields.length + severity.length).toBeLessThanOrEqual(12);
      }),
    );
  });

  it('means the same in any order and case', () => {
    const part = fc.constantFrom(
      ...severities,
      ...fieldNames.map((name) => `${name}:s`),
      'mine',
      'ingress',
      'sg-0a1b2c3d',
    );
    const parts = fc.array(part, { maxLength: 6 });
    fc.assert(
      fc.property(parts, fc.boolean(), (said, loud) => {
        const other = [...said].reverse().join('  ');
        expect(shows(loud ? other.toUpperCase() : other)).toBe(shows(said.join(' ')));
      }),
    );
  });

  it('with one more word shows no finding that it did not show before', () => {
    const more = fc.constantFrom('mine', 'account:sec', 'ingress', 'nowhere', 'region:eu');
    fc.assert(
      fc.property(fc.array(more, { maxLength: 5 }), more, (said, next) => {
        const [before, after] = [said.join(' '), [...said, next].join(' ')];
        expect(!shows(after) || shows(before)).toBe(true);
      }),
    );
  });
});
