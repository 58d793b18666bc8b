import { createHash, randomUUID } from 'node:crypto';
import type {
  AutomationExecution,
  DescribeAutomationExecutionsCommandOutput,
  GetAutomationExecutionCommandOutput,
  StartAutomationExecutionCommandOutput,
} from '@aws-sdk/client-ssm';
import { z } from 'zod';
import type { Call } from '../http/call';
import { Fault } from '../http/fault';
import { page } from '../http/paging';
import { parse } from '../http/parse';
import { secondsAt, type Answer } from './answer';
import { documents, failParameter, type Document } from './library';
import { progress, type Automation } from './state';

const invalid = 'ValidationException';
const Tag = z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) });
const StartRequest = z.object({
  DocumentName: z.string(),
  DocumentVersion: z.string().optional(),
  Parameters: z.record(z.string(), z.array(z.string())).optional(),
  ClientToken: z
    .string()
    .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
    .optional(),
  Tags: z.array(Tag).max(5).optional(),
});
const Filter = z.object({ Key: z.string(), Values: z.array(z.string()).min(1).max(10) });
const ListRequest = z.object({
  Filters: z.array(Filter).optional(),
  MaxResults: z.number().int().min(1).max(50).optional(),
  NextToken: z.string().optional(),
});
const GetRequest = z.object({ AutomationExecutionId: z.string() });

const automationsOf = (call: Call): Automation[] => call.world.engines.automations.of(call);

function documentOf(name: string): Document {
  const document = documents[name.split('/').at(-1) ?? ''];
  if (!document) {
    throw new Fault('AutomationDefinitionNotFoundException', `There is no document ${name}`);
  }
  return document;
}

/** The same token and the same request start once; the same token with another request is an error. */
export function startAutomation(call: Call): Answer<StartAutomationExecutionCommandOutput> {
  const request = parse(StartRequest, call.body, invalid);
  const { Parameters = {}, ClientToken } = request;
  const missing = documentOf(request.DocumentName).required.find((name) => !Parameters[name]);
  if (missing) {
    const words = `The parameter ${missing} is required`;
    throw new Fault('InvalidAutomationExecutionParametersException', words);
  }
  const same = automationsOf(call).find(
    (each) => ClientToken && each.request.ClientToken?.toLowerCase() === ClientToken.toLowerCase(),
  );
  if (same && digest(same.request) !== digest(request)) {
    throw new Fault('IdempotentParameterMismatch', 'The token was used for another request');
  }
  if (same) return { AutomationExecutionId: same.id };
  const id = randomUUID();
  automationsOf(call).push({ id, request, startedAt: secondsAt(call.world) });
  return { AutomationExecutionId: id };
}

const digest = (value: object): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** Newest first. Of the filters it knows those that can find one execution. */
export function listAutomations(call: Call): Answer<DescribeAutomationExecutionsCommandOutput> {
  const { Filters = [], MaxResults = 50, NextToken } = parse(ListRequest, call.body, invalid);
  const found = automationsOf(call)
    .filter((each) => Filters.every(({ Key, Values }) => fits(each, Key, Values)))
    .toReversed();
  const query = { token: NextToken, size: MaxResults, query: Filters, fault: 'InvalidNextToken' };
  const { items, nextToken } = page(found, query);
  return {
    AutomationExecutionMetadataList: items.map((each) => {
      const { Parameters: _, ...metadata } = described(call, each);
      return metadata;
    }),
    ...(nextToken && { NextToken: nextToken }),
  };
}

function fits({ id, request }: Automation, key: string, values: readonly string[]): boolean {
  if (key === 'TagKey') return request.Tags?.some(({ Key = '' }) => values.includes(Key)) ?? false;
  if (key === 'ExecutionId') return values.includes(id);
  if (key === 'DocumentNamePrefix') {
    return values.some((value) => request.DocumentName?.startsWith(value));
  }
  throw new Fault('InvalidFilterKey', `The sandbox does not know the filter ${key}`);
}

export function getAutomation(call: Call): Answer<GetAutomationExecutionCommandOutput> {
  const { AutomationExecutionId: id } = parse(GetRequest, call.body, invalid);
  const found = automationsOf(call).find((each) => each.id === id);
  if (!found) {
    throw new Fault('AutomationExecutionNotFoundException', `There is no execution ${id}`);
  }
  return { AutomationExecution: described(call, found) };
}

function described({ world }: Call, automation: Automation): Answer<AutomationExecution> {
  const { id, request, startedAt } = automation;
  const { DocumentName = '', Parameters = {} } = request;
  const { steps, outputs } = documentOf(DocumentName);
  const done = progress(world, automation);
  const fails = Parameters[failParameter]?.join(' ');
  const ended = done >= 1;
  const status = done < 0.2 ? 'Pending' : 'InProgress';
  return {
    AutomationExecutionId: id,
    DocumentName,
    ExecutionStartTime: startedAt,
    Parameters,
    AutomationExecutionStatus: ended ? (fails ? 'Failed' : 'Success') : status,
    ...(!ended && { CurrentStepName: steps[Math.floor(done * steps.length)] ?? '' }),
    ...(ended && { ExecutionEndTime: startedAt + world.engineSeconds }),
    ...(ended && fails && { FailureMessage: fails }),
    ...(ended && !fails && { Outputs: outputs(Parameters) }),
  };
}
