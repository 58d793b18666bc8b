import { expire } from '../src/app/decide';
import { housekeepingDeps, logger } from '../src/compose';

/** Every minute: what is due is settled. One that fails does not keep the others waiting. */
export const handler = async (): Promise<void> => {
  const deps = housekeepingDeps();
  const due = await deps.store.due(deps.now().toISOString());
  const results = await Promise.allSettled(due.map((id) => expire(deps, id)));
  const failed = results.filter(({ status }) => status === 'rejected');
  logger.info('housekeeping', { due: due.length, failed: failed.length });
  if (failed.length > 0)
    throw new AggregateError(
      failed.map((each) => 'reason' in each && each.reason),
      'some expiries failed',
    );
};
