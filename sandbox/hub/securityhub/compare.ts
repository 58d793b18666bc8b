import { BlockList, isIP } from 'node:net';
import type {
  DateFilter,
  IpFilter,
  MapFilter,
  NumberFilter,
  StringFilter,
} from '@aws-sdk/client-securityhub';
import { textOf } from '../paths';

const day = 24 * 60 * 60 * 1000;

function textMatches(value: string, wanted: string, comparison: string): boolean {
  switch (comparison) {
    case 'EQUALS':
    case 'NOT_EQUALS':
      return value === wanted;
    case 'PREFIX':
    case 'PREFIX_NOT_EQUALS':
      return value.startsWith(wanted);
    case 'CONTAINS':
    case 'NOT_CONTAINS':
      return value.toLowerCase().includes(wanted.toLowerCase());
    case 'CONTAINS_WORD':
      return value.toLowerCase().split(/\W+/).includes(wanted.toLowerCase());
    default:
      return false;
  }
}

const isNegative = (comparison: string): boolean => comparison.includes('NOT_');

/** Positive comparisons of one attribute are joined by OR, negative ones by AND, and both must hold. */
export function stringsMatch(values: unknown[], filters: StringFilter[]): boolean {
  const hit = ({ Value = '', Comparison = 'EQUALS' }: StringFilter): boolean =>
    values.some((value) => textMatches(textOf(value), Value, Comparison));
  const positive = filters.filter(({ Comparison = 'EQUALS' }) => !isNegative(Comparison));
  const negative = filters.filter(({ Comparison = 'EQUALS' }) => isNegative(Comparison));
  return (positive.length === 0 || positive.some(hit)) && !negative.some(hit);
}

/** Joined as strings are; a filter on a key that is absent matches nothing, a negative one everything. */
export function mapsMatch(maps: unknown[], filters: MapFilter[]): boolean {
  const hit = ({ Key = '', Value = '', Comparison = 'EQUALS' }: MapFilter): boolean =>
    maps.some((map) => {
      const value = (map as Record<string, unknown>)[Key];
      return value !== undefined && textMatches(textOf(value), Value, Comparison);
    });
  const positive = filters.filter(({ Comparison = 'EQUALS' }) => !isNegative(Comparison));
  const negative = filters.filter(({ Comparison = 'EQUALS' }) => isNegative(Comparison));
  return (positive.length === 0 || positive.some(hit)) && !negative.some(hit);
}

/** Several ranges are alternatives; the bounds of one range must hold together. */
export function numbersMatch(values: unknown[], filters: NumberFilter[]): boolean {
  return filters.some(({ Eq, Gte, Lte, Gt, Lt }) =>
    values.some((raw) => {
      const value = Number(raw);
      return (
        (Eq === undefined || value === Eq) &&
        (Gte === undefined || value >= Gte) &&
        (Lte === undefined || value <= Lte) &&
        (Gt === undefined || value > Gt) &&
        (Lt === undefined || value < Lt)
      );
    }),
  );
}

/** Absolute with Start and End, or relative to now with DateRange. */
export function datesMatch(values: unknown[], filters: DateFilter[], now: Date): boolean {
  return filters.some(({ Start, End, DateRange }) =>
    values.some((raw) => {
      const value = Date.parse(textOf(raw));
      if (DateRange) {
        const edge = now.getTime() - (DateRange.Value ?? 0) * day;
        return DateRange.Comparison === 'OLDER_THAN' ? value < edge : value >= edge;
      }
      return (
        (Start === undefined || value >= Date.parse(Start)) &&
        (End === undefined || value <= Date.parse(End))
      );
    }),
  );
}

/** Both families; a CIDR that is no address range matches nothing. */
export function addressesMatch(values: unknown[], filters: IpFilter[]): boolean {
  return filters.some(({ Cidr = '' }) => {
    const [network = '', bits] = Cidr.split('/');
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    if (isIP(network) === 0) return false;
    const range = new BlockList();
    range.addSubnet(network, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
    return values.some((value) => isIP(textOf(value)) !== 0 && range.check(textOf(value), family));
  });
}
