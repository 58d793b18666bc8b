import type * as sdk from '@aws-sdk/client-lambda';
import type { CallsOf } from './calls-of';

export type LambdaCalls = CallsOf<
  typeof sdk,
  'lambda',
  | 'AddPermission'
  | 'GetFunctionConfiguration'
  | 'GetFunctionUrlConfig'
  | 'GetPolicy'
  | 'ListEventSourceMappings'
  | 'RemovePermission'
>;
