import type { Context } from 'aws-lambda';
import { deskDeps, logger } from '../src/compose';
import { serve } from '../src/slack/desk/serve';
import { DeskTask } from '../src/slack/desk/task';

/** What a person waits for → looked up and answered. It changes nothing but what that person sees. */
export const handler = async (event: unknown, context: Context): Promise<void> => {
  const task = DeskTask.parse(event);
  logger.appendKeys({ what: task.what });
  await serve(await deskDeps(), task, logger, context.awsRequestId);
  logger.info('answered');
};
