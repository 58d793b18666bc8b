import type * as sdk from '@aws-sdk/client-macie2';
import type { CallsOf } from './calls-of';

export type Macie2Calls = CallsOf<
  typeof sdk,
  'macie2',
  | 'CreateFindingsFilter'
  | 'DeleteFindingsFilter'
  | 'GetFindingsFilter'
  | 'GetFindingStatistics'
  | 'ListFindingsFilters'
>;
