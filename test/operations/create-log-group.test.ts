import {
  createLogGroup,
  describeLogGroup,
  type CreateLogGroup,
  type LogGroup,
} from '../../src/operations/logs/create-log-group';
import { MemoryAws } from '../support/memory-aws';
import { MemoryLogs } from '../support/memory-logs';

const run = 'rem-0000000000/0';
const name = '/drawbridge/flow-logs/vpc-1';
const input: CreateLogGroup = { name, retention: 365 };
const absent: LogGroup = { kind: 'absent' };
const group = (retention: number, empty: boolean): LogGroup => ({
  kind: 'group',
  retention,
  empty,
});

const read = (logs: MemoryLogs) => createLogGroup.read(new MemoryAws(logs.handlers), input, run);
const undo = async (logs: MemoryLogs, before: LogGroup) =>
  createLogGroup.undo(new MemoryAws(logs.handlers), input, before, await read(logs));

describe('a log group', () => {
  it('is itself, not one whose name begins the same', async () => {
    const logs = new MemoryLogs().group(`${name}-a`).group(name, { retention: 7 });
    logs.pageSize = 1;

    expect(await read(logs)).toEqual(group(7, true));
    expect(await read(new MemoryLogs().group(`${name}-a`))).toEqual(absent);
    const silent = new MemoryAws({ 'logs:DescribeLogGroups': () => ({}) });
    expect(await describeLogGroup(silent, name)).toBeUndefined();
  });

  it('is empty only without a stream, since stored bytes are told hours late', async () => {
    const late = { streams: ['eni-1'], storedBytes: 0 };

    expect(await read(new MemoryLogs().group(name, late))).toEqual(group(0, false));
    const silent = {
      ...new MemoryLogs().group(name).handlers,
      'logs:DescribeLogStreams': () => ({}),
    };
    expect(await createLogGroup.read(new MemoryAws(silent), input, run)).toEqual(group(0, true));
  });

  it('that is in use keeps its retention, and its events with it', async () => {
    const logs = new MemoryLogs().group(name, { streams: ['eni-1'] });
    const aws = new MemoryAws(logs.handlers);

    await createLogGroup.apply(aws, input, await read(logs), run);

    expect(aws.calls).toEqual([]);
    expect(createLogGroup.holds(await read(logs), input)).toBe(true);
  });

  it('does not hold as half a call leaves it: empty, and kept for ever', () => {
    const held = [group(0, true), group(0, false), group(7, true), absent];

    expect(held.map((now) => createLogGroup.holds(now, input))).toEqual([false, true, true, false]);
  });

  it('that somebody made at the same moment is taken for made', async () => {
    const logs = new MemoryLogs().group(name);

    await createLogGroup.apply(new MemoryAws(logs.handlers), input, absent, run);

    expect(await read(logs)).toEqual(group(365, true));
  });
});

describe('undo', () => {
  it('keeps a group that holds events, and counts as done (law 7)', async () => {
    const logs = new MemoryLogs().group(name, { retention: 365, streams: ['eni-1'] });
    const restored = async () => createLogGroup.restored(await read(logs), input, absent);

    await undo(logs, absent);

    expect(logs.groups.has(name)).toBe(true);
    expect(await restored()).toBe(true);
    logs.group(name, { retention: 365 });
    expect(await restored()).toBe(false);
    await undo(logs, absent);
    expect(logs.groups.has(name)).toBe(false);
    expect(await restored()).toBe(true);
  });

  it('never deletes a group that stood before', async () => {
    const logs = new MemoryLogs().group(name, { retention: 7 });

    await undo(logs, group(7, true));

    expect(await read(logs)).toEqual(group(7, true));
    expect(createLogGroup.restored(await read(logs), input, group(7, true))).toBe(true);
  });

  it('leaves a retention that somebody else set since', async () => {
    const logs = new MemoryLogs().group(name, { retention: 30 });

    await undo(logs, group(0, true));

    expect(await read(logs)).toEqual(group(30, true));
    expect(createLogGroup.restored(await read(logs), input, group(0, true))).toBe(true);
    expect(createLogGroup.restored(group(365, true), input, group(0, true))).toBe(false);
  });

  it('takes a group that is gone already for done', async () => {
    const aws = new MemoryAws(new MemoryLogs().handlers);

    await createLogGroup.undo(aws, input, absent, group(365, true));

    expect(aws.calls).toHaveLength(1);
    expect(createLogGroup.restored(absent, input, group(7, false))).toBe(true);
  });
});

describe('drift', () => {
  it.each<[LogGroup, LogGroup, string[]]>([
    [group(365, true), group(365, true), []],
    [group(365, false), group(365, false), []],
    [group(365, true), absent, ['deleted since: the log group']],
    [absent, absent, []],
    [group(365, true), group(0, true), ['retention changed since: 365 days → for ever']],
    [group(0, true), group(30, true), ['retention changed since: for ever → 30 days']],
    [group(365, true), group(365, false), ['the log group holds events by now, so it stays']],
    [absent, group(365, false), ['the log group holds events by now, so it stays']],
  ])('from %j to %j', (after, now, words) => {
    expect(createLogGroup.drift(after, now)).toEqual(words);
  });
});
