import type * as sdk from '@aws-sdk/client-rds';
import type { CallsOf } from './calls-of';

export type RdsCalls = CallsOf<typeof sdk, 'rds', 'DescribeDBInstances' | 'ModifyDBInstance'>;
