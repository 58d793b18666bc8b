import type * as sdk from '@aws-sdk/client-sfn';
import type { CallsOf } from './calls-of';

export type StatesCalls = CallsOf<typeof sdk, 'states', 'DescribeExecution' | 'StartExecution'>;
