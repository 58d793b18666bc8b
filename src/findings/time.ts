const EPOCH = '1970-01-01T00:00:00.000Z';
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const ISO =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?)?$/i;
// Inspector's "Dec 3, 2021, 6:02:30 PM"; newer Java runtimes write a narrow no-break space before PM.
const WORDS = /^([A-Z][a-z]{2})[a-z]* (\d{1,2}), (\d{4}),? (\d{1,2}):(\d\d):(\d\d)\s([AP])M$/;
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** ISO 8601 UTC of the first readable time; 1970 if none is. Never reads a time in the machine's own zone. */
export function timeOf(...candidates: unknown[]): string {
  for (const candidate of candidates) {
    const millis = millisOf(candidate);
    if (millis >= 0 && millis <= LAST) return new Date(millis).toISOString();
  }
  return EPOCH;
}

function millisOf(value: unknown): number {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string' || value.length > 64) return Number.NaN;
  const text = value.trim();
  if (/^\d{9,19}(\.\d+)?$/.test(text)) return fromEpoch(Number(text));
  return fromIso(text) ?? fromWords(text);
}

/** Seconds, milliseconds, microseconds or nanoseconds, told apart by size (good from 1973 to the year 5138). */
function fromEpoch(value: number): number {
  if (value < 1e11) return Math.trunc(value * 1000);
  const over = Math.trunc(Math.log10(value / 1e11) / 3);
  return Math.trunc(value / 1000 ** over);
}

function fromIso(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, day, clock = '00:00:00', fraction = '0', zone = 'Z'] = match;
  const offset = zone.toUpperCase().replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2');
  const seconds = clock.length === 5 ? `${clock}:00` : clock;
  return Date.parse(`${day}T${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`);
}

function fromWords(text: string): number {
  const match = WORDS.exec(text);
  if (match === null) return Number.NaN;
  const month = MONTHS.indexOf(text.slice(0, 3));
  const at = (group: number) => Number(match[group]);
  const hour = (at(4) % 12) + (match[7] === 'P' ? 12 : 0);
  if (month % 3 !== 0) return Number.NaN;
  return Date.UTC(at(3), month / 3, at(2), hour, at(5), at(6));
}
