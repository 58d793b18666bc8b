import type { Context } from 'aws-lambda';
import { logger } from '../src/compose';
import { gateDeps } from '../src/compose/gate';
import { callGate, GateCall } from '../src/slack/gate/calls';

/** The workflow, a schedule or uploads → one step of the data gate. What it returns is what the workflow chooses by. */
export const handler = async (event: unknown, context: Context) => {
  const call = GateCall.parse(event);
  logger.appendKeys({
    task: 'task' in call ? call.task : 'uploads',
    run: 'run' in call ? call.run : undefined,
  });
  const deps = await gateDeps(() => context.getRemainingTimeInMillis());
  const answer = await callGate(deps, call, logger, context.awsRequestId);
  logger.info('task ended', { ...answer });
  return answer;
};
