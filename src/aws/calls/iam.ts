import {
  IAMClient,
  DeleteAccountPasswordPolicyCommand,
  DeleteRolePolicyCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountPasswordPolicyCommand,
  GetInstanceProfileCommand,
  GetLoginProfileCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
  ListUsersCommand,
  PutRolePolicyCommand,
  UpdateAccessKeyCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import type { IamCalls } from '../../operations/calls/iam';
import { lazily, type Callers, type SessionConfig } from './callers';

export const iamCallers = (config: SessionConfig): Callers<keyof IamCalls> => {
  const client = lazily(() => new IAMClient(config));
  return {
    'iam:DeleteAccountPasswordPolicy': (input) =>
      client().send(new DeleteAccountPasswordPolicyCommand(input)),
    'iam:DeleteRolePolicy': (input) => client().send(new DeleteRolePolicyCommand(input)),
    'iam:GetAccessKeyLastUsed': (input) => client().send(new GetAccessKeyLastUsedCommand(input)),
    'iam:GetAccountPasswordPolicy': (input) =>
      client().send(new GetAccountPasswordPolicyCommand(input)),
    'iam:GetInstanceProfile': (input) => client().send(new GetInstanceProfileCommand(input)),
    'iam:GetLoginProfile': (input) => client().send(new GetLoginProfileCommand(input)),
    'iam:GetRole': (input) => client().send(new GetRoleCommand(input)),
    'iam:GetRolePolicy': (input) => client().send(new GetRolePolicyCommand(input)),
    'iam:GetUser': (input) => client().send(new GetUserCommand(input)),
    'iam:ListAccessKeys': (input) => client().send(new ListAccessKeysCommand(input)),
    'iam:ListAttachedRolePolicies': (input) =>
      client().send(new ListAttachedRolePoliciesCommand(input)),
    'iam:ListInstanceProfilesForRole': (input) =>
      client().send(new ListInstanceProfilesForRoleCommand(input)),
    'iam:ListRolePolicies': (input) => client().send(new ListRolePoliciesCommand(input)),
    'iam:ListUsers': (input) => client().send(new ListUsersCommand(input)),
    'iam:PutRolePolicy': (input) => client().send(new PutRolePolicyCommand(input)),
    'iam:UpdateAccessKey': (input) => client().send(new UpdateAccessKeyCommand(input)),
    'iam:UpdateAccountPasswordPolicy': (input) =>
      client().send(new UpdateAccountPasswordPolicyCommand(input)),
  };
};
