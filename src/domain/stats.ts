import { severities, type Severity } from './finding';
import { spans, type Measure, type Sample, type Span } from './measure';
import type { OutcomeName } from './outcome-name';

const day = 86_400_000;
/** A period, and the one before it to compare with. */
export const periodDays = 30;
export const weekCount = 12;

/** Of so many times: half were shorter than `median`, nine in ten than `p90`. Seconds. */
export interface Spread {
  count: number;
  median: number;
  p90: number;
}

export interface Period {
  times: Readonly<
    Record<Span, { all: Spread; by: Readonly<Partial<Record<Severity, Spread>>> } | undefined>
  >;
  outcomes: ReadonlyMap<OutcomeName, number>;
  /** Outcomes by account, most first. */
  accounts: readonly (readonly [account: string, count: number])[];
}

export interface Week {
  /** Its first moment, ISO 8601. */
  from: string;
  /** Medians in seconds; none where nothing was timed. */
  decide: number | undefined;
  remediate: number | undefined;
  outcomes: ReadonlyMap<OutcomeName, number>;
}

export interface Stats {
  at: string;
  now: Period;
  before: Period;
  /** Oldest first; the last one ends now. */
  weeks: readonly Week[];
}

/** The months, such as `2026-03`, in which the samples for `summary` lie. */
export const monthsFor = (now: Date): string[] => {
  const first = new Date(now.getTime() - weekCount * 7 * day);
  const months: string[] = [];
  for (
    let at = Date.UTC(first.getUTCFullYear(), first.getUTCMonth());
    at <= now.getTime();
    at = Date.UTC(new Date(at).getUTCFullYear(), new Date(at).getUTCMonth() + 1)
  )
    months.push(new Date(at).toISOString().slice(0, 7));
  return months;
};

export const summary = (samples: readonly Sample[], now: Date): Stats => {
  /** What was measured from so many days ago until so many days ago. */
  const between = (from: number, to: number): Measure[] => {
    const [start, end] = [now.getTime() - from * day, now.getTime() - to * day];
    return samples
      .filter(({ at }) => Date.parse(at) > start && Date.parse(at) <= end)
      .flatMap(({ measures }) => measures);
  };
  return {
    at: now.toISOString(),
    now: periodOf(between(periodDays, 0)),
    before: periodOf(between(2 * periodDays, periodDays)),
    weeks: Array.from({ length: weekCount }, (_, index) => {
      const ago = 7 * (weekCount - index);
      const measures = between(ago, ago - 7);
      return {
        from: new Date(now.getTime() - ago * day).toISOString(),
        decide: spreadOf(secondsOf(measures, 'decide'))?.median,
        remediate: spreadOf(secondsOf(measures, 'remediate'))?.median,
        outcomes: outcomesIn(measures),
      };
    }),
  };
};

const periodOf = (measures: readonly Measure[]): Period => ({
  times: Object.fromEntries(
    spans.map((span) => [span, timesOf(measures, span)]),
  ) as Period['times'],
  outcomes: outcomesIn(measures),
  accounts: [...tally(ends(measures).flatMap(({ by }) => by.account ?? []))].sort(
    ([a, most], [b, more]) => more - most || (a < b ? -1 : 1),
  ),
});

const timesOf = (measures: readonly Measure[], span: Span) => {
  const all = spreadOf(secondsOf(measures, span));
  if (!all) return undefined;
  const by: Partial<Record<Severity, Spread>> = {};
  for (const severity of severities) {
    const spread = spreadOf(
      secondsOf(
        measures.filter((each) => each.by.severity === severity),
        span,
      ),
    );
    if (spread) by[severity] = spread;
  }
  return { all, by };
};

const secondsOf = (measures: readonly Measure[], span: Span): number[] =>
  measures.flatMap((each) => (each.kind === 'time' && each.span === span ? [each.seconds] : []));

const ends = (measures: readonly Measure[]) => measures.filter((each) => each.kind === 'outcome');

const outcomesIn = (measures: readonly Measure[]): Map<OutcomeName, number> =>
  tally(ends(measures).map(({ outcome }) => outcome));

const tally = <T>(values: readonly T[]): Map<T, number> => {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

const spreadOf = (values: readonly number[]): Spread | undefined => {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1]!;
  // Of an even number the middle lies between two.
  const median = (rank(0.5) + sorted[Math.floor(sorted.length / 2)]!) / 2;
  return { count: sorted.length, median, p90: rank(0.9) };
};
