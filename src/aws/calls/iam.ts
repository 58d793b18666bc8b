import { IAMClient, ListAccessKeysCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import type { IamCalls } from '../../operations/calls/iam';
import { lazily, type Callers, type SessionConfig } from './callers';

export const iamCallers = (config: SessionConfig): Callers<keyof IamCalls> => {
  const client = lazily(() => new IAMClient(config));
  return {
    'iam:ListAccessKeys': (input) => client().send(new ListAccessKeysCommand(input)),
    'iam:UpdateAccessKey': (input) => client().send(new UpdateAccessKeyCommand(input)),
  };
};
