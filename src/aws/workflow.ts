import { SendTaskSuccessCommand, StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import type { Workflow } from '../app/ports';

/** Step Functions as a workflow that can be started and woken twice without harm. */
export const workflowOn = (sfn: SFNClient, stateMachineArn: string): Workflow => ({
  start: (name, input) =>
    unless(
      ['ExecutionAlreadyExists'],
      sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) })),
    ),
  // The workflow reads the decision from the table, so the output says nothing.
  resume: (taskToken) =>
    unless(
      ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'],
      sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{}' })),
    ),
});

const unless = async (harmless: readonly string[], call: Promise<unknown>): Promise<void> => {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error && harmless.includes(error.name))) throw error;
  }
};
