import { ssmCallers } from '../../../src/aws/calls/ssm';
import { statesCallers } from '../../../src/aws/calls/states';
import type { Json } from '../../../src/domain/canonical';
import type { Aws, AwsCall } from '../../../src/operations/aws';
import type { Callers } from '../../../src/aws/calls/callers';
import type { Irreversible } from '../../../src/operations/operation';
import { runAutomation } from '../../../src/operations/ssm/run-automation';
import { runExecution } from '../../../src/operations/states/run-execution';
import { bench, member, region, type Bench } from './support/hub';

const run = 'rem-0000000000/0';

/** Our operations with the real clients, against the services as the sandbox has them. */
describe('an operation that runs an engine', () => {
  let world: Bench;
  let aws: Aws;

  beforeEach(async () => {
    world = await bench();
    const config = {
      endpoint: world.hub.url,
      region,
      credentials: { accessKeyId: member, secretAccessKey: 'none', sessionToken: 'none' },
      maxAttempts: 1,
    };
    const callers: Partial<Callers<AwsCall>> = { ...ssmCallers(config), ...statesCallers(config) };
    aws = { call: (name, input) => callers[name]!(input) };
  });
  afterEach(() => world.close());

  const through = async <I extends Json, S extends Json>(
    operation: Irreversible<I, S>,
    input: I,
  ): Promise<S[]> => {
    const look = () => operation.read(aws, input, run);
    const states = [await look()];
    for (let tries = 0; tries < 2; tries += 1) await operation.apply(aws, input, states[0]!, run);
    states.push(await look());
    world.clock.advance(4);
    states.push(await look());
    return states;
  };

  test('starts one automation, finds it again, waits and reads its outputs', async () => {
    const states = await through(runAutomation, {
      document: 'Acme-CaptureMemory',
      parameters: { InstanceId: ['i-1'] },
      timeoutSeconds: 600,
    });

    expect(states.map(({ status }) => status)).toEqual(['none', 'Pending', 'Success']);
    expect(states[2]?.outputs['capture.Location']).toBe('s3://acme-forensics/i-1/memory.lime');
  });

  test('starts one execution, finds it again, waits and reads its output', async () => {
    const states = await through(runExecution, {
      stateMachineArn: `arn:aws:states:${region}:${member}:stateMachine:isolate-host`,
      input: { host: 'i-1' },
      timeoutSeconds: 600,
    });

    expect(states.map(({ status }) => status)).toEqual(['none', 'RUNNING', 'SUCCEEDED']);
    expect(states[2]?.output['ticket.id']).toBe('NET-2041');
  });
});
