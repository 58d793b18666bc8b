import type { Json } from '../../src/domain/canonical';
import { callWebhook } from '../../src/operations/https/call-webhook';
import type { Irreversible } from '../../src/operations/operation';
import { runAutomation } from '../../src/operations/ssm/run-automation';
import { flat } from '../../src/operations/states/flat';
import { runExecution } from '../../src/operations/states/run-execution';
import { MemoryAws, type Handlers } from '../support/memory-aws';
import { memoryAutomation, memoryExecutions, memoryTool } from '../support/memory-engines';
import { automation, machine, tool } from './samples/engines';

const run = 'rem-0000000000/0';

const begun = async <I extends Json, S extends Json>(
  operation: Irreversible<I, S>,
  input: I,
  { handlers }: { handlers: Handlers },
) => {
  const aws = new MemoryAws(handlers);
  const look = () => operation.read(aws, input, run);
  const again = async () => operation.apply(aws, input, await look(), run);
  await again();
  return { aws, look, again };
};

describe('an automation', () => {
  it('is waited for, and says where it stands', async () => {
    const { look } = await begun(runAutomation, automation, memoryAutomation({ looks: 1 }));

    const state = await look();

    expect(runAutomation.holds(state, automation)).toBe(false);
    expect(runAutomation.pending?.(state, automation)).toEqual({
      running: 'InProgress, at restart',
    });
  });

  it('gives its outputs, lists as one text', async () => {
    const output = { 'restart.State': ['running'], Hosts: ['a', 'b'] };
    const { look } = await begun(runAutomation, automation, memoryAutomation({ output }));

    expect(runAutomation.output?.(await look())).toEqual({
      'restart.State': 'running',
      Hosts: 'a, b',
    });
  });

  it.each([
    ['Failed' as const, 'No such instance', 'The automation ended as Failed: No such instance'],
    ['TimedOut' as const, '', 'The automation ended as TimedOut'],
  ])('that ends as %s fails in its words, and is not started again', async (ends, words, said) => {
    const world = memoryAutomation({ ends, words });
    const { look, again } = await begun(runAutomation, automation, world);

    await again();

    expect(runAutomation.pending?.(await look(), automation)).toEqual({ failed: said });
    expect(world.started.size).toBe(1);
  });

  it('in a status that nobody knows is waited for, not taken for an end (law 10)', () => {
    const state = { status: 'Dancing', id: 'e-1', step: '', failure: '', outputs: {} };

    expect(runAutomation.holds(state, automation)).toBe(false);
    expect(runAutomation.pending?.(state, automation)).toEqual({ running: 'Dancing' });
  });

  it('that the list does not show yet is not started twice: its token is that of the run', async () => {
    const world = memoryAutomation({}, { lag: 3 });
    const { look, again } = await begun(runAutomation, automation, world);
    expect((await look()).status).toBe('none');

    await again();

    expect(world.started.size).toBe(1);
    expect(runAutomation.pending?.(await look(), automation)).toBeUndefined();
  });

  it('whose token is taken counts as started', async () => {
    const world = memoryAutomation({}, { lag: 9 });
    const { aws } = await begun(runAutomation, automation, world);
    const other = { ...automation, version: '2' };

    await runAutomation.apply(aws, other, await runAutomation.read(aws, other, run), run);

    expect(world.started.size).toBe(1);
  });
});

describe('an execution', () => {
  it('is waited for, and gives its output by dotted names', async () => {
    const output = '{"ticket":{"id":7,"open":true},"hosts":["a"],"none":null}';
    const { look } = await begun(runExecution, machine, memoryExecutions({ looks: 1, output }));

    const states = [await look(), await look()];

    expect(states.map((state) => runExecution.pending?.(state, machine))[0]).toEqual({
      running: 'RUNNING',
    });
    expect(runExecution.output?.(states[1]!)).toEqual({
      'ticket.id': '7',
      'ticket.open': 'true',
      hosts: '["a"]',
      none: 'null',
    });
  });

  it.each([
    ['FAILED' as const, 'no host', 'The execution ended as FAILED: Oops: no host'],
    ['ABORTED' as const, '', 'The execution ended as ABORTED'],
  ])('that ends as %s fails in its words, and is not started again', async (ends, words, said) => {
    const world = memoryExecutions({ ends, words });
    const { look, again } = await begun(runExecution, machine, world);

    await again();

    expect(runExecution.pending?.(await look(), machine)).toEqual({ failed: said });
    expect(world.started.size).toBe(1);
  });

  it('is named by its run, so that a second start is none, also when it is over', async () => {
    const world = memoryExecutions();
    const { aws, look } = await begun(runExecution, machine, world);
    await look();
    const none = { status: 'none', failure: '', output: {} };

    await runExecution.apply(aws, machine, none, run);

    expect([...world.started.keys()]).toEqual([
      `${machine.stateMachineArn.replace(':stateMachine:', ':execution:')}:rem-0000000000-0`,
    ]);
  });
});

describe('a tool', () => {
  it('is waited for, in its own words', async () => {
    const { look } = await begun(callWebhook, tool, memoryTool({ looks: 1, words: '2 of 3' }));

    expect(callWebhook.pending?.(await look(), tool)).toEqual({ running: '2 of 3' });
  });

  it.each([
    ['No such host', 'The tool failed: No such host'],
    ['', 'The tool failed: no reason given'],
  ])('that fails with “%s” fails so, and is not called again', async (words, said) => {
    const world = memoryTool({ ends: 'failed', words });
    const { look, again } = await begun(callWebhook, tool, world);

    await again();

    expect(callWebhook.pending?.(await look(), tool)).toEqual({ failed: said });
    expect(world.started.size).toBe(1);
  });

  it('is busy even if it says nothing', () => {
    expect(callWebhook.pending?.({ status: 'running', output: {}, message: '' }, tool)).toEqual({
      running: 'running',
    });
  });
});

it.each([
  [{ a: { b: 1, c: { d: 'x' } } }, { 'a.b': '1', 'a.c.d': 'x' }],
  [[1, 2], { output: '[1,2]' }],
  ['text', { output: 'text' }],
  [{ a: undefined }, {}],
])('%j as texts is %j', (value, texts) => {
  expect(flat(value)).toEqual(texts);
});
