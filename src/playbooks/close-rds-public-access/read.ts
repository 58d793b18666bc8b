import type { DBInstance } from '@aws-sdk/client-rds';
import type { Asked } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import type { IngressRule } from '../../operations/ec2/ingress-rule';
import { readIngressRules } from '../../operations/ec2/replace-ingress-rules';
import { accessOf, readDatabase, type PublicAccess } from '../../operations/rds/set-public-access';
import { letsOutsidersIn } from './outside';

/** The database as it stands: `missing` when it is gone. */
export type DatabaseFacts =
  | { kind: 'missing' }
  | {
      kind: 'database';
      engine: string;
      /** The cluster that it belongs to; empty if none. */
      cluster: string;
      access: PublicAccess;
      address: string;
      port: number;
      /** Settings that change in the next maintenance window, by RDS's names. Never their values: one is a password. */
      waiting: readonly string[];
      /** Inbound rules that let addresses outside private networks in on the database's port. */
      open: readonly { group: string; rule: IngressRule }[];
    };

export const permissions = ['rds:DescribeDBInstances', 'ec2:DescribeSecurityGroupRules'] as const;

export const read = async (aws: Aws, { target }: Asked): Promise<DatabaseFacts> => {
  const database = await readDatabase(aws, target.id);
  if (!database) return { kind: 'missing' };
  const access = accessOf(database);
  const { Address = '', Port = 0 } = database.Endpoint ?? {};
  const open = await Promise.all(
    groupsOf(database).map(async (group) =>
      (await readIngressRules(aws, group))
        .filter((rule) => letsOutsidersIn(rule, Port))
        .map((rule) => ({ group, rule })),
    ),
  );
  return {
    kind: 'database',
    engine: database.Engine ?? 'unknown',
    cluster: database.DBClusterIdentifier ?? '',
    access,
    address: Address,
    port: Port,
    waiting: waitingFor(database),
    open: open.flat(),
  };
};

const groupsOf = ({ VpcSecurityGroups = [] }: DBInstance): string[] =>
  VpcSecurityGroups.flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []).sort();

/** RDS leaves out what does not wait, or tells it as an empty list. */
const waitingFor = ({ PendingModifiedValues = {} }: DBInstance): string[] =>
  Object.entries(PendingModifiedValues)
    .filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
    .map(([name]) => name)
    .sort();
