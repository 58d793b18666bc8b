import {
  LambdaClient,
  AddPermissionCommand,
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
  ListEventSourceMappingsCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda';
import type { LambdaCalls } from '../../operations/calls/lambda';
import { lazily, type Callers, type SessionConfig } from './callers';

export const lambdaCallers = (config: SessionConfig): Callers<keyof LambdaCalls> => {
  const client = lazily(() => new LambdaClient(config));
  return {
    'lambda:AddPermission': (input) => client().send(new AddPermissionCommand(input)),
    'lambda:GetFunctionConfiguration': (input) =>
      client().send(new GetFunctionConfigurationCommand(input)),
    'lambda:GetFunctionUrlConfig': (input) => client().send(new GetFunctionUrlConfigCommand(input)),
    'lambda:GetPolicy': (input) => client().send(new GetPolicyCommand(input)),
    'lambda:ListEventSourceMappings': (input) =>
      client().send(new ListEventSourceMappingsCommand(input)),
    'lambda:RemovePermission': (input) => client().send(new RemovePermissionCommand(input)),
  };
};
