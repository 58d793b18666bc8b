import fc from 'fast-check';
import type { Measure, Sample, Span } from '../../src/domain/measure';
import { monthsFor, summary } from '../../src/domain/stats';
import type { OutcomeName } from '../../src/domain/outcome-name';

const now = new Date('2026-03-02T09:00:00.000Z');
const daysAgo = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();
const time = (days: number, span: Span, seconds: number, by: Measure['by'] = {}): Sample => ({
  at: daysAgo(days),
  measures: [{ kind: 'time', span, seconds, by }],
});
const end = (days: number, outcome: OutcomeName, account?: string): Sample => ({
  at: daysAgo(days),
  measures: [{ kind: 'outcome', outcome, by: account ? { account } : {} }],
});
const spread = (...seconds: number[]) =>
  summary(
    seconds.map((each) => time(1, 'decide', each)),
    now,
  ).now.times.decide?.all;

describe('a spread of times', () => {
  it.each<[number[], { count: number; median: number; p90: number }]>([
    [[7], { count: 1, median: 7, p90: 7 }],
    [[1, 3], { count: 2, median: 2, p90: 3 }],
    [[3, 1, 2], { count: 3, median: 2, p90: 3 }],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { count: 10, median: 5.5, p90: 9 }],
  ])('of %j is counted right', (seconds, expected) => {
    expect(spread(...seconds)).toEqual(expected);
  });

  it('lies between the shortest and the longest, in order, whatever the order they came in', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e6), { minLength: 1, maxLength: 60 }), (seconds) => {
        const { median, p90 } = spread(...seconds)!;
        expect(median).toBeGreaterThanOrEqual(Math.min(...seconds));
        expect(p90).toBeGreaterThanOrEqual(median);
        expect(p90).toBeLessThanOrEqual(Math.max(...seconds));
        expect(spread(...seconds.toReversed())).toEqual(spread(...seconds));
      }),
    );
  });

  it('is none where nothing was timed', () => {
    expect(summary([], now).now.times).toEqual({});
  });
});

describe('a summary', () => {
  it('holds this period apart from the one before, and forgets what is older', () => {
    const { now: period, before } = summary(
      [
        time(29, 'decide', 1, { severity: 'high' }),
        time(31, 'decide', 2),
        time(61, 'decide', 3),
        time(-1, 'decide', 4),
      ],
      now,
    );

    expect(period.times.decide).toEqual({
      all: { count: 1, median: 1, p90: 1 },
      by: { high: { count: 1, median: 1, p90: 1 } },
    });
    expect(before.times.decide).toEqual({ all: { count: 1, median: 2, p90: 2 }, by: {} });
  });

  it('counts a moment in one period only', () => {
    const { now: period, before } = summary([end(30, 'done')], now);

    expect([period.outcomes.get('done'), before.outcomes.get('done')]).toEqual([undefined, 1]);
  });

  it('names the accounts, busiest first', () => {
    const { now: period } = summary(
      [
        end(1, 'done', 'b'),
        end(1, 'held', 'c'),
        end(1, 'done', 'c'),
        end(1, 'done', 'a'),
        end(2, 'done'),
      ],
      now,
    );

    expect(period.accounts).toEqual([
      ['c', 2],
      ['a', 1],
      ['b', 1],
    ]);
  });

  it('names accounts with as many outcomes by their numbers, in whatever order they came', () => {
    for (const order of ['abc', 'cba', 'bca'])
      expect(
        summary(
          [...order].map((account) => end(1, 'done', account)),
          now,
        ).now.accounts.map(([account]) => account),
      ).toEqual(['a', 'b', 'c']);
  });

  it('has twelve weeks, oldest first, and the last one ends now', () => {
    const { weeks } = summary(
      [
        time(0, 'remediate', 9),
        time(6.9, 'decide', 60),
        end(7.1, 'done'),
        end(83, 'held'),
        end(85, 'held'),
      ],
      now,
    );

    expect(weeks).toHaveLength(12);
    expect(weeks.at(-1)).toMatchObject({ from: daysAgo(7), decide: 60, remediate: 9 });
    expect(weeks.at(-2)?.outcomes.get('done')).toBe(1);
    expect(weeks[0]?.outcomes.get('held')).toBe(1);
    expect(weeks[0]?.decide).toBeUndefined();
  });

  it('is made of the months that hold all it needs', () => {
    expect(monthsFor(now)).toEqual(['2025-12', '2026-01', '2026-02', '2026-03']);
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2025-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        fc.double({ min: 0, max: 84, noNaN: true }),
        (at, days) => {
          const month = new Date(at.getTime() - days * 86_400_000).toISOString().slice(0, 7);
          expect(monthsFor(at)).toContain(month);
        },
      ),
    );
  });
});
