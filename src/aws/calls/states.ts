import { SFNClient, DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { StatesCalls } from '../../operations/calls/states';
import { lazily, type Callers, type SessionConfig } from './callers';

export const statesCallers = (config: SessionConfig): Callers<keyof StatesCalls> => {
  const client = lazily(() => new SFNClient(config));
  return {
    'states:DescribeExecution': (input) => client().send(new DescribeExecutionCommand(input)),
    'states:StartExecution': (input) => client().send(new StartExecutionCommand(input)),
  };
};
