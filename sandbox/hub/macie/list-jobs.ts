import type { ListClassificationJobsCommandOutput } from '@aws-sdk/client-macie2';
import { z } from 'zod';
import type { Answer, Call } from '../http/call';
import { page } from '../http/paging';
import { parse } from '../http/parse';
import { order } from '../paths';
import { statusOf } from './job';
import { userPausedDetails } from './jobs';
import { requireMacie } from './state';

const Term = z.object({
  comparator: z.enum(['EQ', 'GT', 'GTE', 'LT', 'LTE', 'NE', 'CONTAINS', 'STARTS_WITH']),
  key: z.enum(['jobType', 'jobStatus', 'createdAt', 'name']),
  values: z.array(z.string()),
});
type Term = z.output<typeof Term>;
const Request = z.object({
  filterCriteria: z
    .object({ includes: z.array(Term).default([]), excludes: z.array(Term).default([]) })
    .prefault({}),
  maxResults: z.number().int().min(1).max(200).default(50),
  nextToken: z.string().optional(),
  sortCriteria: z
    .object({
      attributeName: z.enum(['createdAt', 'jobStatus', 'name', 'jobType']).default('createdAt'),
      orderBy: z.enum(['ASC', 'DESC']).default('ASC'),
    })
    .prefault({}),
});

// ISO times order as text does, so one set of comparisons serves all keys.
const tests: Record<Term['comparator'], (value: string, wanted: string) => boolean> = {
  EQ: (value, wanted) => value === wanted,
  NE: (value, wanted) => value !== wanted,
  GT: (value, wanted) => value > wanted,
  GTE: (value, wanted) => value >= wanted,
  LT: (value, wanted) => value < wanted,
  LTE: (value, wanted) => value <= wanted,
  CONTAINS: (value, wanted) => value.includes(wanted),
  STARTS_WITH: (value, wanted) => value.startsWith(wanted),
};

export function listClassificationJobs(call: Call): Answer<ListClassificationJobsCommandOutput> {
  const macie = requireMacie(call);
  const request = parse(Request, call.body, 'ValidationException');
  const { filterCriteria, sortCriteria, nextToken: token, maxResults: size } = request;
  const { now, jobSeconds } = call.world;
  const summaries = [...macie.jobs.values()].map((job) => ({
    jobId: job.id,
    name: job.request.name,
    jobType: job.request.jobType,
    jobStatus: statusOf(job, now(), jobSeconds),
    createdAt: job.createdAt.toISOString(),
    lastRunErrorStatus: { code: job.error ? ('ERROR' as const) : ('NONE' as const) },
    bucketDefinitions: job.request.s3JobDefinition.bucketDefinitions,
    bucketCriteria: job.request.s3JobDefinition.bucketCriteria,
    userPausedDetails: userPausedDetails(job),
  }));
  type Summary = (typeof summaries)[number];
  const holds = (summary: Summary, { comparator, key, values }: Term): boolean =>
    values.some((value) => tests[comparator](summary[key], value));
  const { attributeName, orderBy } = sortCriteria;
  const sign = orderBy === 'DESC' ? -1 : 1;
  const all = summaries
    .filter((summary) => filterCriteria.includes.every((term) => holds(summary, term)))
    .filter((summary) => !filterCriteria.excludes.some((term) => holds(summary, term)))
    .toSorted((left, right) => sign * order(left[attributeName], right[attributeName]));
  const query = { filterCriteria, sortCriteria };
  const { items, nextToken } = page(all, { token, size, query, fault: 'ValidationException' });
  return { items, ...(nextToken ? { nextToken } : {}) };
}
