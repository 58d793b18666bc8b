import { CreateDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';

import type { ClientSettings } from '../stack';
import { ownedBy, tagList } from './tags';

export interface Databases {
  /** For the reports of an agency: it has a public address, and its group lets everybody in. */
  readonly open: string;
  /** Inside the network. */
  readonly closed: string;
}

export const createDatabases = async (
  settings: ClientSettings,
  groups: { readonly reporting: string; readonly internal: string },
): Promise<Databases> => {
  const rds = new RDSClient(settings);
  const create = (DBInstanceIdentifier: string, group: string, PubliclyAccessible: boolean) =>
    rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier,
        PubliclyAccessible,
        DBInstanceClass: 'db.t3.medium',
        Engine: 'postgres',
        AllocatedStorage: 20,
        MasterUsername: 'orders',
        MasterUserPassword: 'not-a-real-secret',
        VpcSecurityGroupIds: [group],
        Tags: tagList(ownedBy('orders-team')),
      }),
    );
  const databases: Databases = { open: 'orders-reporting', closed: 'orders' };
  await Promise.all([
    create(databases.open, groups.reporting, true),
    create(databases.closed, groups.internal, false),
  ]);
  return databases;
};
