import type * as sdk from '@aws-sdk/client-iam';
import type { CallsOf } from './calls-of';

export type IamCalls = CallsOf<
  typeof sdk,
  'iam',
  | 'DeleteAccountPasswordPolicy'
  | 'DeleteRolePolicy'
  | 'GetAccessKeyLastUsed'
  | 'GetAccountPasswordPolicy'
  | 'GetInstanceProfile'
  | 'GetLoginProfile'
  | 'GetRole'
  | 'GetRolePolicy'
  | 'GetUser'
  | 'ListAccessKeys'
  | 'ListAttachedRolePolicies'
  | 'ListInstanceProfilesForRole'
  | 'ListRolePolicies'
  | 'ListUsers'
  | 'PutRolePolicy'
  | 'UpdateAccessKey'
  | 'UpdateAccountPasswordPolicy'
>;
