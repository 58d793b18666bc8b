import fc from 'fast-check';
import { digestAt, quietUntil, routeFor } from '../../src/domain/policy';
import { aFinding, aPolicy, day, hour } from '../support/builders';

const windows = { nights: { zone: 'UTC', from: '20:00', to: '07:00' } };
const policy = aPolicy({
  windows,
  routing: [
    { when: { type: ['Software*'], region: ['eu-west-1'] }, to: 'C0ONE', quiet: 'nights' },
    { when: { control: ['S3.*'] }, to: 'C0TWO', show: 'digest' },
    { to: 'C0REST' },
  ],
});

describe('a route', () => {
  it('shows cards, unless it is for a digest', () => {
    expect(routeFor(policy, aFinding())).toMatchObject({ to: 'C0ONE', show: 'cards' });
    expect(routeFor(policy, aFinding({ type: 'x', control: 'S3.8' }))).toMatchObject({
      to: 'C0TWO',
      show: 'digest',
    });
  });

  it('for a Region or a control is not for findings without', () => {
    const finding = aFinding({ region: undefined, control: undefined });
    expect(routeFor(policy, finding).to).toBe('C0REST');
  });
});

describe('a quiet route', () => {
  const until = (
    now: string,
    severity: 'critical' | 'high' = 'high',
    finding = aFinding({ severity }),
  ) => quietUntil(policy, routeFor(policy, finding), finding, new Date(now))?.toISOString();

  it('waits for the end of its window', () => {
    expect(until('2026-03-01T22:00:00Z')).toBe('2026-03-02T07:00:00.000Z');
    expect(until('2026-03-02T07:00:00Z')).toBeUndefined();
  });

  it('is never quiet for what is critical', () => {
    expect(until('2026-03-01T22:00:00Z', 'critical')).toBeUndefined();
  });

  it('is one that names a window', () => {
    expect(until('2026-03-01T22:00:00Z', 'high', aFinding({ type: 'x' }))).toBeUndefined();
  });
});

describe('the digest', () => {
  const next = (now: string, digest: object = {}) =>
    digestAt(aPolicy({ digest }), new Date(now)).toISOString();

  it('comes at eight in UTC, if nothing else is said', () => {
    expect(next('2026-03-01T07:59:59.999Z')).toBe('2026-03-01T08:00:00.000Z');
    expect(next('2026-03-01T08:00:00Z')).toBe('2026-03-02T08:00:00.000Z');
  });

  it('comes at its time of the day there, also as the clocks change', () => {
    const digest = { at: '07:30', zone: 'America/New_York' };
    expect(next('2026-03-01T12:30:00Z', digest)).toBe('2026-03-02T12:30:00.000Z');
    expect(next('2026-03-07T12:30:00Z', digest)).toBe('2026-03-08T11:30:00.000Z');
    expect(next('2026-03-02T02:00:00Z', digest)).toBe('2026-03-02T12:30:00.000Z');
  });

  it('comes once a day, whatever the zone', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Auckland', 'America/Sao_Paulo');
    const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) });
    fc.assert(
      fc.property(zones, moments, (zone, moment) => {
        const digests = aPolicy({ digest: { at: '02:30', zone } });
        const first = digestAt(digests, new Date(moment)).getTime();
        const second = digestAt(digests, new Date(first)).getTime();

        expect(first).toBeGreaterThan(moment);
        expect(first - moment).toBeLessThanOrEqual(day + hour);
        expect(Math.abs(second - first - day)).toBeLessThanOrEqual(hour);
      }),
      { numRuns: 300 },
    );
  });
});
