const day = 86_400_000;

/** Milliseconds of a clock on the wall, counted as if it hung in UTC. */
export type Wall = number;

/** True for a name that the runtime's time zone data knows. */
export const isZone = (zone: string): boolean => {
  try {
    clock(zone);
    return true;
  } catch {
    return false;
  }
};

/** Slow to make, so each is kept. */
const clocks = new Map<string, Intl.DateTimeFormat>();

const clock = (zone: string): Intl.DateTimeFormat => {
  const kept = clocks.get(zone) ?? newClock(zone);
  clocks.set(zone, kept);
  return kept;
};

const newClock = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });

/** What the clock on the wall shows at this instant, to the second. */
export const wallAt = (zone: string, instant: number): Wall => {
  const parts = clock(zone).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
};

/**
 * When the clock on the wall shows this. Shown twice as clocks go back: the first time. Skipped as they go forward: as
 * much later as they skip. So does Temporal.
 */
export const instantOf = (zone: string, wall: Wall): number => {
  const before = wall - (wallAt(zone, wall - day) - (wall - day));
  const after = wall - (wallAt(zone, wall + day) - (wall + day));
  return wallAt(zone, before) !== wall && wallAt(zone, after) === wall ? after : before;
};

/** Midnight of this instant's date on the wall, some days on. */
export const dateAt = (zone: string, instant: number, days: number): Wall =>
  Math.floor(wallAt(zone, instant) / day) * day + days * day;
