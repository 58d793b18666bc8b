import type { DBInstance } from '@aws-sdk/client-rds';
import { awsError, type Handlers } from './memory-aws';

/**
 * Databases in memory, as RDS has them: public access changes at once, `ApplyImmediately` carries out what waits for the
 * maintenance window, and only an available database can be changed.
 * @param lag so many reads after a change still tell `modifying`
 */
export const memoryRds = (all: readonly DBInstance[], { lag = 0 } = {}): Handlers => {
  const databases = new Map(all.map((each) => [each.DBInstanceIdentifier, each]));
  let busy = 0;
  const find = (id: string | undefined): DBInstance => {
    const found = databases.get(id);
    if (!found) throw awsError('DBInstanceNotFoundFault');
    return busy > 0 ? { ...found, DBInstanceStatus: 'modifying' } : found;
  };
  return {
    'rds:DescribeDBInstances': ({ DBInstanceIdentifier }) => {
      const DBInstances = [find(DBInstanceIdentifier)];
      busy = Math.max(busy - 1, 0);
      return { DBInstances };
    },
    'rds:ModifyDBInstance': ({ DBInstanceIdentifier, ApplyImmediately, PubliclyAccessible }) => {
      const found = find(DBInstanceIdentifier);
      if (found.DBInstanceStatus !== 'available') throw awsError('InvalidDBInstanceStateFault');
      const { PendingModifiedValues: waiting = {}, ...rest } = found;
      const changed: DBInstance = {
        ...rest,
        ...(ApplyImmediately ? waiting : { PendingModifiedValues: waiting }),
        ...(PubliclyAccessible !== undefined && { PubliclyAccessible }),
      };
      databases.set(DBInstanceIdentifier, changed);
      busy = lag;
      return { DBInstance: changed };
    },
  };
};
