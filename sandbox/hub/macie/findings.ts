import type {
  GetFindingsCommandOutput,
  GetFindingStatisticsCommandOutput,
  ListFindingsCommandOutput,
} from '@aws-sdk/client-macie2';
import { z } from 'zod';
import type { Answer, Call } from '../http/call';
import { Fault } from '../http/fault';
import { page } from '../http/paging';
import { parse } from '../http/parse';
import { order, textOf, valuesAt } from '../paths';
import { checkCriteria, knownFields, meets } from './criteria';
import { requireMacie, type Criteria, type MacieFinding } from './state';

const fault = 'ValidationException';
const texts = z.array(z.string()).optional();
const number = z.number().optional();
export const FindingCriteria = z.object({
  criterion: z
    .record(
      z.string(),
      z.object({
        eq: texts,
        neq: texts,
        eqExactMatch: texts,
        gt: number,
        gte: number,
        lt: number,
        lte: number,
      }),
    )
    .default({}),
});
const SortCriteria = z.object({
  attributeName: z.string().default('updatedAt'),
  orderBy: z.enum(['ASC', 'DESC']).default('ASC'),
});
type Sort = z.output<typeof SortCriteria>;
const ListRequest = z.object({
  findingCriteria: FindingCriteria.prefault({}),
  sortCriteria: SortCriteria.optional(),
  maxResults: z.number().int().min(1).max(50).default(50),
  nextToken: z.string().optional(),
});
const GetRequest = z.object({
  findingIds: z.array(z.string()).min(1).max(50),
  sortCriteria: SortCriteria.optional(),
});
const StatisticsRequest = z.object({
  findingCriteria: FindingCriteria.prefault({}),
  groupBy: z.enum([
    'resourcesAffected.s3Bucket.name',
    'type',
    'classificationDetails.jobId',
    'severity.description',
  ]),
  size: z.number().int().min(1).max(100).default(50),
  sortCriteria: z
    .object({
      attributeName: z.enum(['groupKey', 'count']).default('count'),
      orderBy: z.enum(['ASC', 'DESC']).default('DESC'),
    })
    .prefault({}),
});

function select(call: Call, criteria: Criteria): MacieFinding[] {
  checkCriteria(criteria);
  return [...requireMacie(call).findings.values()].filter((finding) => meets(finding, criteria));
}

function sorted(findings: MacieFinding[], sort: Sort | undefined): MacieFinding[] {
  if (!sort) return findings;
  const { attributeName, orderBy } = sort;
  if (!knownFields.has(attributeName)) throw new Fault(fault, `Cannot sort by ${attributeName}`);
  const sign = orderBy === 'DESC' ? -1 : 1;
  const value = (finding: MacieFinding): unknown => valuesAt(finding, attributeName)[0];
  return findings.toSorted((left, right) => sign * order(value(left), value(right)));
}

/** Without an `archived` criterion suppressed findings are listed too. */
export function listFindings(call: Call): Answer<ListFindingsCommandOutput> {
  const request = parse(ListRequest, call.body, fault);
  const { findingCriteria, sortCriteria, nextToken: token, maxResults: size } = request;
  const all = sorted(select(call, findingCriteria.criterion), sortCriteria);
  const ids = all.map(({ id }) => id ?? '');
  const query = { findingCriteria, sortCriteria };
  const { items, nextToken } = page(ids, { token, size, query, fault });
  return { findingIds: items, ...(nextToken ? { nextToken } : {}) };
}

/** Unknown ids are left out in silence, as there. */
export function getFindings(call: Call): Answer<GetFindingsCommandOutput> {
  const macie = requireMacie(call);
  const { findingIds, sortCriteria } = parse(GetRequest, call.body, fault);
  const known = findingIds.flatMap((id) => macie.findings.get(id) ?? []);
  return { findings: sorted(known, sortCriteria) };
}

export function getFindingStatistics(call: Call): Answer<GetFindingStatisticsCommandOutput> {
  const request = parse(StatisticsRequest, call.body, fault);
  const { findingCriteria, groupBy, size, sortCriteria } = request;
  const counts = new Map<string, number>();
  for (const finding of select(call, findingCriteria.criterion)) {
    const group = textOf(valuesAt(finding, groupBy)[0]);
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  const sign = sortCriteria.orderBy === 'DESC' ? -1 : 1;
  const { attributeName } = sortCriteria;
  const countsByGroup = [...counts]
    .map(([groupKey, count]) => ({ groupKey, count }))
    .toSorted((left, right) => sign * order(left[attributeName], right[attributeName]))
    .slice(0, size);
  return { countsByGroup };
}
