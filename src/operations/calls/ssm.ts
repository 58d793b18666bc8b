import type * as sdk from '@aws-sdk/client-ssm';
import type { CallsOf } from './calls-of';

export type SsmCalls = CallsOf<
  typeof sdk,
  'ssm',
  | 'CancelCommand'
  | 'DescribeAutomationExecutions'
  | 'DescribeInstanceInformation'
  | 'DescribeSessions'
  | 'GetAutomationExecution'
  | 'GetCommandInvocation'
  | 'ListCommandInvocations'
  | 'ListCommands'
  | 'SendCommand'
  | 'StartAutomationExecution'
  | 'TerminateSession'
>;
