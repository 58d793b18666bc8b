import { LambdaClient, GetPolicyCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import type { LambdaCalls } from '../../operations/calls/lambda';
import { lazily, type Callers, type SessionConfig } from './callers';

export const lambdaCallers = (config: SessionConfig): Callers<keyof LambdaCalls> => {
  const client = lazily(() => new LambdaClient(config));
  return {
    'lambda:GetPolicy': (input) => client().send(new GetPolicyCommand(input)),
    'lambda:RemovePermission': (input) => client().send(new RemovePermissionCommand(input)),
  };
};
