import { randomUUID } from 'node:crypto';
import type {
  CreateCustomDataIdentifierCommandOutput,
  GetCustomDataIdentifierCommandOutput,
  ListCustomDataIdentifiersCommandOutput,
  TestCustomDataIdentifierCommandOutput,
} from '@aws-sdk/client-macie2';
import { z } from 'zod';
import type { Answer, Call, Done } from '../http/call';
import { Fault } from '../http/fault';
import { page } from '../http/paging';
import { parse } from '../http/parse';
import { customIdentifier } from './detect/custom';
import { detector } from './detect/detector';
import { found, requireMacie } from './state';

const fault = 'ValidationException';
const Rule = z.object({
  regex: z.string().min(1).max(512),
  keywords: z.array(z.string().min(3).max(90)).max(50).default([]),
  ignoreWords: z.array(z.string().min(4).max(90)).max(10).default([]),
  maximumMatchDistance: z.number().int().min(1).max(300).default(50),
});
const levels = ['LOW', 'MEDIUM', 'HIGH'] as const;
const SeverityLevels = z
  .array(z.object({ severity: z.enum(levels), occurrencesThreshold: z.number().int().min(1) }))
  .max(3)
  .refine(
    (given) =>
      given.every(({ severity, occurrencesThreshold }, index) => {
        const above = given[index + 1];
        return (
          !above ||
          (levels.indexOf(above.severity) > levels.indexOf(severity) &&
            above.occurrencesThreshold > occurrencesThreshold)
        );
      }),
    { error: 'must ascend in severity and threshold' },
  );
const CreateRequest = Rule.extend({
  name: z.string().min(1).max(128),
  description: z.string().max(512).optional(),
  severityLevels: SeverityLevels.default([]),
  tags: z.record(z.string(), z.string()).default({}),
});
const TestRequest = Rule.extend({ sampleText: z.string().min(1).max(1000) });
const ListRequest = z.object({
  maxResults: z.number().int().min(1).max(25).default(25),
  nextToken: z.string().optional(),
});

/** JavaScript's dialect stands in for PCRE: what it cannot compile is refused when it is created. */
function compiled(rule: z.output<typeof Rule>) {
  try {
    return customIdentifier({ id: 'rule', ...rule });
  } catch (error) {
    throw new Fault(fault, `The regex is not valid: ${String(error)}`);
  }
}

export function createCustomDataIdentifier(
  call: Call,
): Answer<CreateCustomDataIdentifierCommandOutput> {
  const macie = requireMacie(call);
  const request = parse(CreateRequest, call.body, fault);
  compiled(request);
  const id = randomUUID();
  macie.identifiers.set(id, {
    ...request,
    id,
    arn: `arn:aws:macie2:${macie.region}:${macie.account}:custom-data-identifier/${id}`,
    description: request.description,
    createdAt: call.world.now().toISOString(),
    deleted: false,
  });
  return { customDataIdentifierId: id };
}

export function getCustomDataIdentifier(call: Call): Answer<GetCustomDataIdentifierCommandOutput> {
  return found(requireMacie(call).identifiers, call.params['id']);
}

export function listCustomDataIdentifiers(
  call: Call,
): Answer<ListCustomDataIdentifiersCommandOutput> {
  const macie = requireMacie(call);
  const { maxResults: size, nextToken: token } = parse(ListRequest, call.body, fault);
  const all = [...macie.identifiers.values()]
    .filter(({ deleted }) => !deleted)
    .map(({ arn, createdAt, description, id, name }) => ({
      arn,
      createdAt,
      description,
      id,
      name,
    }));
  const { items, nextToken } = page(all, { token, size, query: null, fault });
  return { items, ...(nextToken ? { nextToken } : {}) };
}

/** A soft delete: jobs that use the identifier go on, and its findings can still be explained. */
export function deleteCustomDataIdentifier(call: Call): Done {
  found(requireMacie(call).identifiers, call.params['id']).deleted = true;
  return {};
}

/** The same matching as in a job, on one text of up to 1,000 characters. */
export function testCustomDataIdentifier(
  call: Call,
): Answer<TestCustomDataIdentifierCommandOutput> {
  requireMacie(call);
  const { sampleText: text, ...rule } = parse(TestRequest, call.body, fault);
  const search = detector([compiled(rule)], () => false);
  search.take({ text });
  return { matchCount: search.detections()[0]?.count ?? 0 };
}
