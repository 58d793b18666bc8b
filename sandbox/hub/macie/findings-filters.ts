import { randomUUID } from 'node:crypto';
import type {
  CreateFindingsFilterCommandOutput,
  GetFindingsFilterCommandOutput,
  ListFindingsFiltersCommandOutput,
} from '@aws-sdk/client-macie2';
import { z } from 'zod';
import type { Answer, Call, Done } from '../http/call';
import { Fault } from '../http/fault';
import { page } from '../http/paging';
import { parse } from '../http/parse';
import { checkCriteria } from './criteria';
import { FindingCriteria } from './findings';
import { found, requireMacie } from './state';

const fault = 'ValidationException';
const most = 1000;
const CreateRequest = z.object({
  action: z.enum(['ARCHIVE', 'NOOP']),
  description: z.string().max(512).optional(),
  findingCriteria: FindingCriteria,
  name: z.string().min(3).max(64),
  position: z.number().int().min(1).optional(),
  tags: z.record(z.string(), z.string()).default({}),
});

/** An ARCHIVE filter works from now on; findings that are already there stay as they are. */
export function createFindingsFilter(call: Call): Answer<CreateFindingsFilterCommandOutput> {
  const macie = requireMacie(call);
  const request = parse(CreateRequest, call.body, fault);
  const { criterion } = request.findingCriteria;
  checkCriteria(criterion);
  if ([...macie.filters.values()].some(({ name }) => name === request.name)) {
    throw new Fault('ConflictException', `A filter named ${request.name} exists`);
  }
  if (macie.filters.size >= most) {
    throw new Fault('ServiceQuotaExceededException', `At most ${most} filters`);
  }
  const id = randomUUID();
  const arn = `arn:aws:macie2:${macie.region}:${macie.account}:findings-filter/${id}`;
  macie.filters.set(id, {
    id,
    arn,
    name: request.name,
    description: request.description,
    action: request.action,
    criterion,
    position: request.position ?? macie.filters.size + 1,
    tags: request.tags,
  });
  return { id, arn };
}

export function getFindingsFilter(call: Call): Answer<GetFindingsFilterCommandOutput> {
  const { criterion, ...filter } = found(requireMacie(call).filters, call.params['id']);
  return { ...filter, findingCriteria: { criterion } };
}

export function listFindingsFilters(call: Call): Answer<ListFindingsFiltersCommandOutput> {
  const all = [...requireMacie(call).filters.values()]
    .toSorted((left, right) => left.position - right.position)
    .map(({ action, arn, id, name, tags }) => ({ action, arn, id, name, tags }));
  const token = call.query.get('nextToken') ?? undefined;
  const size = Number(call.query.get('maxResults') ?? 50);
  const { items, nextToken } = page(all, { token, size, query: null, fault });
  return { findingsFilterListItems: items, ...(nextToken ? { nextToken } : {}) };
}

export function deleteFindingsFilter(call: Call): Done {
  const { filters } = requireMacie(call);
  filters.delete(found(filters, call.params['id']).id);
  return {};
}
