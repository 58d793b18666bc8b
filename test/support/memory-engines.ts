import type { AutomationExecutionStatus } from '@aws-sdk/client-ssm';
import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import type { WebhookAnswer } from '../../src/operations/calls/webhook';
import { awsError, type Handlers } from './memory-aws';

/** How the work of an engine goes: so many looks until it ends, and how it ends. */
export interface Going<Status extends string, Output> {
  looks?: number;
  ends?: Status;
  output?: Output;
  words?: string;
}

/** SSM Automation: one execution per client token, found by the key of a tag, pages that are empty and not the last. */
export const memoryAutomation = (
  going: Going<AutomationExecutionStatus, Record<string, string[]>> = {},
  { lag = 0 }: { lag?: number } = {},
) => {
  const { looks = 0, ends = 'Success', output = {}, words = '' } = going;
  const started = new Map<string, { id: string; tags: string[]; looked: number; input: object }>();
  let hidden = lag;
  const handlers: Handlers = {
    'ssm:StartAutomationExecution': (input) => {
      const token = input.ClientToken?.toLowerCase() ?? '';
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(token))
        throw awsError('ValidationException', { $fault: 'client' });
      const known = started.get(token);
      if (known && JSON.stringify(known.input) !== JSON.stringify(input))
        throw awsError('IdempotentParameterMismatch', { $fault: 'client' });
      const id = known?.id ?? `e-${started.size + 1}`;
      const tags = (input.Tags ?? []).map(({ Key = '' }) => Key);
      if (!known) started.set(token, { id, tags, looked: 0, input });
      return { AutomationExecutionId: id };
    },
    'ssm:DescribeAutomationExecutions': ({ Filters = [], NextToken }) => {
      const [{ Key, Values = [] } = { Key: undefined }] = Filters;
      if (Key !== 'TagKey') throw awsError('InvalidFilterKey', { $fault: 'client' });
      if (!NextToken) return { AutomationExecutionMetadataList: [], NextToken: 'more' };
      const found = [...started.values()].filter(({ tags }) => tags.includes(Values[0] ?? ''));
      if (found.length > 0 && hidden > 0) {
        hidden -= 1;
        return { AutomationExecutionMetadataList: [] };
      }
      const children = found.map(({ id }) => ({
        AutomationExecutionId: `${id}-child`,
        ParentAutomationExecutionId: id,
      }));
      const own = found.map(({ id }) => ({ AutomationExecutionId: id }));
      return { AutomationExecutionMetadataList: [...children, ...own] };
    },
    'ssm:GetAutomationExecution': ({ AutomationExecutionId }) => {
      const found = [...started.values()].find(({ id }) => id === AutomationExecutionId);
      if (!found) throw awsError('AutomationExecutionNotFoundException', { $fault: 'client' });
      found.looked += 1;
      return {
        AutomationExecution:
          found.looked <= looks
            ? { AutomationExecutionStatus: 'InProgress', CurrentStepName: 'restart' }
            : {
                AutomationExecutionStatus: ends,
                Outputs: output,
                ...(words && { FailureMessage: words }),
              },
      };
    },
  };
  return { handlers, started };
};

/** Step Functions: a name starts once; an ended execution of that name cannot be started again. */
export const memoryExecutions = (going: Going<ExecutionStatus, string> = {}) => {
  const { looks = 0, ends = 'SUCCEEDED', output = '{}', words = '' } = going;
  const started = new Map<string, { looked: number; input: string }>();
  const handlers: Handlers = {
    'states:StartExecution': ({ stateMachineArn = '', name = '', input = '' }) => {
      const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
      const known = started.get(executionArn);
      if (known && (known.looked > looks || known.input !== input))
        throw awsError('ExecutionAlreadyExists', { $fault: 'client' });
      if (!known) started.set(executionArn, { looked: 0, input });
      return { executionArn, startDate: new Date(0) };
    },
    'states:DescribeExecution': ({ executionArn = '' }) => {
      const found = started.get(executionArn);
      if (!found) throw awsError('ExecutionDoesNotExist', { $fault: 'client' });
      found.looked += 1;
      const over = found.looked > looks;
      return {
        executionArn,
        stateMachineArn: '',
        startDate: new Date(0),
        status: over ? ends : 'RUNNING',
        ...(over && ends === 'SUCCEEDED' && { output }),
        ...(over && words && { error: 'Oops', cause: words }),
      };
    },
  };
  return { handlers, started };
};

/** A tool that remembers its runs. */
export const memoryTool = (going: Going<'done' | 'failed', Record<string, string>> = {}) => {
  const { looks = 0, ends = 'done', output = {}, words = '' } = going;
  const started = new Map<string, { looked: number; body: unknown }>();
  const handlers: Handlers = {
    'https:Post': ({ run, body }) => {
      if (!started.has(run)) started.set(run, { looked: 0, body });
      return {};
    },
    'https:Get': ({ run }): WebhookAnswer => {
      const found = started.get(run);
      if (!found) return { status: 'none', output: {}, message: '' };
      found.looked += 1;
      return found.looked <= looks
        ? { status: 'running', output: {}, message: words }
        : { status: ends, output, message: words };
    },
  };
  return { handlers, started };
};
