import type * as sdk from '@aws-sdk/client-elastic-load-balancing';
import type { CallsOf } from './calls-of';

export type ClassicElbCalls = CallsOf<
  typeof sdk,
  'classic-elb',
  | 'DescribeLoadBalancers'
  | 'DeregisterInstancesFromLoadBalancer'
  | 'RegisterInstancesWithLoadBalancer'
>;
