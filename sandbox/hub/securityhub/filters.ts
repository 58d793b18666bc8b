import type {
  AwsSecurityFinding,
  BooleanFilter,
  DateFilter,
  IpFilter,
  KeywordFilter,
  MapFilter,
  NumberFilter,
  StringFilter,
} from '@aws-sdk/client-securityhub';
import { Fault } from '../http/fault';
import { valuesAt } from '../paths';
import { addressesMatch, datesMatch, mapsMatch, numbersMatch, stringsMatch } from './compare';
import { fields, type Field } from './fields';

export type Filters = Record<string, unknown[]>;
const refuse = (message: string): never => {
  throw new Fault('InvalidInputException', message);
};

const allowed: Record<'string' | 'map', readonly string[]> = {
  string: ['EQUALS', 'PREFIX', 'NOT_EQUALS', 'PREFIX_NOT_EQUALS'],
  map: ['EQUALS', 'NOT_EQUALS'],
};

function checkComparisons(name: string, kind: 'string' | 'map', entries: StringFilter[]): void {
  const used = new Set(
    entries.map(
      ({ Comparison }) => Comparison ?? refuse(`${name}: Comparison is required`),
    ) as string[],
  );
  for (const comparison of used) {
    // CONTAINS and its like are for automation rules and for V2.
    if (!allowed[kind].includes(comparison)) refuse(`${name}: ${comparison} cannot be used here`);
  }
  if (used.has('EQUALS') && (used.has('NOT_EQUALS') || used.has('PREFIX_NOT_EQUALS'))) {
    refuse(`${name}: EQUALS cannot be combined with NOT_EQUALS or PREFIX_NOT_EQUALS`);
  }
}

/** At most 10 attributes with at most 20 values each. */
export function checkFilters(filters: Filters): void {
  const names = Object.keys(filters);
  if (names.length > 10) refuse('At most 10 filter attributes are allowed');
  for (const name of names) {
    const field = fields.get(name) ?? refuse(`Unknown filter ${name}`);
    const entries = filters[name] ?? [];
    if (!Array.isArray(entries)) refuse(`${name} must be a list`);
    if (entries.length > 20) refuse(`${name}: at most 20 values are allowed`);
    if (field.kind === 'string' || field.kind === 'map') {
      checkComparisons(name, field.kind, entries as StringFilter[]);
    }
  }
}

function fieldMatches(
  finding: AwsSecurityFinding,
  { kind, path }: Field,
  entries: unknown[],
  now: Date,
): boolean {
  const values = valuesAt(finding, path);
  switch (kind) {
    case 'string':
      return stringsMatch(values, entries as StringFilter[]);
    case 'map':
      return mapsMatch(values, entries as MapFilter[]);
    case 'number':
      return numbersMatch(values, entries as NumberFilter[]);
    case 'date':
      return datesMatch(values, entries as DateFilter[], now);
    case 'ip':
      return addressesMatch(values, entries as IpFilter[]);
    case 'boolean':
      return (entries as BooleanFilter[]).some(
        ({ Value }) => (values[0] ?? false) === (Value ?? false),
      );
    case 'keyword': {
      const text = JSON.stringify(finding).toLowerCase();
      return (entries as KeywordFilter[]).some(({ Value = '' }) =>
        text.includes(Value.toLowerCase()),
      );
    }
  }
}

/** Attributes are joined by AND, the values of one attribute by its own rule. */
export function matches(finding: AwsSecurityFinding, filters: Filters, now: Date): boolean {
  return Object.entries(filters).every(([name, entries]) => {
    const field = fields.get(name);
    return (
      field !== undefined && (entries.length === 0 || fieldMatches(finding, field, entries, now))
    );
  });
}
