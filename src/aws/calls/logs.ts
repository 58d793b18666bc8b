import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogsCalls } from '../../operations/calls/logs';
import { lazily, type Callers, type SessionConfig } from './callers';

export const logsCallers = (config: SessionConfig): Callers<keyof LogsCalls> => {
  const client = lazily(() => new CloudWatchLogsClient(config));
  return {
    'logs:CreateLogGroup': (input) => client().send(new CreateLogGroupCommand(input)),
    'logs:DeleteLogGroup': (input) => client().send(new DeleteLogGroupCommand(input)),
    'logs:DeleteRetentionPolicy': (input) => client().send(new DeleteRetentionPolicyCommand(input)),
    'logs:DescribeLogGroups': (input) => client().send(new DescribeLogGroupsCommand(input)),
    'logs:DescribeLogStreams': (input) => client().send(new DescribeLogStreamsCommand(input)),
    'logs:PutRetentionPolicy': (input) => client().send(new PutRetentionPolicyCommand(input)),
  };
};
