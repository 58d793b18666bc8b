import { objectRef } from '../../../src/domain/gate/object';
import { noCounts } from '../../../src/domain/gate/run';
import { counting, isHeld, shortened, summarise } from '../../../src/domain/gate/summary';
import type { Judged, Verdict } from '../../../src/domain/gate/verdict';

const judged = (place: number, verdict: Verdict, size = place, isStaged = true): Judged => {
  const version = { key: `k${place}`, versionId: 'v', etag: 'e' };
  return {
    ref: objectRef(1, place),
    raw: version,
    size,
    modified: '',
    ...(isStaged && { staged: version }),
    verdict,
  };
};
const clean: Verdict = { kind: 'clean', proof: 'x' };
const sensitive = (type: string, count: number): Verdict => ({
  kind: 'sensitive',
  severity: 'high',
  detected: [{ type, count }],
  findings: [],
});
const unproven = (code?: string): Verdict => ({
  kind: 'unproven',
  because: 'skipped',
  ...(code && { code }),
});

describe('the summary of a run', () => {
  it('sums up batch by batch what one look at all would', () => {
    const first = [judged(1, clean), judged(2, sensitive('SSN', 3)), judged(3, unproven('TYPE'))];
    const second = [
      judged(4, sensitive('SSN', 1)),
      judged(5, sensitive('AWS', 4)),
      judged(6, unproven('TYPE')),
      judged(7, unproven()),
    ];
    const summary = summarise(summarise(undefined, first), second);
    expect(summary).toMatchObject({
      severities: { low: 0, medium: 0, high: 3 },
      detected: [
        { type: 'AWS', count: 4, objects: 1 },
        { type: 'SSN', count: 4, objects: 2 },
      ],
      unproven: [
        { because: 'skipped: TYPE', objects: 2 },
        { because: 'skipped', objects: 1 },
      ],
      largest: [7, 6, 5, 4, 3].map((size) => ({ key: `k${size}`, size })),
    });
  });

  it('has a hash of all verdicts: another verdict or another order is another hash (law 2)', () => {
    const [a, b] = [[judged(1, clean)], [judged(2, unproven())]];
    const of = (...batches: Judged[][]) =>
      batches.reduce<ReturnType<typeof summarise> | undefined>(summarise, undefined)?.hash;
    expect(of(a, b)).toBe(of(a, b));
    expect(new Set([of(a, b), of(b, a), of(a), of([judged(1, unproven())], b)]).size).toBe(4);
  });

  it('D18: stays small however many kinds and reasons there are', () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      judged(index, index % 2 ? sensitive(`T${index}`, index) : unproven(`C${index}`)),
    );
    const summary = summarise(undefined, many);
    expect([summary.detected.length, summary.unproven.length, summary.largest.length]).toEqual([
      200, 200, 5,
    ]);
    const short = shortened(summary);
    expect([short.detected.length, short.unproven.length]).toEqual([12, 12]);
    expect(short.detected[0]?.type).toBe('T499');
  });

  it('counts what is held, and not what is still in the raw bucket', () => {
    const all = [
      judged(1, clean),
      judged(2, sensitive('SSN', 1)),
      judged(3, { ...sensitive('SSN', 1), kind: 'suppressed' } as Verdict),
      judged(4, unproven()),
      judged(5, unproven(), 5, false),
    ];
    expect(counting(noCounts, all)).toEqual({
      ...noCounts,
      clean: 1,
      sensitive: 1,
      suppressed: 1,
      unproven: 1,
    });
    expect(all.filter(isHeld).map(({ size }) => size)).toEqual([2, 3, 4]);
  });
});
