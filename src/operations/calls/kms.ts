import type * as sdk from '@aws-sdk/client-kms';
import type { CallsOf } from './calls-of';

export type KmsCalls = CallsOf<
  typeof sdk,
  'kms',
  | 'DescribeKey'
  | 'DisableKeyRotation'
  | 'EnableKeyRotation'
  | 'GetKeyRotationStatus'
  | 'ListAliases'
>;
