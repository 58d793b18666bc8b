import fc from 'fast-check';
import { dateAt, instantOf, isZone, wallAt } from '../../src/domain/zone';

const iso = (ms: number) => new Date(ms).toISOString();
const at = (text: string) => Date.parse(`${text}Z`);
const berlin = 'Europe/Berlin';

describe('a zone', () => {
  it.each(['UTC', berlin, 'America/New_York', 'Asia/Kathmandu'])('is %s', (name) => {
    expect(isZone(name)).toBe(true);
  });

  it.each(['', 'Berlin', 'Europe/Bonn', 'local'])('is not “%s”', (name) => {
    expect(isZone(name)).toBe(false);
  });

  it('tells its date', () => {
    expect(iso(dateAt('Asia/Tokyo', at('2026-03-01T15:30:00'), 0))).toBe(
      '2026-03-02T00:00:00.000Z',
    );
    expect(iso(dateAt('UTC', at('2026-02-28T15:30:00'), 1))).toBe('2026-03-01T00:00:00.000Z');
  });
});

describe('a clock on the wall', () => {
  it.each([
    ['UTC', '2026-07-01T12:00:00', '2026-07-01T12:00:00'],
    [berlin, '2026-07-01T12:00:00', '2026-07-01T10:00:00'],
    [berlin, '2026-01-01T00:00:00', '2025-12-31T23:00:00'],
    ['Asia/Kathmandu', '2026-01-01T00:00:00', '2025-12-31T18:15:00'],
    ['America/New_York', '2026-07-01T20:00:00', '2026-07-02T00:00:00'],
  ])('in %s shows %s at %s UTC', (zone, wall, utc) => {
    expect(iso(instantOf(zone, at(wall)))).toBe(iso(at(utc)));
    expect(iso(wallAt(zone, at(utc)))).toBe(iso(at(wall)));
  });

  it('shows a time twice as it goes back: the first is meant', () => {
    expect(iso(instantOf(berlin, at('2026-10-25T02:30:00')))).toBe('2026-10-25T00:30:00.000Z');
    expect(iso(instantOf(berlin, at('2026-10-25T03:00:00')))).toBe('2026-10-25T02:00:00.000Z');
  });

  it('skips a time as it goes forward: as much later as it skips is meant', () => {
    expect(iso(instantOf(berlin, at('2026-03-29T02:30:00')))).toBe('2026-03-29T01:30:00.000Z');
    expect(iso(instantOf(berlin, at('2026-03-29T01:59:00')))).toBe('2026-03-29T00:59:00.000Z');
    expect(iso(instantOf(berlin, at('2026-03-29T03:00:00')))).toBe('2026-03-29T01:00:00.000Z');
  });

  it('shows what was asked for, at any time in any zone, where it shows it at all', () => {
    const zones = fc.constantFrom(
      'UTC',
      berlin,
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Apia',
    );
    const instants = fc.integer({ min: at('2011-01-01T00:00:00'), max: at('2030-01-01T00:00:00') });
    fc.assert(
      fc.property(zones, instants, (zone, instant) => {
        const second = Math.floor(instant / 1000) * 1000;
        const wall = wallAt(zone, second);
        const found = instantOf(zone, wall);

        expect(wallAt(zone, found)).toBe(wall);
        expect(found).toBeLessThanOrEqual(second);
      }),
      { numRuns: 300 },
    );
  });
});
