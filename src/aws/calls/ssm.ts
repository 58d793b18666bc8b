import {
  SSMClient,
  DescribeAutomationExecutionsCommand,
  GetAutomationExecutionCommand,
  StartAutomationExecutionCommand,
} from '@aws-sdk/client-ssm';
import type { SsmCalls } from '../../operations/calls/ssm';
import { lazily, type Callers, type SessionConfig } from './callers';

export const ssmCallers = (config: SessionConfig): Callers<keyof SsmCalls> => {
  const client = lazily(() => new SSMClient(config));
  return {
    'ssm:DescribeAutomationExecutions': (input) =>
      client().send(new DescribeAutomationExecutionsCommand(input)),
    'ssm:GetAutomationExecution': (input) =>
      client().send(new GetAutomationExecutionCommand(input)),
    'ssm:StartAutomationExecution': (input) =>
      client().send(new StartAutomationExecutionCommand(input)),
  };
};
