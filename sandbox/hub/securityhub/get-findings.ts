import type { AwsSecurityFinding, GetFindingsCommandOutput } from '@aws-sdk/client-securityhub';
import { z } from 'zod';
import type { Answer, Call } from '../http/call';
import { Fault } from '../http/fault';
import { page } from '../http/paging';
import { parse } from '../http/parse';
import { order, valuesAt } from '../paths';
import { fields } from './fields';
import { checkFilters, matches } from './filters';
import { findingsIn, mayTouch, requireHub } from './state';

const invalid = 'InvalidInputException';
const SortCriterion = z.object({
  Field: z.string().min(1),
  SortOrder: z.enum(['asc', 'desc']).default('asc'),
});
const Request = z.object({
  Filters: z.record(z.string(), z.array(z.unknown())).default({}),
  SortCriteria: z.array(SortCriterion).default([]),
  NextToken: z.string().optional(),
  MaxResults: z.number().int().min(1).max(100).default(100),
});

// Sorting takes the names of filters, as the service does.
function sorted(
  findings: AwsSecurityFinding[],
  criteria: z.infer<typeof SortCriterion>[],
): AwsSecurityFinding[] {
  const keys = criteria.map(({ Field, SortOrder }) => {
    const path = fields.get(Field)?.path;
    if (!path) throw new Fault(invalid, `Cannot sort by ${Field}`);
    return { path, sign: SortOrder === 'desc' ? -1 : 1 };
  });
  return findings.toSorted((left, right) => {
    for (const { path, sign } of keys) {
      const difference = order(valuesAt(left, path)[0], valuesAt(right, path)[0]);
      if (difference !== 0) return sign * difference;
    }
    return 0;
  });
}

export function getFindings(call: Call): Answer<GetFindingsCommandOutput> {
  requireHub(call);
  const request = parse(Request, call.body, invalid);
  const { Filters, SortCriteria, NextToken: token, MaxResults: size } = request;
  checkFilters(Filters);
  const now = call.world.now();
  const found = [...findingsIn(call.world, call.region).values()]
    .filter((stored) => mayTouch(call, stored))
    .map(({ finding }) => finding)
    .filter((finding) => matches(finding, Filters, now));
  const query = { Filters, SortCriteria };
  const { items, nextToken } = page(sorted(found, SortCriteria), {
    token,
    size,
    query,
    fault: invalid,
  });
  return { Findings: items, ...(nextToken ? { NextToken: nextToken } : {}) };
}
