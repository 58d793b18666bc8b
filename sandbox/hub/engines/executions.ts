import type {
  DescribeExecutionCommandOutput,
  StartExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import { z } from 'zod';
import type { Call } from '../http/call';
import { Fault } from '../http/fault';
import { parse } from '../http/parse';
import { secondsAt, type Answer } from './answer';
import { machines, type Machine } from './library';
import { progress, type Execution } from './state';

const StartRequest = z.object({
  stateMachineArn: z.string(),
  name: z.string().regex(/^[\w-]{1,80}$/),
  input: z.string().default('{}'),
});
const DescribeRequest = z.object({ executionArn: z.string() });
const Input = z.record(z.string(), z.unknown());

const executionsOf = (call: Call): Map<string, Execution> => call.world.engines.executions.of(call);

function machineOf(call: Call, arn: string): Machine {
  const [, , service, region, account, kind, name = ''] = arn.split(':');
  const machine = machines[name];
  const here = service === 'states' && region === call.region && account === call.account;
  if (!here || kind !== 'stateMachine' || !machine) {
    throw new Fault('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  }
  return machine;
}

function inputOf(text: string): Record<string, unknown> {
  try {
    return Input.parse(JSON.parse(text));
  } catch {
    throw new Fault('InvalidExecutionInput', 'Invalid State Machine Execution Input');
  }
}

/** A name with the same input starts once while it runs; after its end, or with another input, it is taken. */
export function startExecution(call: Call): Answer<StartExecutionCommandOutput> {
  const request = parse(StartRequest, call.body, 'InvalidName');
  const { stateMachineArn: machineArn, name, input } = request;
  machineOf(call, machineArn);
  inputOf(input);
  const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const known = executionsOf(call).get(arn);
  if (known && (known.input !== input || progress(call.world, known) >= 1)) {
    throw new Fault('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  }
  const execution = known ?? { arn, machineArn, name, input, startedAt: secondsAt(call.world) };
  executionsOf(call).set(arn, execution);
  return { executionArn: arn, startDate: execution.startedAt };
}

export function describeExecution(call: Call): Answer<DescribeExecutionCommandOutput> {
  const { executionArn: arn } = parse(DescribeRequest, call.body, 'InvalidArn');
  const found = executionsOf(call).get(arn);
  if (!found) throw new Fault('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  const { machineArn, name, input, startedAt } = found;
  const given = inputOf(input);
  const ended = progress(call.world, found) >= 1;
  const fails = typeof given['fail'] === 'string' ? given['fail'] : '';
  return {
    executionArn: arn,
    stateMachineArn: machineArn,
    name,
    input,
    startDate: startedAt,
    status: ended ? (fails ? 'FAILED' : 'SUCCEEDED') : 'RUNNING',
    ...(ended && { stopDate: startedAt + call.world.engineSeconds }),
    ...(ended && fails && { error: 'Sandbox.Failed', cause: fails }),
    ...(ended && !fails && { output: JSON.stringify(machineOf(call, machineArn).output(given)) }),
  };
}
