import {
  DescribeExecutionCommand,
  StartExecutionCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import {
  DescribeAutomationExecutionsCommand,
  GetAutomationExecutionCommand,
  StartAutomationExecutionCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { administrator, bench, member, region, type Bench } from './support/hub';

let world: Bench;

beforeEach(async () => {
  world = await bench();
});
afterEach(() => world.close());

const failure = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'none',
    (error: Error) => error.name,
  );

describe('an automation', () => {
  const ClientToken = '0a0b0c0d-0000-4000-8000-000000000000';
  const request = {
    DocumentName: 'Acme-CaptureMemory',
    Parameters: { InstanceId: ['i-1'] },
    ClientToken,
    Tags: [{ Key: 'DrawbridgeRun:rem-1/0', Value: 'x' }],
  };
  let client: SSMClient;
  const start = async (changes: object = {}): Promise<string> => {
    const command = new StartAutomationExecutionCommand({ ...request, ...changes });
    return (await client.send(command)).AutomationExecutionId ?? '';
  };
  const get = async (id: string) =>
    (await client.send(new GetAutomationExecutionCommand({ AutomationExecutionId: id })))
      .AutomationExecution;
  const withTag = async (key: string, from = client) => {
    const Filters = [{ Key: 'TagKey' as const, Values: [key] }];
    const { AutomationExecutionMetadataList = [] } = await from.send(
      new DescribeAutomationExecutionsCommand({ Filters }),
    );
    return AutomationExecutionMetadataList;
  };

  beforeEach(() => {
    client = world.ssm();
  });

  test('goes from Pending over its steps to Success, with the outputs of its document', async () => {
    const id = await start();
    const states = [await get(id)];
    for (const seconds of [1, 2, 1]) {
      world.clock.advance(seconds);
      states.push(await get(id));
    }

    expect(states.map((each) => each?.AutomationExecutionStatus)).toEqual([
      'Pending',
      'InProgress',
      'InProgress',
      'Success',
    ]);
    expect(states.map((each) => each?.CurrentStepName)).toEqual([
      'attachVolume',
      'attachVolume',
      'upload',
      undefined,
    ]);
    expect(states.map((each) => each?.Outputs?.['capture.Location'])).toEqual([
      undefined,
      undefined,
      undefined,
      ['s3://acme-forensics/i-1/memory.lime'],
    ]);
  });

  test('is found by the key of a tag, in its own account', async () => {
    const id = await start();

    expect(
      (await withTag('DrawbridgeRun:rem-1/0')).map((each) => each.AutomationExecutionId),
    ).toEqual([id]);
    expect(await withTag('DrawbridgeRun:rem-1/1')).toEqual([]);
    expect(await withTag('DrawbridgeRun:rem-1/0', world.ssm(administrator))).toEqual([]);
  });

  test('starts once per token; the token with another request is refused', async () => {
    const id = await start();

    expect(await start()).toBe(id);
    expect(await failure(start({ Parameters: { InstanceId: ['i-2'] } }))).toBe(
      'IdempotentParameterMismatch',
    );
    expect(await withTag('DrawbridgeRun:rem-1/0')).toHaveLength(1);
  });

  test('fails in the words of a parameter that no document of AWS has', async () => {
    const id = await start({ Parameters: { InstanceId: ['i-1'], SandboxFail: ['No', 'disk'] } });
    world.clock.advance(4);

    expect(await get(id)).toMatchObject({
      AutomationExecutionStatus: 'Failed',
      FailureMessage: 'No disk',
    });
    expect(await get(id)).not.toHaveProperty('Outputs');
  });

  test('needs a document that there is, and what the document needs', async () => {
    expect(await failure(start({ DocumentName: 'Nothing' }))).toBe(
      'AutomationDefinitionNotFoundException',
    );
    expect(await failure(start({ Parameters: {} }))).toBe(
      'InvalidAutomationExecutionParametersException',
    );
    expect(await failure(get('e-none'))).toBe('AutomationExecutionNotFoundException');
  });
});

describe('an execution', () => {
  const stateMachineArn = `arn:aws:states:${region}:${member}:stateMachine:isolate-host`;
  const executionArn = `arn:aws:states:${region}:${member}:execution:isolate-host:rem-1-0`;
  let client: SFNClient;
  const start = (changes: object = {}) =>
    client.send(
      new StartExecutionCommand({
        stateMachineArn,
        name: 'rem-1-0',
        input: '{"host":"i-1"}',
        ...changes,
      }),
    );
  const look = () => client.send(new DescribeExecutionCommand({ executionArn }));

  beforeEach(() => {
    client = world.states();
  });

  test('runs, and ends with the output of its machine', async () => {
    expect((await start()).executionArn).toBe(executionArn);
    expect((await look()).status).toBe('RUNNING');

    world.clock.advance(4);

    const { status, output = '' } = await look();
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output)).toMatchObject({ host: 'i-1', ticket: { id: 'NET-2041' } });
  });

  test('starts once per name: again while it runs, not with another input, not after its end', async () => {
    await start();

    expect((await start()).executionArn).toBe(executionArn);
    expect(await failure(start({ input: '{}' }))).toBe('ExecutionAlreadyExists');
    world.clock.advance(4);
    expect(await failure(start())).toBe('ExecutionAlreadyExists');
  });

  test('fails in the words of its input', async () => {
    await start({ input: '{"fail":"no such host"}' });
    world.clock.advance(4);

    expect(await look()).toMatchObject({ status: 'FAILED', cause: 'no such host' });
  });

  test('needs a machine that there is, in the caller’s account, and JSON', async () => {
    const elsewhere = stateMachineArn.replace(member, administrator);

    expect(await failure(start({ stateMachineArn: elsewhere }))).toBe('StateMachineDoesNotExist');
    expect(await failure(start({ stateMachineArn: `${stateMachineArn}-2` }))).toBe(
      'StateMachineDoesNotExist',
    );
    expect(await failure(start({ input: '{"half": ' }))).toBe('InvalidExecutionInput');
    expect(await failure(start({ name: 'a name' }))).toBe('InvalidName');
    expect(await failure(look())).toBe('ExecutionDoesNotExist');
  });
});
