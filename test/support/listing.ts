import type { Lists, Page } from '../../src/app/lists';
import type { Change, FindingRecord } from '../../src/app/ports';
import { CaseId, FindingKey, RemediationId } from '../../src/domain/ids';
import type { Finding, Severity } from '../../src/domain/finding';
import type { Status } from '../../src/domain/remediation';
import { aFinding, aRemediation } from './builders';

/** Findings and remediations to fill lists with: `n` makes them different, later ones are newer. */
export const keyOf = (n: number): FindingKey => FindingKey.parse(n.toString(16).padStart(32, '0'));
export const idOf = (n: number): RemediationId =>
  RemediationId.parse(`rem-${String(n).padStart(20, '0')}`);
export const minute = (n: number): string =>
  new Date(Date.parse('2026-03-01T12:00:00.000Z') + n * 60_000).toISOString();

export const found = (
  n: number,
  severity: Severity = 'high',
  more: Partial<FindingRecord> = {},
  finding: Partial<Finding> = {},
): Change => ({
  finding: {
    finding: { ...aFinding({ key: keyOf(n), id: `finding-${n}`, severity }), ...finding },
    count: 1,
    firstAt: minute(n),
    lastAt: minute(n),
    channel: aRemediation().channel,
    loud: true,
    version: 1,
    ...more,
  },
  events: [],
});

export const asked = (n: number, status: Status, more: object = {}): Change => ({
  remediation: aRemediation({ id: idOf(n), requestedAt: minute(n), status, ...more }),
  events: [],
});

export const did = (n: number, person: string | undefined): Change => ({
  events: [
    {
      id: `event-${n}`,
      type: 'finding.acknowledged',
      case: CaseId.parse(keyOf(1)),
      at: minute(n),
      actor: person ? { kind: 'person', id: person, name: person } : { kind: 'drawbridge' },
      facts: { n },
    },
  ],
});

/** All pages of a list, in order. */
export const pagesOf = async <T>(
  page: (from?: string) => Promise<Page<T>>,
): Promise<readonly (readonly T[])[]> => {
  const pages: (readonly T[])[] = [];
  let from: string | undefined;
  do {
    const { items, next } = await page(from);
    if (items.length > 0) pages.push(items);
    from = next;
  } while (from);
  return pages;
};

export const keysOf = async (lists: Lists, which: 'open' | 'excepted'): Promise<FindingKey[]> =>
  (await pagesOf((from) => lists.findings(which, from))).flat().map(({ finding }) => finding.key);
