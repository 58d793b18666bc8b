import type { CallWebhook } from '../../../src/operations/https/call-webhook';
import type { RunAutomation } from '../../../src/operations/ssm/run-automation';
import type { RunExecution } from '../../../src/operations/states/run-execution';
import { account, region } from '../../support/builders';
import { MemoryAws, type Handlers } from '../../support/memory-aws';
import { memoryAutomation, memoryExecutions, memoryTool } from '../../support/memory-engines';
import type { Sample } from './sample';

export const automation: RunAutomation = {
  document: 'AWS-RestartEC2Instance',
  parameters: {
    InstanceId: ['i-1'],
    AutomationAssumeRole: [`arn:aws:iam::${account}:role/Automation`],
  },
  timeoutSeconds: 600,
};

export const machine: RunExecution = {
  stateMachineArn: `arn:aws:states:${region}:${account}:stateMachine:isolate-host`,
  input: { host: 'i-1', ports: [22, 3389] },
  timeoutSeconds: 600,
};

export const tool: CallWebhook = {
  url: 'https://tools.example.com/drawbridge/isolate',
  body: { host: 'i-1' },
  secret: 'vendor',
  timeoutSeconds: 600,
};

/** Each world anew: an engine remembers what it ran. */
const sample = (
  name: string,
  input: Sample['input'],
  make: () => { handlers: Handlers },
): Sample => ({ name, input, world: () => new MemoryAws(make().handlers) });

export const runAutomation: readonly Sample[] = [
  sample('a document of AWS', automation, () =>
    memoryAutomation({ output: { 'restart.State': ['running'] } }),
  ),
  sample(
    'a version of a shared document',
    {
      ...automation,
      version: '3',
      document: `arn:aws:ssm:${region}:999988887777:document/Quarantine`,
    },
    () => memoryAutomation(),
  ),
];

export const runExecution: readonly Sample[] = [
  sample('a machine that answers', machine, () =>
    memoryExecutions({ output: '{"ticket":{"id":7},"hosts":["a"]}' }),
  ),
  sample('a machine without input', { ...machine, input: {} }, () => memoryExecutions()),
];

export const callWebhook: readonly Sample[] = [
  sample('a tool that answers', tool, () => memoryTool({ output: { Ticket: 'T-1' } })),
  sample('a tool without a body', { ...tool, body: {} }, () => memoryTool()),
];
