import type * as sdk from '@aws-sdk/client-cloudwatch-logs';
import type { CallsOf } from './calls-of';

export type LogsCalls = CallsOf<
  typeof sdk,
  'logs',
  | 'CreateLogGroup'
  | 'DeleteLogGroup'
  | 'DeleteRetentionPolicy'
  | 'DescribeLogGroups'
  | 'DescribeLogStreams'
  | 'PutRetentionPolicy'
>;
