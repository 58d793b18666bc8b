import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  CreateLogGroupCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogsCalls } from '../../operations/calls/logs';
import { lazily, type Callers, type SessionConfig } from './callers';

export const logsCallers = (config: SessionConfig): Callers<keyof LogsCalls> => {
  const client = lazily(() => new CloudWatchLogsClient(config));
  return {
    'logs:DescribeLogGroups': (input) => client().send(new DescribeLogGroupsCommand(input)),
    'logs:CreateLogGroup': (input) => client().send(new CreateLogGroupCommand(input)),
  };
};
