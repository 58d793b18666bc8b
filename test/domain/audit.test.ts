import fc from 'fast-check';
import { AuditEvent, auditTypes, link, origin, verify, type Link } from '../../src/domain/audit';
import { CaseId } from '../../src/domain/ids';
import { findingKey } from '../support/builders';

const event: fc.Arbitrary<AuditEvent> = fc.record({
  id: fc.string({ minLength: 1, maxLength: 20 }),
  type: fc.constantFrom(...auditTypes),
  case: fc.constant(CaseId.parse(findingKey)),
  at: fc.constantFrom('2026-03-01T12:00:00.000Z', '2026-03-01T12:00:01.000Z'),
  actor: fc.constantFrom(
    { kind: 'drawbridge' as const },
    { kind: 'person' as const, id: 'U0ANN', name: 'Ann' },
  ),
  facts: fc.dictionary(
    fc.stringMatching(/^[a-z]{1,5}$/),
    fc.oneof(fc.string(), fc.integer(), fc.boolean()),
    { maxKeys: 3 },
  ),
});
const chainOf = (events: readonly AuditEvent[]): Link[] => {
  const links: Link[] = [];
  for (const each of events) links.push(link(links.at(-1), each));
  return links;
};
const chain = fc.array(event, { minLength: 1, maxLength: 8 }).map(chainOf);
const headOf = (links: readonly Link[]) => {
  const { seq, hash } = links.at(-1)!;
  return { seq, hash };
};

describe('a chain', () => {
  it('as it was written is sound, with and without its head', () => {
    fc.assert(
      fc.property(chain, (links) => {
        const sound = { ok: true, links: links.length, head: headOf(links).hash };

        expect(verify(links)).toEqual(sound);
        expect(verify(links, headOf(links))).toEqual(sound);
      }),
      { numRuns: 1000 },
    );
  });

  it('without links begins at the origin', () => {
    expect(verify([])).toEqual({ ok: true, links: 0, head: origin });
  });

  it('names the first link that was altered, whatever was altered in it (law 13)', () => {
    const alter = fc.constantFrom<(link: Link) => Link>(
      (each) => ({ ...each, seq: each.seq + 1 }),
      (each) => ({ ...each, previous: 'f'.repeat(64) }),
      (each) => ({ ...each, hash: 'f'.repeat(64) }),
      (each) => ({ ...each, event: { ...each.event, id: `${each.event.id}x` } }),
      (each) => ({ ...each, event: { ...each.event, at: '2026-03-02T00:00:00.000Z' } }),
      (each) => ({ ...each, event: { ...each.event, facts: { ...each.event.facts, forged: 1 } } }),
      (each) => ({
        ...each,
        event: { ...each.event, actor: { kind: 'person', id: 'U0EVE', name: 'Eve' } },
      }),
    );
    fc.assert(
      fc.property(chain, fc.nat(), alter, (links, pick, alter) => {
        const at = pick % links.length;

        const verdict = verify(links.map((each, index) => (index === at ? alter(each) : each)));

        expect(verdict).toMatchObject({ ok: false, seq: at + 1 });
      }),
      { numRuns: 1000 },
    );
  });

  it('names the place where a link is gone, came twice or changed places (law 13)', () => {
    const long = fc.array(event, { minLength: 2, maxLength: 8 }).map(chainOf);
    fc.assert(
      fc.property(long, fc.nat(), (links, pick) => {
        const at = pick % (links.length - 1);
        const [one, other] = [links[at]!, links[at + 1]!];

        const gone = links.toSpliced(at, 1);
        const twice = links.toSpliced(at, 0, one);
        const swapped = links.toSpliced(at, 2, other, one);

        expect(verify(gone)).toMatchObject({ ok: false, seq: at + 1 });
        expect(verify(twice)).toMatchObject({ ok: false, seq: at + 2 });
        expect(verify(swapped)).toMatchObject({ ok: false, seq: at + 1 });
      }),
      { numRuns: 1000 },
    );
  });

  it('in which a link was forged with its hash, and the next one pointed at it, is broken there (law 13)', () => {
    const long = fc.array(event, { minLength: 2, maxLength: 8 }).map(chainOf);
    fc.assert(
      fc.property(long, fc.nat(), (links, pick) => {
        const at = pick % (links.length - 1);
        const [one, next] = [links[at]!, links[at + 1]!];
        const forged = link(links[at - 1], { ...one.event, id: `${one.event.id}-forged` });

        const verdict = verify(links.toSpliced(at, 2, forged, { ...next, previous: forged.hash }));

        expect(verdict).toMatchObject({ ok: false, seq: at + 2 });
      }),
      { numRuns: 1000 },
    );
  });

  it('whose end was cut off, or written anew, does not fit its head (law 13)', () => {
    fc.assert(
      fc.property(chain, event, (links, other) => {
        const head = headOf(links);
        const cut = links.slice(0, -1);
        const anew = [...cut, link(cut.at(-1), { ...other, id: `${other.id}-anew` })];

        expect(verify(cut, head)).toEqual({
          ok: false,
          seq: links.length,
          because: `the chain ends at link ${links.length - 1}, its head says ${links.length}`,
        });
        expect(verify(anew, head)).toMatchObject({ ok: false, seq: links.length + 1 });
      }),
      { numRuns: 1000 },
    );
  });
});
