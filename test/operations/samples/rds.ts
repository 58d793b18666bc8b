import type { DBInstance } from '@aws-sdk/client-rds';
import { MemoryAws } from '../../support/memory-aws';
import { memoryRds } from '../../support/memory-rds';
import type { Sample } from './sample';

export const database = 'orders';

export const aDatabase = (more: DBInstance = {}): DBInstance => ({
  DBInstanceIdentifier: database,
  DBInstanceStatus: 'available',
  Engine: 'postgres',
  Endpoint: { Address: 'orders.abc.eu-west-1.rds.amazonaws.com', Port: 5432 },
  PubliclyAccessible: true,
  ...more,
});

const sample = (name: string, wanted: boolean, ...databases: DBInstance[]): Sample => ({
  name,
  input: { instance: database, public: wanted },
  world: () => new MemoryAws(memoryRds(databases)),
});

export const setPublicAccess: readonly Sample[] = [
  sample('public', false, aDatabase()),
  sample(
    'public, with changes that wait',
    false,
    aDatabase({ PendingModifiedValues: { DBInstanceClass: 'db.m7g.large' } }),
  ),
  sample('private, to be public', true, aDatabase({ PubliclyAccessible: false })),
  sample('private already', false, aDatabase({ PubliclyAccessible: false })),
  sample('deleted', false),
];
