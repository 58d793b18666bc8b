import { findingShelf, linkShelf, remediationShelf, shelves } from '../../src/aws/shelves';
import { severities } from '../../src/domain/finding';
import { link, record, remediation, states, statuses } from '../blocks/support/samples';
import { aFinding } from '../support/builders';
import { asked, minute } from '../support/listing';

const rankOf = (shelf: ReturnType<typeof findingShelf>): string =>
  'rank' in shelf ? shelf.rank : '';

describe('a finding', () => {
  it('stands among the open ones, the worse the higher, then the newer', () => {
    const ranks = [...severities, ...severities]
      .map((severity, index) => record({ finding: aFinding({ severity }), lastAt: minute(index) }))
      .map(findingShelf);
    expect(new Set(ranks.map((shelf) => 'list' in shelf && shelf.list))).toEqual(
      new Set([shelves.openFindings]),
    );
    const sorted = ranks.map(rankOf).toSorted();
    expect(sorted.map((rank) => rank[0])).toEqual([...'0011223344']);
    expect(rankOf(ranks[9]!) > rankOf(ranks[4]!)).toBe(true);
  });

  it('stands among the excepted while it is, and nowhere once it is over', () => {
    const exception = { reason: 'r', until: minute(1) };
    expect(findingShelf(record({ exception }))).toMatchObject({ list: shelves.exceptedFindings });
    for (const more of [
      { workflow: 'resolved' },
      { workflow: 'suppressed' },
      { record: 'archived' },
      { compliance: 'passed' },
    ] as const)
      expect(findingShelf(record({ finding: aFinding(more) }))).toEqual({});
  });
});

describe('a remediation', () => {
  it('stands among the open ones while something is to come, else in its month', () => {
    const open = states.filter((state) => {
      const shelf = remediationShelf(remediation({ status: statuses[state] }));
      return 'list' in shelf && shelf.list === shelves.openRemediations;
    });
    expect(open).toEqual([
      'preparing',
      'awaiting approval',
      'approved',
      'applying',
      'rolling back',
      'undoing',
    ]);
    const { remediation: over } = asked(1, statuses.expired);
    expect(remediationShelf(over!)).toMatchObject({ list: 'REMEDIATIONS#2026-03' });
  });
});

describe('a deed', () => {
  it('stands with the person who did it; Drawbridge’s own are nowhere', () => {
    const actor = { kind: 'person', id: 'U0RITA', name: 'Rita' } as const;
    expect(linkShelf(link(1, { actor }))).toMatchObject({ list: 'PERSON#U0RITA' });
    expect(linkShelf(link(1))).toEqual({});
  });
});
