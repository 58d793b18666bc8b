import { homeView, type Desk } from '../../blocks/home';
import { roleWords } from '../../src/slack/command';
import { aFinding } from '../support/builders';
import { gus } from '../support/people';
import { buttonsOf, words } from './support/reading';
import { at, member, policy, record, remediation } from './support/samples';

const many = (count: number, yours = false) =>
  Array.from({ length: count }, () => ({ remediation: remediation(), yours }));

describe('the Home', () => {
  const empty: Desk = { yours: [], asked: [], running: [], critical: [], more: false };
  const home = (desk: Partial<Desk> = {}, one = member()) =>
    homeView(one, { ...empty, ...desk }, policy, roleWords, at);

  it('shows what is on this person’s desk, what they may do, and when that was so', () => {
    const text = words(home({ yours: many(1, true), critical: [record()] }).blocks);
    expect(text).toContain('👉 Yours to decide: 1 👉 Close SSH');
    expect(text).toContain('Open critical findings: 1');
    expect(text).toContain('You may ask for remediations.');
    expect(text).toContain('TEST · as of 2026-03-02 03:04 UTC');
  });

  it('teaches where there is nothing', () => {
    const text = words(home().blocks);
    for (const each of [
      'Nothing waits for your decision.',
      'You have asked for nothing that is still open.',
      'Nothing is being changed.',
      'None. /findings shows the others.',
    ])
      expect(text).toContain(each);
  });

  it('opens the first five critical findings, and says that there are more', () => {
    const critical = Array.from({ length: 50 }, () => record());
    const { blocks } = home({ critical, more: true });
    expect(buttonsOf(blocks)).toEqual(Array.from({ length: 5 }, () => 'Details…'));
    expect(words(blocks)).toContain('Open critical findings: 50 and more');
  });

  it('names a critical finding without a resource', () => {
    const critical = [record({ finding: aFinding({ resources: [] }) })];
    expect(words(home({ critical }).blocks)).toContain('no resource');
  });

  it('shows an outsider no findings', () => {
    const text = words(home({ yours: many(1), critical: [record()] }, gus).blocks);
    expect(text).not.toContain('Yours to decide');
    expect(text).not.toContain('sg-0a1b2c3d');
    expect(text).toContain('You are a guest here');
  });
});
