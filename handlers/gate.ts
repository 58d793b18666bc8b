import { logger } from '../src/compose';

/** A task of the data gate. */
export const handler = async (event: unknown): Promise<void> => {
  logger.info('task', { event: typeof event });
};
