import type { SQSHandler } from 'aws-lambda';
import { logger, outboxDeps } from '../src/compose';
import { deliverAll } from '../src/slack/deliver-all';

/** Outbox → Slack. What Slack does not take now comes back when Slack said it may. */
export const handler: SQSHandler = async ({ Records }) => {
  const { outbox, ...deps } = await outboxDeps();
  return { batchItemFailures: await deliverAll(deps, outbox, Records, logger) };
};
