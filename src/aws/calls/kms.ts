import {
  KMSClient,
  DescribeKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
} from '@aws-sdk/client-kms';
import type { KmsCalls } from '../../operations/calls/kms';
import { lazily, type Callers, type SessionConfig } from './callers';

export const kmsCallers = (config: SessionConfig): Callers<keyof KmsCalls> => {
  const client = lazily(() => new KMSClient(config));
  return {
    'kms:DescribeKey': (input) => client().send(new DescribeKeyCommand(input)),
    'kms:DisableKeyRotation': (input) => client().send(new DisableKeyRotationCommand(input)),
    'kms:EnableKeyRotation': (input) => client().send(new EnableKeyRotationCommand(input)),
    'kms:GetKeyRotationStatus': (input) => client().send(new GetKeyRotationStatusCommand(input)),
    'kms:ListAliases': (input) => client().send(new ListAliasesCommand(input)),
  };
};
