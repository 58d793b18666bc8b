import { captureMemory } from '../../src/operations/evidence/capture-memory';
import { collectHost } from '../../src/operations/evidence/collect-host';
import type { Section } from '../../src/operations/evidence/host-sections';
import { awsError, MemoryAws, type Handlers } from '../support/memory-aws';
import { memoryCommands, type Commands } from '../support/memory-commands';
import { memoryEvidence } from '../support/memory-evidence';
import { host } from './samples/evidence';

const run = 'rem-0000000000/2';
const refused = (code: string) => (): never => {
  throw awsError(code, { $fault: 'client' });
};

const world = (given: Commands = {}, more: Handlers = {}, operation = collectHost) => {
  const evidence = memoryEvidence();
  const now = () => evidence.handlers['clock:GetTime']!({}).at;
  const commands = memoryCommands({ now, ...given });
  const aws = new MemoryAws(more, commands.handlers, evidence.handlers);
  const read = () => operation.read(aws, host, run);
  const apply = async () => operation.apply(aws, host, await read(), run);
  const value = () =>
    JSON.parse(evidence.text(evidence.names()[0] ?? '')) as {
      command: string;
      sections: Section[];
      skipped: string[];
    };
  return {
    ...evidence,
    ...commands,
    aws,
    read,
    apply,
    value,
    note: () => evidence.artefact(evidence.names()[0] ?? '')?.note,
    pending: async () => operation.pending?.(await read(), host),
    holds: async () => operation.holds(await read(), host),
    called: (name: string) => aws.calls.filter((each) => each.name === name),
  };
};

