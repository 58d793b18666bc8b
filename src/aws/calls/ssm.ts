import {
  SSMClient,
  CancelCommandCommand,
  DescribeAutomationExecutionsCommand,
  DescribeInstanceInformationCommand,
  DescribeSessionsCommand,
  GetAutomationExecutionCommand,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SendCommandCommand,
  StartAutomationExecutionCommand,
  TerminateSessionCommand,
} from '@aws-sdk/client-ssm';
import type { SsmCalls } from '../../operations/calls/ssm';
import { lazily, type Callers, type SessionConfig } from './callers';

export const ssmCallers = (config: SessionConfig): Callers<keyof SsmCalls> => {
  const client = lazily(() => new SSMClient(config));
  return {
    'ssm:CancelCommand': (input) => client().send(new CancelCommandCommand(input)),
    'ssm:DescribeAutomationExecutions': (input) =>
      client().send(new DescribeAutomationExecutionsCommand(input)),
    'ssm:DescribeInstanceInformation': (input) =>
      client().send(new DescribeInstanceInformationCommand(input)),
    'ssm:DescribeSessions': (input) => client().send(new DescribeSessionsCommand(input)),
    'ssm:GetAutomationExecution': (input) =>
      client().send(new GetAutomationExecutionCommand(input)),
    'ssm:GetCommandInvocation': (input) => client().send(new GetCommandInvocationCommand(input)),
    'ssm:ListCommandInvocations': (input) =>
      client().send(new ListCommandInvocationsCommand(input)),
    'ssm:ListCommands': (input) => client().send(new ListCommandsCommand(input)),
    'ssm:SendCommand': (input) => client().send(new SendCommandCommand(input)),
    'ssm:StartAutomationExecution': (input) =>
      client().send(new StartAutomationExecutionCommand(input)),
    'ssm:TerminateSession': (input) => client().send(new TerminateSessionCommand(input)),
  };
};
