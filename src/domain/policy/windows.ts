import { dateAt, instantOf } from '../zone';
import type { Window } from './hours';

const day = 86_400_000;
export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

interface Span {
  start: number;
  end: number;
}

/** From yesterday's on for two weeks: long enough that one is open or ahead, whatever the clocks do. */
const spans = ({ zone, days, from, to }: Window, now: Date): Span[] =>
  Array.from({ length: 16 }, (_, index) => dateAt(zone, now.getTime(), index - 1))
    .filter((date) => days.includes(weekdays[new Date(date).getUTCDay()]!))
    .map((date) => ({
      start: instantOf(zone, date + from),
      end: instantOf(zone, date + to + (to < from ? day : 0)),
    }))
    .filter(({ start, end }) => start < end);

const spanAt = (all: readonly Span[], instant: number): Span | undefined =>
  all.find(({ start, end }) => start <= instant && instant < end);

/** When it opens next; `undefined` when it is open now. */
export const opensAt = (window: Window, now: Date): Date | undefined => {
  const all = spans(window, now);
  if (spanAt(all, now.getTime())) return undefined;
  return new Date(all.find(({ start }) => start > now.getTime())!.start);
};

/** When it closes, days that follow each other without a gap counted as one; `undefined` when it is closed now. */
export const closesAt = (window: Window, now: Date): Date | undefined => {
  const all = spans(window, now);
  const endOf = (span: Span): number => {
    const next = spanAt(all, span.end);
    return next ? endOf(next) : span.end;
  };
  const open = spanAt(all, now.getTime());
  return open && new Date(endOf(open));
};
