import fc from 'fast-check';
import type { Fate } from '../../../src/domain/gate/decision';
import {
  filterOf,
  filterText,
  fitsFilter,
  heldKinds,
  noFilter,
  type HeldFilter,
  type HeldKind,
} from '../../../src/domain/gate/filter';
import type { Held, Verdict } from '../../../src/domain/gate/verdict';

const open: Fate = { kind: 'open', yes: 0, of: 1 };
const out: Fate = { kind: 'keep out', by: 'Ann' };
const detected = [{ type: 'CREDIT_CARD_NUMBER', count: 2 }];
const sensitive = (severity: 'low' | 'medium' | 'high'): Verdict => ({
  kind: 'sensitive',
  severity,
  detected,
  findings: [],
});
const suppressed: Verdict = { kind: 'suppressed', severity: 'high', detected, findings: [] };
const unproven: Verdict = { kind: 'unproven', because: 'skipped' };
const summary = {
  detected: [
    { type: 'EMAIL_ADDRESS', count: 1, objects: 1 },
    { type: 'CREDIT_CARD_NUMBER', count: 2, objects: 1 },
  ],
};
const fits = (
  filter: Partial<HeldFilter>,
  verdict: Verdict,
  { fate = open, end }: { fate?: Fate; end?: NonNullable<Held['end']> } = {},
) => fitsFilter({ ...noFilter, ...filter }, { verdict, ...(end && { end }) }, fate, summary);

describe('a filter of held objects', () => {
  it('is read back from its few letters', () => {
    const filter = fc
      .record({
        open: fc.boolean(),
        kind: fc.constantFrom(...(Object.keys(heldKinds) as HeldKind[])),
        category: fc.option(fc.integer({ min: 0, max: 99 })),
      })
      .map(({ category, ...rest }) => ({ ...rest, ...(category !== null && { category }) }));
    fc.assert(fc.property(filter, (any) => expect(filterOf(filterText(any))).toEqual(any)));
  });

  it.each([undefined, '', 'o', 'zz', 'oa123', '__proto__'])(
    'is none where it is odd: %j',
    (text) => {
      expect(filterOf(text)).toEqual(noFilter);
    },
  );

  it('shows what is undecided, unless the rest is wanted too', () => {
    expect(fits({}, unproven)).toBe(true);
    expect(fits({}, unproven, { fate: out })).toBe(false);
    expect(fits({}, unproven, { end: 'released' })).toBe(false);
    expect(fits({ open: false }, unproven, { fate: out, end: 'kept out' })).toBe(true);
  });

  it.each<[HeldKind, Verdict, boolean]>([
    ['h', sensitive('high'), true],
    ['h', sensitive('low'), false],
    ['h', suppressed, false],
    ['m', sensitive('medium'), true],
    ['l', sensitive('low'), true],
    ['m', unproven, false],
    ['l', unproven, false],
    ['u', unproven, true],
    ['u', suppressed, false],
    ['s', suppressed, true],
    ['s', sensitive('high'), false],
  ])('by verdict: %s, %j: %s', (kind, verdict, expected) => {
    expect(fits({ kind }, verdict)).toBe(expected);
  });

  it('by what was found; what is not in the summary fits nothing that is named', () => {
    expect(fits({ category: 1 }, sensitive('low'))).toBe(true);
    expect(fits({ category: 0 }, sensitive('low'))).toBe(false);
    expect(fits({ category: 7 }, sensitive('low'))).toBe(false);
    expect(fits({ category: 1 }, unproven)).toBe(false);
    expect(fitsFilter({ ...noFilter, category: 1 }, { verdict: suppressed }, open, undefined)).toBe(
      false,
    );
  });
});
