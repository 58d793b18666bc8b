import {
  type CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  paginateListStackResources,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { setTimeout as sleep } from 'node:timers/promises';

const deploySeconds = 60;

const describe = async (client: CloudFormationClient, name: string): Promise<Stack> => {
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
  const stack = Stacks?.[0];
  if (!stack) throw new Error(`There is no stack ${name}`);
  return stack;
};

const whatFailed = async (client: CloudFormationClient, name: string): Promise<string> => {
  const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName: name }));
  const lines = (StackEvents ?? [])
    .filter(({ ResourceStatus }) => ResourceStatus?.endsWith('FAILED'))
    .map((it) => `${it.LogicalResourceId} (${it.ResourceType}): ${it.ResourceStatusReason}`);
  return lines.join('\n');
};

/** Waits until the stack is complete; a failure names the resources and CloudFormation's reasons. */
export const settled = async (client: CloudFormationClient, name: string): Promise<Stack> => {
  const deadline = Date.now() + deploySeconds * 1000;
  for (;;) {
    const stack = await describe(client, name);
    const status = stack.StackStatus ?? '';
    if (status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE') return stack;
    if (!status.endsWith('IN_PROGRESS')) {
      throw new Error(`The stack ${name} is ${status}:\n${await whatFailed(client, name)}`);
    }
    if (Date.now() > deadline) {
      throw new Error(`The stack ${name} is still ${status} after ${deploySeconds} s`);
    }
    await sleep(30);
  }
};

export interface StackResource {
  readonly type: string;
  readonly physicalId: string;
}

export const resourcesOf = async (
  client: CloudFormationClient,
  name: string,
): Promise<Readonly<Record<string, StackResource>>> => {
  const found: Record<string, StackResource> = {};
  for await (const page of paginateListStackResources({ client }, { StackName: name })) {
    for (const it of page.StackResourceSummaries ?? []) {
      const { LogicalResourceId, PhysicalResourceId, ResourceType } = it;
      if (!LogicalResourceId || !PhysicalResourceId) continue;
      found[LogicalResourceId] = { type: ResourceType ?? '', physicalId: PhysicalResourceId };
    }
  }
  return found;
};
