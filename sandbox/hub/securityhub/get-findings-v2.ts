import type { GetFindingsV2CommandOutput } from '@aws-sdk/client-securityhub';
import { z } from 'zod';
import type { Answer, Call } from '../http/call';
import { page } from '../http/paging';
import { parse } from '../http/parse';
import { order, valuesAt } from '../paths';
import { addressesMatch, datesMatch, mapsMatch, numbersMatch, stringsMatch } from './compare';
import { ocsf } from './ocsf';
import { findingsIn, mayTouch } from './state';
import { requireV2 } from './update-v2';

const invalid = 'ValidationException';
const of = <Filter extends z.ZodType>(filter: Filter) =>
  z.array(z.object({ FieldName: z.string(), Filter: filter })).optional();
const number = z.number().optional();
const text = z.string().optional();
const comparisons = [
  'EQUALS',
  'PREFIX',
  'NOT_EQUALS',
  'PREFIX_NOT_EQUALS',
  'CONTAINS',
  'NOT_CONTAINS',
  'CONTAINS_WORD',
] as const;
const Composite = z.object({
  StringFilters: of(z.object({ Value: text, Comparison: z.enum(comparisons).optional() })),
  NumberFilters: of(z.object({ Eq: number, Gte: number, Lte: number, Gt: number, Lt: number })),
  DateFilters: of(
    z.object({
      Start: text,
      End: text,
      DateRange: z
        .object({ Value: number, Comparison: z.enum(['WITHIN', 'OLDER_THAN']).optional() })
        .optional(),
    }),
  ),
  MapFilters: of(
    z.object({
      Key: text,
      Value: text,
      Comparison: z.enum(['EQUALS', 'NOT_EQUALS', 'CONTAINS', 'NOT_CONTAINS']).optional(),
    }),
  ),
  IpFilters: of(z.object({ Cidr: text })),
  get NestedCompositeFilters() {
    return z.array(Composite).optional();
  },
  Operator: z.enum(['AND', 'OR']).default('AND'),
});
const Request = z.object({
  Filters: z
    .object({
      CompositeFilters: z.array(Composite).default([]),
      CompositeOperator: z.enum(['AND', 'OR']).default('AND'),
    })
    .optional(),
  SortCriteria: z
    .array(z.object({ Field: z.string(), SortOrder: z.enum(['asc', 'desc']).default('asc') }))
    .default([]),
  NextToken: text,
  MaxResults: z.number().int().min(1).max(100).default(100),
});

// No filter at all holds for every finding, also where the operator is OR.
const all = (hits: boolean[], operator: 'AND' | 'OR'): boolean =>
  operator === 'AND' || hits.length === 0 ? hits.every(Boolean) : hits.some(Boolean);

/** V2 keeps tags as a list of {name, value}; map filters read them as one map. */
function asMaps(values: unknown[]): unknown[] {
  const pairs = values as { name: string; value: string }[];
  return [Object.fromEntries(pairs.map(({ name, value }) => [name, value]))];
}

function holds(finding: object, filter: z.infer<typeof Composite>, now: Date): boolean {
  const at = (name: string): unknown[] => valuesAt(finding, name);
  const { StringFilters = [], NumberFilters = [], DateFilters = [] } = filter;
  const { MapFilters = [], IpFilters = [], NestedCompositeFilters = [] } = filter;
  return all(
    [
      ...StringFilters.map((each) => stringsMatch(at(each.FieldName), [each.Filter])),
      ...NumberFilters.map((each) => numbersMatch(at(each.FieldName), [each.Filter])),
      ...DateFilters.map(({ FieldName, Filter: { DateRange, Start, End } }) => {
        const range = DateRange && { ...DateRange, Unit: 'DAYS' as const };
        return datesMatch(at(FieldName), [{ Start, End, DateRange: range }], now);
      }),
      ...MapFilters.map((each) => mapsMatch(asMaps(at(each.FieldName)), [each.Filter])),
      ...IpFilters.map((each) => addressesMatch(at(each.FieldName), [each.Filter])),
      ...NestedCompositeFilters.map((each) => holds(finding, each, now)),
    ],
    filter.Operator,
  );
}

export function getFindingsV2(call: Call): Answer<GetFindingsV2CommandOutput> {
  requireV2(call);
  const request = parse(Request, call.body, invalid);
  const { CompositeFilters = [], CompositeOperator = 'AND' } = request.Filters ?? {};
  const now = call.world.now();
  const found = [...findingsIn(call.world, call.region).values()]
    .filter((stored) => mayTouch(call, stored))
    .map(ocsf)
    .filter((finding) =>
      all(
        CompositeFilters.map((each) => holds(finding, each, now)),
        CompositeOperator,
      ),
    )
    .toSorted((left, right) => {
      for (const { Field, SortOrder } of request.SortCriteria) {
        const difference = order(valuesAt(left, Field)[0], valuesAt(right, Field)[0]);
        if (difference !== 0) return SortOrder === 'desc' ? -difference : difference;
      }
      return 0;
    });
  const { NextToken: token, MaxResults: size, Filters, SortCriteria } = request;
  const query = { Filters, SortCriteria };
  const { items, nextToken } = page(found, { token, size, query, fault: invalid });
  // An OCSF finding is a free-form document in the model: absent members are dropped by the JSON text.
  const Findings = items as Answer<GetFindingsV2CommandOutput>['Findings'];
  return { Findings, ...(nextToken ? { NextToken: nextToken } : {}) };
}
