import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSHandler, SQSRecord } from 'aws-lambda';
import { takeEvent } from '../src/app/take-event';
import { intakeDeps, logger } from '../src/compose';
import { read } from '../src/findings';

const processor = new BatchProcessor(EventType.SQS);

const take = async ({ body, messageId }: SQSRecord): Promise<void> => {
  const taken = await takeEvent(intakeDeps(), read(body), body, messageId);
  logger.info('event taken', { messageId, ...taken });
};

/** EventBridge → SQS → intake. What fails goes back to the queue, and from there to the dead-letter queue. */
export const handler: SQSHandler = (event, context) =>
  processPartialResponse(event, take, processor, { context });
