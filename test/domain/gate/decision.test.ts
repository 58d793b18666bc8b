import fc from 'fast-check';
import {
  approvalsFor,
  fateOf,
  type GateDecision,
  type ReviewRule,
} from '../../../src/domain/gate/decision';
import { objectRef } from '../../../src/domain/gate/object';
import type { Held } from '../../../src/domain/gate/verdict';
import { SlackUserId } from '../../../src/domain/ids';

const ref = objectRef(1, 7);
const found = { detected: [], findings: [] };
const high: Pick<Held, 'ref' | 'verdict'> = {
  ref,
  verdict: { kind: 'sensitive', severity: 'high', ...found },
};
const unread: Pick<Held, 'ref' | 'verdict'> = {
  ref,
  verdict: { kind: 'unproven', because: 'skipped' },
};
const rule: ReviewRule = {
  approvals: { high: 2, medium: 1, low: 1, otherwise: 1 },
  release: ['low'],
};
const said = (
  id: string,
  verdict: GateDecision['verdict'],
  more: Partial<GateDecision> = {},
): GateDecision => ({
  number: 1,
  verdict,
  scope: { kind: 'all' },
  reason: 'because',
  by: { id: SlackUserId.parse(id), name: id.slice(1) },
  at: '2026-11-24T10:00:00.000Z',
  ...more,
});

describe('what becomes of a held object', () => {
  it('D7: nothing, while nobody has said anything', () => {
    expect(fateOf(high, [], rule)).toEqual({ kind: 'open', yes: 0, of: 2 });
    expect(fateOf(unread, [], rule)).toEqual({ kind: 'open', yes: 0, of: 1 });
  });

  it('D35: it is released when as many people as the policy wants for its severity said yes', () => {
    const one = said('UALEX', 'approve');
    expect(fateOf(high, [one], rule)).toEqual({ kind: 'open', yes: 1, of: 2 });
    expect(fateOf(high, [one, one], rule)).toEqual({ kind: 'open', yes: 1, of: 2 });
    expect(fateOf(high, [one, said('UBEA', 'approve')], rule)).toEqual({
      kind: 'release',
      by: 'ALEX and BEA',
      falsePositive: false,
    });
    expect(fateOf(unread, [one], rule)).toMatchObject({ kind: 'release', by: 'ALEX' });
  });

  it('one no keeps it out, also after a yes that was not enough', () => {
    const decisions = [said('UALEX', 'approve'), said('UBEA', 'deny'), said('UCY', 'approve')];
    expect(fateOf(high, decisions, rule)).toEqual({ kind: 'keep out', by: 'BEA' });
  });

  it('a no after enough yeses comes too late', () => {
    expect(fateOf(unread, [said('UALEX', 'approve'), said('UBEA', 'deny')], rule)).toMatchObject({
      kind: 'release',
    });
  });

  it('D31: it is deleted when two people said so, never by one', () => {
    const one = said('UALEX', 'delete');
    expect(fateOf(high, [one, one], rule)).toEqual({ kind: 'open', yes: 0, of: 2 });
    expect(fateOf(high, [one, said('UBEA', 'delete')], rule)).toEqual({
      kind: 'delete',
      by: 'ALEX and BEA',
    });
  });

  it('D8: a decision about other objects is none about this one', () => {
    const others: Partial<GateDecision> = { scope: { kind: 'some', refs: [objectRef(1, 8)] } };
    const own: Partial<GateDecision> = { scope: { kind: 'some', refs: [ref] } };
    expect(fateOf(unread, [said('UALEX', 'deny', others)], rule).kind).toBe('open');
    expect(fateOf(unread, [said('UALEX', 'deny', own)], rule).kind).toBe('keep out');
  });

  it('the policy may release a severity without a person', () => {
    const low = { ref, verdict: { kind: 'sensitive', severity: 'low', ...found } } as const;
    expect(fateOf(low, [], rule)).toMatchObject({ kind: 'release', by: 'the policy' });
    const archived = { ref, verdict: { kind: 'suppressed', severity: 'low', ...found } } as const;
    expect(fateOf(archived, [], rule).kind).toBe('open');
    expect(approvalsFor(archived, rule)).toBe(1);
  });

  it('D9: it is a false positive only if all who approved said so', () => {
    const harmless = { falsePositive: true } as const;
    const [one, two] = [said('UALEX', 'approve', harmless), said('UBEA', 'approve')];
    expect(fateOf(high, [one, two], rule)).toMatchObject({ falsePositive: false });
    expect(fateOf(unread, [one], rule)).toMatchObject({ falsePositive: true });
  });

  it('law 4: more decisions never take back what was carried out', () => {
    const one = fc.record({
      id: fc.constantFrom('UA1', 'UB2', 'UC3'),
      verdict: fc.constantFrom('approve', 'deny', 'delete'),
    });
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 8 }),
        fc.array(one, { maxLength: 4 }),
        (now, later) => {
          const of = (list: typeof now) =>
            list.map(({ id, verdict }) => said(id, verdict as 'deny'));
          const before = fateOf(high, of(now), rule);
          fc.pre(before.kind !== 'open');
          expect(fateOf(high, of([...now, ...later]), rule)).toEqual(before);
        },
      ),
      { numRuns: 500 },
    );
  });
});
