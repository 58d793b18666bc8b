import type { DBInstance } from '@aws-sdk/client-rds';
import { Told } from '../../domain/errors';
import { isAwsError, type Aws } from '../aws';
import type { Reversible } from '../operation';

/** Should the database have a public address? `instance` is its identifier. */
export type SetPublicAccess = { readonly instance: string; readonly public: boolean };

/** `status` is RDS's word: `available`, `modifying`, `stopped` … */
export type PublicAccess = {
  readonly gone: false;
  readonly public: boolean;
  readonly status: string;
};
type State = PublicAccess | { readonly gone: true };

export const setPublicAccess: Reversible<SetPublicAccess, State> = {
  kind: 'rds.set-public-access',
  describe: (input) => `Switch public access to ${input.instance} ${input.public ? 'on' : 'off'}`,
  async read(aws, { instance }) {
    const found = await readDatabase(aws, instance);
    return found ? accessOf(found) : { gone: true };
  },
  holds: (access, input) => isSet(access, input.public),
  apply: (aws, input, now) => change(aws, input.instance, now, input.public),
  pending: (access) =>
    !access.gone && isBusy(access) ? { running: 'RDS is modifying the database' } : undefined,
  // RDS takes some minutes to take a public address away or to give a new one.
  patience: () => 1800,
  async undo(aws, { instance }, before, now) {
    if (!before.gone) await change(aws, instance, now, before.public);
  },
  restored: (access, _, before) => before.gone || isSet(access, before.public),
  drift: (after, now) => {
    if (now.gone) return after.gone ? [] : ['the database was deleted since'];
    if (after.gone) return ['the database is there again'];
    if (after.public === now.public) return [];
    return [`public access was switched ${now.public ? 'on' : 'off'} since`];
  },
  permissions: {
    read: ['rds:DescribeDBInstances'],
    apply: ['rds:ModifyDBInstance'],
    undo: ['rds:ModifyDBInstance'],
  },
};

const isBusy = ({ status }: PublicAccess): boolean => status === 'modifying';

const isSet = (access: State, wanted: boolean): boolean =>
  access.gone || (access.public === wanted && !isBusy(access));

/**
 * Public access changes at once in any case. `ApplyImmediately` stays away: it would also carry out every other change
 * that waits for the maintenance window, reboots included.
 */
const change = async (
  aws: Aws,
  DBInstanceIdentifier: string,
  now: State,
  PubliclyAccessible: boolean,
): Promise<void> => {
  // While RDS is modifying it takes no other change: `pending` waits for the end of it.
  if (now.gone || now.public === PubliclyAccessible || isBusy(now)) return;
  await aws.call('rds:ModifyDBInstance', { DBInstanceIdentifier, PubliclyAccessible });
};

export const readDatabase = async (aws: Aws, id: string): Promise<DBInstance | undefined> => {
  try {
    const found = await aws.call('rds:DescribeDBInstances', { DBInstanceIdentifier: id });
    return found.DBInstances?.[0];
  } catch (error) {
    if (isAwsError(error, 'DBInstanceNotFoundFault', 'DBInstanceNotFound')) return undefined;
    throw error;
  }
};

/** @throws Told where RDS does not tell: not told is not “private” (law 10) */
export const accessOf = (database: DBInstance): PublicAccess => {
  const { DBInstanceIdentifier, DBInstanceStatus, PubliclyAccessible } = database;
  if (PubliclyAccessible === undefined || !DBInstanceStatus)
    throw new Told(`RDS does not tell whether ${DBInstanceIdentifier} is public.`);
  return { gone: false, public: PubliclyAccessible, status: DBInstanceStatus };
};
