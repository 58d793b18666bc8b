import { link, type AuditEvent, type Link } from '../../src/domain/audit';
import { CaseId } from '../../src/domain/ids';
import { judge, type Chain } from '../../tools/audit-chain';
import { words } from '../../tools/audit-verify';

const of = CaseId.parse('a'.repeat(32));
const now = new Date('2026-05-04T12:00:00.000Z');

const event = (n: number, at = '2026-05-04T10:00:00.000Z'): AuditEvent => ({
  id: `event-${n}`,
  type: 'finding.changed',
  case: of,
  at,
  actor: { kind: 'drawbridge' },
  facts: { n },
});

const grown = (events: readonly AuditEvent[]): Link[] => {
  const links: Link[] = [];
  for (const each of events) links.push(link(links.at(-1), each));
  return links;
};

const rows = (links: readonly unknown[]) => links.map((raw, i) => ({ place: i + 1, raw }));
const kept = (links: readonly unknown[], until = '2027-05-04T10:00:00.000Z') =>
  rows(links).map((row) => ({ ...row, versions: 1, lockedUntil: until as string | undefined }));
const headOf = (links: readonly Link[]) => {
  const { seq, hash } = links.at(-1)!;
  return { seq, hash };
};

const links = grown([1, 2, 3, 4].map((n) => event(n)));
const whole: Chain = { table: rows(links), head: headOf(links), bucket: kept(links) };
const without = <T extends { place: number }>(list: readonly T[], place: number): T[] =>
  list.filter((row) => row.place !== place);
const altered = (n: number) =>
  links.map((each, i) =>
    i === n - 1 ? { ...each, event: { ...each.event, facts: { n: 99 } } } : each,
  );
const said = (chain: Partial<Chain>) => words(of, judge({ ...whole, ...chain }, now));

describe('two copies of one chain', () => {
  it('are whole when both follow their hashes and say the same', () => {
    expect(said({})).toBe(`${of}: ok, 4 links, head ${links[3]!.hash}`);
  });

  it('show an altered link in the table, by its number', () => {
    expect(said({ table: rows(altered(3)) })).toMatch(
      /BROKEN at link 3: table: link 3 was altered/,
    );
  });

  it('show a field that was added to a link', () => {
    const more = links.map((each, i) =>
      i === 1 ? { ...each, event: { ...each.event, more: 1 } } : each,
    );
    expect(said({ table: rows(more) })).toMatch(/link 2: table: link 2 was altered/);
  });

  it('show an altered object in the bucket', () => {
    expect(said({ bucket: kept(altered(2)) })).toMatch(/link 2: bucket: link 2 was altered/);
  });

  it('show a missing link in the table', () => {
    expect(said({ table: without(whole.table, 2) })).toMatch(/link 2: table: link 2 is missing/);
  });

  it('show a missing object in the bucket', () => {
    expect(said({ bucket: without(whole.bucket, 3) })).toMatch(/link 3: bucket: link 3 is missing/);
  });

  it('show two swapped links', () => {
    const [a, b, c, d] = links;
    expect(said({ table: rows([a, c, b, d]) })).toMatch(
      /link 2: table: in the place of link 2 stands link 3/,
    );
  });

  it('show a link that only the table has, if it is old enough to be archived', () => {
    const more = grown([...links.map((each) => each.event), event(5)]);
    expect(said({ table: rows(more), head: headOf(more) })).toMatch(/link 5 is in the table only/);
  });

  it('let a young link be on its way to the bucket', () => {
    const more = grown([...links.map((each) => each.event), event(5, '2026-05-04T11:59:00.000Z')]);
    expect(said({ table: rows(more), head: headOf(more) })).toMatch(/ok, 5 links.*1 on the way/);
  });

  it('show a tail that was cut off the table, by the head and by the bucket', () => {
    const cut = whole.table.slice(0, 3);
    expect(said({ table: cut })).toMatch(
      /link 4: table: the chain ends at link 3, its head says 4/,
    );
    expect(said({ table: cut, head: headOf(links.slice(0, 3)) })).toMatch(
      /link 4 is in the bucket only/,
    );
  });

  it('show a table that was emptied, and a head that was deleted', () => {
    expect(said({ table: [], head: undefined })).toMatch(/link 1 is in the bucket only/);
    expect(said({ head: undefined })).toMatch(/BROKEN at link 5: table: the chain ends at link 4/);
  });

  it('show a chain that was rewritten with fresh hashes', () => {
    const forged = grown([event(1), event(22), event(3), event(4)]);
    expect(said({ table: rows(forged), head: headOf(forged) })).toMatch(
      /link 2 is not the same in the table and in the bucket/,
    );
  });

  it('show an extra link whose hashes are right in neither', () => {
    expect(said({ table: rows([...links, links[3]]) })).toMatch(
      /in the place of link 5 stands link 4/,
    );
  });

  it('show what is no link at all', () => {
    expect(said({ bucket: kept([links[0], undefined, links[2], links[3]]) })).toMatch(
      /link 2: bucket: link 2 cannot be read/,
    );
  });

  it('show an object without retention and one that was written over', () => {
    const [first, ...rest] = whole.bucket;
    expect(said({ bucket: [{ ...first!, lockedUntil: undefined }, ...rest] })).toMatch(
      /link 1 is under no retention/,
    );
    expect(said({ bucket: [{ ...first!, versions: 2 }, ...rest] })).toMatch(
      /link 1 was written or deleted 2 times/,
    );
  });

  it('say when a retention has ended, which is no break', () => {
    expect(said({ bucket: kept(links, '2026-05-01T00:00:00.000Z') })).toMatch(
      /ok, .*4 whose retention has ended/,
    );
  });

  it('are unknown when neither has a link', () => {
    expect(said({ table: [], bucket: [], head: undefined })).toMatch(
      /neither the table nor the bucket/,
    );
  });
});