describe('a host that is asked', () => {
  it('runs our document, and is given nothing besides: nothing secret can be in it (law 12)', async () => {
    const { apply, called } = world();

    await apply();

    expect(called('ssm:SendCommand').map(({ input }) => input)).toEqual([
      {
        DocumentName: 'Drawbridge-Collect',
        InstanceIds: ['i-1'],
        Comment: `Drawbridge ${run}`,
        TimeoutSeconds: 60,
      },
    ]);
  });

  it('is waited for, and not asked twice', async () => {
    const { apply, pending, sent } = world({ looks: 9 });
    await apply();

    expect(await pending()).toEqual({ running: 'InProgress' });
    await apply();

    expect(sent).toHaveLength(1);
  });

  it('whose answer was lost is found again by the run in its comment (law 4)', async () => {
    const { aws, apply, holds, sent } = world();
    aws.fail(4, { when: 'after', error: awsError('TimeoutError') });
    await expect(apply()).rejects.toThrow('TimeoutError');
    expect(aws.calls.at(-1)?.name).toBe('ssm:SendCommand');
    aws.heal();

    await apply();

    expect([sent.length, await holds()]).toEqual([1, true]);
  });

  it('twice, because the list was behind, is read by the first of the two', async () => {
    const { apply, sent, value, wait } = world({ lag: 1 });
    await apply();
    wait(2);
    await apply();
    expect(sent).toHaveLength(2);

    await apply();

    expect(value().command).toBe('command-1');
  });

  it('gives each section whole, and the other system’s by name only', async () => {
    const { apply, note, value, holds } = world({
      sections: { system: 'Linux', sockets: 'tcp 4444' },
      skipped: ['windows-processes'],
    });
    await apply();
    await apply();

    expect(value()).toMatchObject({
      command: 'command-1',
      sections: [
        { name: 'system', status: 'Success', code: 0, output: 'Linux', cut: false },
        { name: 'sockets', output: 'tcp 4444', cut: false },
      ],
      skipped: ['windows-processes'],
    });
    expect([note(), await holds()]).toEqual(['', true]);
  });

  it.each([
    ['23,999 letters', 'a'.repeat(23_999), ''],
    ['24,000 letters', 'a'.repeat(24_000), 'cut at 24000 characters: logs'],
    ['50,000 letters', 'a'.repeat(50_000), 'cut at 24000 characters: logs'],
    ['AWS’s own mark', 'a\n---Output truncated---', 'cut at 24000 characters: logs'],
  ])('is said to be cut where SSM tells no more: %s', async (_, logs, said) => {
    const { apply, note, value } = world({ sections: { logs } });
    await apply();
    await apply();

    expect(note()).toBe(said);
    expect(value().sections[0]?.cut).toBe(said !== '');
  });

  it('does not run longer than its deadline: it is stopped, and what it gave is kept', async () => {
    const { apply, cancelled, note, pending, value, wait } = world({ looks: 99 });
    await apply();
    wait(host.deadlineSeconds - 1);
    expect(await pending()).toEqual({ running: 'InProgress' });
    wait(1);
    expect(await pending()).toBeUndefined();

    await apply();

    expect([...cancelled]).toEqual(['command-1']);
    expect(value().sections.map(({ output }) => output)).toEqual([
      'Linux 6.1',
      'tcp LISTEN 0.0.0.0:4444',
    ]);
    expect(note()).toBe(
      'stopped before its end (deadline: 300 seconds); not whole: system, sockets',
    );
  });

  it('that cannot be stopped is told of all the same', async () => {
    const { apply, note, holds, wait } = world(
      { looks: 99 },
      { 'ssm:CancelCommand': refused('AccessDeniedException') },
    );
    await apply();
    wait(host.deadlineSeconds);

    await apply();

    expect(note()).toMatch(/^stopped before its end/);
    expect(await holds()).toBe(true);
  });

  it('whose deadline nobody can tell has patience of its own', async () => {
    const { apply, pending } = world(
      { looks: 99 },
      { 'clock:GetTime': () => ({ at: 'not a time' }) },
    );
    await apply();
    expect(await pending()).toEqual({ running: 'InProgress' });
    expect(collectHost.patience?.(host)).toBe(900);
  });

  it.each([
    ['Failed', 'Systems Manager says Failed; not whole: system, sockets'],
    ['TimedOut', 'Systems Manager says TimedOut; not whole: system, sockets'],
  ] as const)('that ends as %s is kept with what it gave', async (ends, said) => {
    const { apply, note } = world({ ends });
    await apply();
    await apply();
    expect(note()).toBe(said);
  });

  it('to which the command never came gave nothing, and that is said', async () => {
    const { apply, note } = world(
      { ends: 'TimedOut' },
      { 'ssm:ListCommandInvocations': () => ({ CommandInvocations: [] }) },
    );
    await apply();
    await apply();
    expect(note()).toBe('Systems Manager says nothing of the host; the host gave no output');
  });

  it('whose output we may not read is kept as that', async () => {
    const { apply, note, holds } = world(
      {},
      { 'ssm:ListCommandInvocations': refused('AccessDeniedException') },
    );
    await apply();
    await apply();
    expect(note()).toMatch(/^the output could not be read: AccessDeniedException/);
    expect(await holds()).toBe(true);
  });

  it('of which one section cannot be read keeps the others', async () => {
    const { apply, note, value } = world(
      {},
      {
        'ssm:GetCommandInvocation': (input) =>
          input.PluginName === 'system'
            ? refused('InvocationDoesNotExist')()
            : { StandardOutputContent: 'x', StatusDetails: 'Success' },
      },
    );
    await apply();
    await apply();
    expect(note()).toMatch(/^could not be read: system \(InvocationDoesNotExist/);
    expect(value().sections.map(({ name }) => name)).toEqual(['sockets']);
  });
});

describe('a host that cannot be asked', () => {
  it.each([
    [{ ping: 'none' } as const, 'Systems Manager does not manage this host'],
    [
      { ping: 'ConnectionLost' } as const,
      'Systems Manager does not reach this host (ConnectionLost)',
    ],
  ])('is written down as that, and the step is done: %o', async (given, said) => {
    const { apply, called, holds, note, value } = world(given);

    await apply();

    expect([note(), await holds()]).toEqual([said, true]);
    expect(value().sections).toEqual([]);
    expect(called('ssm:SendCommand')).toEqual([]);
  });

  it.each(['InvalidInstanceId', 'InvalidDocument', 'AccessDeniedException'])(
    'because SSM says %s is written down as that',
    async (code) => {
      const { apply, holds, note } = world({}, { 'ssm:SendCommand': refused(code) });
      await apply();
      expect(note()).toBe(`the host could not be asked: ${code}: ${code} from AWS`);
      expect(await holds()).toBe(true);
    },
  );

  it('is asked all the same where we may not see whether it is managed', async () => {
    const denied = { 'ssm:DescribeInstanceInformation': refused('AccessDeniedException') };
    const { apply, sent } = world({}, denied);
    await apply();
    expect(sent).toHaveLength(1);
  });

  it('for a moment only is asked again by the next try', async () => {
    const busy = refused('ThrottlingException');
    const { apply, names } = world({}, { 'ssm:SendCommand': busy });
    await expect(apply()).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(names()).toEqual([]);
  });
});

describe('the memory of a host', () => {
  it('is captured by the account’s own document', async () => {
    const { apply, artefact, sent } = world({}, {}, captureMemory);
    await apply();
    await apply();
    expect(sent.map(({ document }) => document)).toEqual(['Drawbridge-Memory']);
    expect(artefact('memory.json')?.note).toBe('');
  });

  it('is not, where the account has none: nothing is built on the host', async () => {
    const { apply, holds, note } = world({ documents: [] }, {}, captureMemory);
    await apply();
    expect(note()).toMatch(/^the host could not be asked: InvalidDocument/);
    expect(await holds()).toBe(true);
  });
});
