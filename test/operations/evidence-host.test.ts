import { awsError } from '../support/memory-aws';
import { collectHost } from '../../src/operations/evidence/collect-host';
import { aHost, refused, run } from './a-host';
import { host } from './samples/evidence';

describe('a host that is asked', () => {
  it('runs our document, and is given nothing besides: nothing secret can be in it (law 12)', async () => {
    const { apply, called } = aHost();

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
    const { apply, pending, sent } = aHost({ looks: 9 });
    await apply();

    expect(await pending()).toEqual({ running: 'InProgress' });
    await apply();

    expect(sent).toHaveLength(1);
  });

  it('whose answer was lost is found again by the run in its comment (law 4)', async () => {
    const { aws, apply, holds, sent } = aHost();
    aws.fail(4, { when: 'after', error: awsError('TimeoutError') });
    await expect(apply()).rejects.toThrow('TimeoutError');
    expect(aws.calls.at(-1)?.name).toBe('ssm:SendCommand');
    aws.heal();

    await apply();

    expect([sent.length, await holds()]).toEqual([1, true]);
  });

  it('twice, because the list was behind, is read by the first of the two', async () => {
    const { apply, sent, value, wait } = aHost({ lag: 1 });
    await apply();
    wait(2);
    await apply();
    expect(sent).toHaveLength(2);

    await apply();

    expect(value().command).toBe('command-1');
  });

  it('gives each section whole, and the other system’s by name only', async () => {
    const { apply, note, value, holds } = aHost({
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
    const { apply, note, value } = aHost({ sections: { logs } });
    await apply();
    await apply();

    expect(note()).toBe(said);
    expect(value().sections[0]?.cut).toBe(said !== '');
  });

  it('does not run longer than its deadline: it is stopped, and what it gave is kept', async () => {
    const { apply, cancelled, note, pending, value, wait } = aHost({ looks: 99 });
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
    const { apply, note, holds, wait } = aHost(
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
    const { apply, pending } = aHost(
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
    const { apply, note } = aHost({ ends });
    await apply();
    await apply();
    expect(note()).toBe(said);
  });

  it('to which the command never came gave nothing, and that is said', async () => {
    const { apply, note } = aHost(
      { ends: 'TimedOut' },
      { 'ssm:ListCommandInvocations': () => ({ CommandInvocations: [] }) },
    );
    await apply();
    await apply();
    expect(note()).toBe('Systems Manager says nothing of the host; the host gave no output');
  });

  it('whose output we may not read is kept as that', async () => {
    const { apply, note, holds } = aHost(
      {},
      { 'ssm:ListCommandInvocations': refused('AccessDeniedException') },
    );
    await apply();
    await apply();
    expect(note()).toMatch(/^the output could not be read: AccessDeniedException/);
    expect(await holds()).toBe(true);
  });

  it('of which one section cannot be read keeps the others', async () => {
    const { apply, note, value } = aHost(
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
