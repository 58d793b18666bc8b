import { housekeep } from '../src/app/housekeep';
import { housekeepingDeps, logger } from '../src/compose';

/** Every minute: what is due is settled. What failed is told to the alarm, and is due again. */
export const handler = async (): Promise<void> => {
  const { due, failures } = await housekeep(housekeepingDeps());
  logger.info('housekeeping', { due, failed: failures.length });
  if (failures.length > 0) throw new AggregateError(failures, 'some that were due failed');
};
