import {
  RDSClient,
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
} from '@aws-sdk/client-rds';
import type { RdsCalls } from '../../operations/calls/rds';
import { lazily, type Callers, type SessionConfig } from './callers';

export const rdsCallers = (config: SessionConfig): Callers<keyof RdsCalls> => {
  const client = lazily(() => new RDSClient(config));
  return {
    'rds:DescribeDBInstances': (input) => client().send(new DescribeDBInstancesCommand(input)),
    'rds:ModifyDBInstance': (input) => client().send(new ModifyDBInstanceCommand(input)),
  };
};
