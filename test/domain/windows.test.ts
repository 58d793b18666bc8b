import fc from 'fast-check';
import type { z } from 'zod/mini';
import { closesAt, opensAt } from '../../src/domain/policy';
import { Window } from '../../src/domain/policy/hours';
import { weekdays } from '../../src/domain/policy/windows';
import { wallAt } from '../../src/domain/zone';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const office: z.input<typeof Window> = {
  zone: 'Europe/Berlin',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '17:00',
};
const nights: z.input<typeof Window> = { zone: 'Europe/Berlin', from: '22:00', to: '06:00' };
const asked = (window: z.input<typeof Window>, now: string) => {
  const parsed = Window.parse(window);
  const at = new Date(`${now}Z`);
  const iso = (date: Date | undefined) => date?.toISOString().slice(0, 16);
  return { opens: iso(opensAt(parsed, at)), closes: iso(closesAt(parsed, at)) };
};

describe('a window', () => {
  // 2026-06-01 is a Monday; Berlin is two hours before UTC.
  it.each([
    ['before it', '2026-06-01T06:59:59.999', { opens: '2026-06-01T07:00' }],
    ['at its first moment', '2026-06-01T07:00', { closes: '2026-06-01T15:00' }],
    ['in it', '2026-06-01T10:00', { closes: '2026-06-01T15:00' }],
    ['at its end', '2026-06-01T15:00', { opens: '2026-06-02T07:00' }],
    ['at the weekend', '2026-06-06T10:00', { opens: '2026-06-08T07:00' }],
  ])('of office hours, %s', (_, now, expected) => {
    expect(asked(office, now)).toEqual({ opens: undefined, closes: undefined, ...expected });
  });

  it.each([
    ['in the evening', '2026-06-01T21:00', { closes: '2026-06-02T04:00' }],
    ['in the morning', '2026-06-02T03:00', { closes: '2026-06-02T04:00' }],
    ['at noon', '2026-06-02T10:00', { opens: '2026-06-02T20:00' }],
  ])('over midnight, %s', (_, now, expected) => {
    expect(asked(nights, now)).toEqual({ opens: undefined, closes: undefined, ...expected });
  });

  it('over midnight belongs to the day on which it begins', () => {
    const fridays = { ...nights, days: ['fri' as const] };
    expect(asked(fridays, '2026-06-06T03:00').closes).toBe('2026-06-06T04:00');
    expect(asked(fridays, '2026-06-05T03:00').opens).toBe('2026-06-05T20:00');
  });

  it('of whole days that follow each other closes once, after the last', () => {
    const weekend = {
      zone: 'UTC',
      days: ['sat' as const, 'sun' as const],
      from: '00:00',
      to: '24:00',
    };
    expect(asked(weekend, '2026-06-06T12:00').closes).toBe('2026-06-08T00:00');
  });

  it('keeps to the clock on the wall as the clocks change', () => {
    expect(asked(office, '2026-03-27T16:00').opens).toBe('2026-03-30T07:00');
    expect(asked(office, '2026-10-23T16:00').opens).toBe('2026-10-26T08:00');
    expect(asked(nights, '2026-03-28T23:00').closes).toBe('2026-03-29T04:00');
    expect(asked(nights, '2026-10-24T23:00').closes).toBe('2026-10-25T05:00');
  });

  it('that the clocks skip does not open on that day', () => {
    const skipped = { zone: 'Europe/Berlin', from: '02:30', to: '03:15' };
    expect(asked(skipped, '2026-03-29T01:10').opens).toBe('2026-03-30T00:30');
  });

  it.each([
    [{ zone: 'Berlin' }],
    [{ from: '9:00' }],
    [{ from: '24:00' }],
    [{ to: '24:01' }],
    [{ from: '09:60' }],
    [{ days: [] }],
    [{ days: ['someday'] }],
    [{ from: '17:00' }],
    [{ days: undefined, from: '00:00', to: '24:00' }],
  ])('is none with %j', (more) => {
    expect(Window.safeParse({ ...office, ...more }).success).toBe(false);
    expect(Window.safeParse(office).success).toBe(true);
  });
});

const time = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
const windows = fc
  .record({
    zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'),
    days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
    from: time,
    to: time,
  })
  .filter(({ from, to }) => from !== to)
  .map((window) => Window.parse(window));
const moments = fc
  .integer({ min: Date.UTC(2026, 0, 1) / minute, max: Date.UTC(2027, 11, 31) / minute })
  .map((minutes) => new Date(minutes * minute));

/** The same question answered from the clock on the wall alone. */
const showsOpen = ({ zone, days, from, to }: Window, now: Date): boolean => {
  const wall = wallAt(zone, now.getTime());
  const time = wall % day;
  const on = (ms: number) => days.includes(weekdays[new Date(ms).getUTCDay()]!);
  return from < to
    ? on(wall) && from <= time && time < to
    : (on(wall) && time >= from) || (on(wall - day) && time < to);
};

const changesNear = ({ zone }: Window, now: Date): boolean => {
  const offset = (at: number) => wallAt(zone, at) - at;
  return offset(now.getTime() - 2 * day) !== offset(now.getTime() + 2 * day);
};

describe('whatever the window and the moment', () => {
  it('it is open exactly when the clock on the wall shows it, but for the days on which clocks change', () => {
    fc.assert(
      fc.property(windows, moments, (window, now) => {
        fc.pre(!changesNear(window, now));

        expect(opensAt(window, now) === undefined).toBe(showsOpen(window, now));
      }),
      { numRuns: 500 },
    );
  });

  it('it is either open and will close, or closed and will open, then and not before', () => {
    fc.assert(
      fc.property(
        windows,
        moments,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (window, now, part) => {
          const opens = opensAt(window, now);
          const change = opens ?? closesAt(window, now);
          const between = now.getTime() + Math.floor(part * (change!.getTime() - now.getTime()));

          expect((opens === undefined) !== (closesAt(window, now) === undefined)).toBe(true);
          expect(change!.getTime()).toBeGreaterThan(now.getTime());
          expect(opensAt(window, new Date(between)) === undefined).toBe(opens === undefined);
          expect(opensAt(window, change!) === undefined).toBe(opens !== undefined);
        },
      ),
      { numRuns: 500 },
    );
  });
});
