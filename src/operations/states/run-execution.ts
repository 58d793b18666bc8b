import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import type { Json } from '../../domain/canonical';
import { kept } from '../../domain/chain';
import { isAwsError } from '../aws';
import type { Irreversible } from '../operation';
import { flat } from './flat';

/** A Standard state machine in the target's account, and its input. */
export type RunExecution = {
  readonly stateMachineArn: string;
  readonly input: { readonly [key: string]: Json };
  readonly timeoutSeconds: number;
};

/** The execution of this step; `none` before it was started. */
export type Execution = {
  /** AWS's word, such as `RUNNING`. */
  readonly status: string;
  readonly failure: string;
  readonly output: Readonly<Record<string, string>>;
};

const failures = ['FAILED', 'TIMED_OUT', 'ABORTED'];

export const runExecution: Irreversible<RunExecution, Execution> = {
  kind: 'states.run-execution',
  describe: ({ stateMachineArn }) => `Run the state machine ${nameOf(stateMachineArn)}`,
  async read(aws, { stateMachineArn }, run) {
    try {
      const executionArn = executionOf(stateMachineArn, run);
      return stateOf(await aws.call('states:DescribeExecution', { executionArn }));
    } catch (error) {
      if (isAwsError(error, 'ExecutionDoesNotExist'))
        return { status: 'none', failure: '', output: {} };
      throw error;
    }
  },
  holds: ({ status }) => status === 'SUCCEEDED',
  async apply(aws, { stateMachineArn, input }, now, run) {
    if (now.status !== 'none') return;
    try {
      await aws.call('states:StartExecution', {
        stateMachineArn,
        name: executionName(run),
        input: JSON.stringify(input),
      });
    } catch (error) {
      // A name starts once: it was started, and is over already.
      if (!isAwsError(error, 'ExecutionAlreadyExists')) throw error;
    }
  },
  pending({ status, failure }) {
    if (status === 'none') return undefined;
    if (failures.includes(status))
      return { failed: `The execution ended as ${status}${failure && `: ${failure}`}` };
    return { running: status };
  },
  patience: ({ timeoutSeconds }) => timeoutSeconds,
  output: ({ output }) => output,
  drift: () => [],
  irreversible: 'what a state machine changes is known to the state machine only.',
  permissions: { read: ['states:DescribeExecution'], apply: ['states:StartExecution'] },
};

const nameOf = (arn: string): string => arn.split(':').at(-1) ?? '';

const executionName = (run: string): string => run.replace(/[^\w-]/g, '-');

const executionOf = (arn: string, run: string): string =>
  `${arn.replace(':stateMachine:', ':execution:')}:${executionName(run)}`;

const stateOf = ({ status, error, cause, output }: DescribeExecutionOutput): Execution => ({
  status: status ?? 'unknown',
  failure: [error, cause].filter(Boolean).join(': ').slice(0, 400),
  output: kept(flat(output ? (JSON.parse(output) as Json) : {})),
});
