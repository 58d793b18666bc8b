import type * as sdk from '@aws-sdk/client-auto-scaling';
import type { CallsOf } from './calls-of';

export type AutoScalingCalls = CallsOf<
  typeof sdk,
  'autoscaling',
  | 'DescribeAutoScalingGroups'
  | 'DescribeAutoScalingInstances'
  | 'EnterStandby'
  | 'ExitStandby'
  | 'SetInstanceProtection'
  | 'UpdateAutoScalingGroup'
>;
