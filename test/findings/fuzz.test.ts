import fc from 'fast-check';
import { Finding } from '../../src/domain/finding';
import { read } from '../../src/findings/index';
import { files, load, wrap } from './events';
import { access, asff, guardDuty, inspector, macie, ocsf, wrapped } from './inline';

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

const events: unknown[] = [
  wrapped.asff(asff(), asff({ Id: 'second' })),
  wrapped.ocsf(ocsf()),
  wrapped.macie(macie()),
  wrapped.guardDuty(guardDuty()),
  wrapped.inspector(inspector()),
  wrapped.external(access()),
  wrapped.internal(access()),
  wrapped.unused(access()),
  { Records: [{ Sns: { Message: JSON.stringify(wrapped.asff(asff())) } }] },
  ...files().flatMap((name) => wrap(load(name))),
];

const nest = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;
const hostile = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom<unknown>(
    undefined,
    'x'.repeat(100_000),
    '😀'.repeat(20_000),
    '\u2028\u2029\u202e\u2066',
    '\ud800',
    '<!channel> <https://evil.example|click>',
    'arn:::::',
    'arn:aws:securityhub:::product/aws/',
    '2026-99-99T00:00:00Z',
    1e308,
    -0,
    nest(500),
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    Array.from({ length: 2000 }, () => ({})),
  ),
);
const mutation = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('delete', 'replace', 'list', 'text', 'rename'),
  value: hostile,
});

/** Every place in an event: its holder and its name. */
function places(value: unknown, found: [Node, string][] = []): [Node, string][] {
  if (!isNode(value)) return found;
  for (const [name, item] of Object.entries(value)) {
    found.push([value, name]);
    places(item, found);
  }
  return found;
}

function mutate(event: unknown, mutations: { at: number; how: string; value: unknown }[]): unknown {
  const mutant = structuredClone(event);
  for (const { at, how, value: shared } of mutations) {
    const value = structuredClone(shared);
    const all = places(mutant);
    const place = all[at % Math.max(all.length, 1)];
    if (place === undefined) continue;
    const [holder, name] = place;
    const old = holder[name];
    if (how === 'delete') delete holder[name];
    if (how === 'replace') holder[name] = value;
    if (how === 'list') holder[name] = [old, structuredClone(old)];
    if (how === 'text') holder[name] = JSON.stringify(old);
    if (how === 'rename') holder[`${name}_`] = value;
  }
  return mutant;
}

test('whatever arrives, reading it never throws and what it yields is a finding', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...events),
      fc.array(mutation, { minLength: 1, maxLength: 5 }),
      (event, mutations) => {
        const mutant = mutate(event, mutations);
        const reading = read(mutant);

        expect(read(structuredClone(mutant))).toEqual(reading);
        if (reading.kind !== 'findings') {
          // A parser that throws would be caught at the door: that is a bug, too.
          expect(reading.because).not.toMatch(/^(reading it failed.*)?$/);
          return;
        }
        for (const finding of reading.findings) {
          expect(Finding.parse(finding)).toEqual(finding);
          expect(Array.from(finding.title).length).toBeLessThanOrEqual(256);
          expect(Array.from(finding.description).length).toBeLessThanOrEqual(1024);
          expect(finding.resources.length).toBeGreaterThan(0);
          expect(finding.updatedAt).toBe(new Date(finding.updatedAt).toISOString());
        }
        for (const { because, raw } of reading.rejected) {
          expect(because).not.toBe('');
          expect(Array.from(raw).length).toBeLessThanOrEqual(2000);
        }
        expect(JSON.stringify(reading).isWellFormed()).toBe(true);
      },
    ),
    { numRuns: 3000 },
  );
  expect(({} as Node).polluted).toBeUndefined();
}, 60_000);

test('any value at all is read without throwing', () => {
  fc.assert(
    fc.property(
      fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }),
      (value) => {
        expect(read(value).kind).not.toBe('findings');
      },
    ),
    { numRuns: 1000 },
  );
});
