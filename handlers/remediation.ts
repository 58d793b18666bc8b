import type { Context } from 'aws-lambda';
import { logger, remediationDeps } from '../src/compose';
import { run, Task } from '../src/slack/tasks';

/** A task of the workflow → its use case. What it returns is what the workflow chooses by. */
export const handler = async (event: unknown, context: Context) => {
  const task = Task.parse(event);
  logger.appendKeys({ task: task.task, remediation: 'id' in task ? task.id : undefined });
  const next = await run(
    await remediationDeps(),
    task,
    () => context.getRemainingTimeInMillis(),
    logger,
    context.awsRequestId,
  );
  logger.info('task ended', { ...next });
  return next;
};
