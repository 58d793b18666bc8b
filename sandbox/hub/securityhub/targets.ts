import type {
  CreateActionTargetCommandOutput,
  DeleteActionTargetCommandOutput,
  DescribeActionTargetsCommandOutput,
} from '@aws-sdk/client-securityhub';
import { z } from 'zod';
import type { Answer, Call, Done } from '../http/call';
import { Fault } from '../http/fault';
import { page } from '../http/paging';
import { parse } from '../http/parse';
import { requireHub, type ActionTarget } from './state';

const invalid = 'InvalidInputException';
// Per account and Region.
const most = 50;
const Name = z.string().min(1).max(20);
const Id = z.string().regex(/^[A-Za-z0-9]{1,20}$/, 'must be 1 to 20 letters or digits');
const CreateRequest = z.object({ Name, Description: z.string().min(1), Id });
const UpdateRequest = z.object({
  Name: Name.optional(),
  Description: z.string().min(1).optional(),
});
const DescribeRequest = z.object({
  ActionTargetArns: z.array(z.string()).optional(),
  NextToken: z.string().optional(),
  MaxResults: z.number().int().min(0).max(100).optional(),
});

function targetsOf(call: Call): Map<string, ActionTarget> {
  requireHub(call);
  return call.world.securityHub.enrolments.of(call).actionTargets;
}

/** Also how the sandbox's own endpoint finds the action whose button is pressed. */
export function targetAt(call: Call, arn: string): ActionTarget {
  const target = targetsOf(call).get(arn);
  if (!target) throw new Fault('ResourceNotFoundException', `No action target ${arn}`);
  return target;
}

export function createActionTarget(call: Call): Answer<CreateActionTargetCommandOutput> {
  const { Name: name, Description, Id: id } = parse(CreateRequest, call.body, invalid);
  const targets = targetsOf(call);
  const arn = `arn:aws:securityhub:${call.region}:${call.account}:action/custom/${id}`;
  if (targets.has(arn)) throw new Fault('ResourceConflictException', `${arn} exists`);
  if (targets.size >= most) throw new Fault('LimitExceededException', `At most ${most} actions`);
  targets.set(arn, { ActionTargetArn: arn, Name: name, Description });
  return { ActionTargetArn: arn };
}

export function describeActionTargets(call: Call): Answer<DescribeActionTargetsCommandOutput> {
  const request = parse(DescribeRequest, call.body, invalid);
  const arns = request.ActionTargetArns ?? [...targetsOf(call).keys()];
  const all = arns.map((arn) => targetAt(call, arn));
  const { NextToken: token, MaxResults } = request;
  const size = MaxResults || 100;
  const { items, nextToken } = page(all, { token, size, query: arns, fault: invalid });
  return { ActionTargets: items, ...(nextToken ? { NextToken: nextToken } : {}) };
}

export function updateActionTarget(call: Call): Done {
  const request = parse(UpdateRequest, call.body, invalid);
  const target = targetAt(call, call.params['ActionTargetArn'] ?? '');
  target.Name = request.Name ?? target.Name;
  target.Description = request.Description ?? target.Description;
  return {};
}

export function deleteActionTarget(call: Call): Answer<DeleteActionTargetCommandOutput> {
  const { ActionTargetArn } = targetAt(call, call.params['ActionTargetArn'] ?? '');
  targetsOf(call).delete(ActionTargetArn);
  return { ActionTargetArn };
}
