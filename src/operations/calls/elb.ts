import type * as sdk from '@aws-sdk/client-elastic-load-balancing-v2';
import type { CallsOf } from './calls-of';

export type ElbCalls = CallsOf<
  typeof sdk,
  'elasticloadbalancing',
  'DescribeTargetGroups' | 'DescribeTargetHealth' | 'DeregisterTargets' | 'RegisterTargets'
>;
