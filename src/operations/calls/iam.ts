import type * as sdk from '@aws-sdk/client-iam';
import type { CallsOf } from './calls-of';

export type IamCalls = CallsOf<
  typeof sdk,
  'iam',
  | 'DeleteAccountPasswordPolicy'
  | 'GetAccessKeyLastUsed'
  | 'GetAccountPasswordPolicy'
  | 'GetInstanceProfile'
  | 'GetLoginProfile'
  | 'GetRole'
  | 'GetUser'
  | 'ListAccessKeys'
  | 'ListAttachedRolePolicies'
  | 'ListInstanceProfilesForRole'
  | 'ListRolePolicies'
  | 'ListUsers'
  | 'UpdateAccessKey'
  | 'UpdateAccountPasswordPolicy'
>;
