import type * as sdk from '@aws-sdk/client-cloudtrail';
import type { CallsOf } from './calls-of';

export type CloudTrailCalls = CallsOf<
  typeof sdk,
  'cloudtrail',
  'DescribeTrails' | 'GetTrail' | 'UpdateTrail'
>;
