import { endSessions as step } from '../../src/operations/ssm/end-sessions';
import { refusing } from '../support/failing-aws';
import { MemoryAws } from '../support/memory-aws';
import { memorySessions, type MemorySession } from '../support/memory-sessions';
import { session, sessions as input } from './samples/credentials';

const run = 'rem-0000000000/0';
const world = (all: MemorySession[], options: { lag?: number; pageSize?: number } = {}) => {
  const aws = new MemoryAws(memorySessions(all, options));
  const read = () => step.read(aws, input, run);
  return { all, aws, read, apply: async () => step.apply(aws, input, await read(), run) };
};
const three = () => ['a', 'b', 'c'].map((id) => session({ id }));
const ended = (all: readonly MemorySession[]) =>
  all.filter(({ status }) => status === 'Terminated').map(({ id }) => id);

describe('ending the live sessions of an instance', () => {
  it('ends each of them, over all pages, and none of another instance', async () => {
    const { all, apply } = world([...three(), session({ id: 'd', target: 'i-other' })], {
      pageSize: 1,
    });

    await apply();

    expect(ended(all)).toEqual(['a', 'b', 'c']);
  });

  it('ends also one that its user has only left: it could be taken up again', async () => {
    const { all, apply } = world([session({ status: 'Disconnected' })]);

    await apply();

    expect(ended(all)).toHaveLength(1);
  });

  it('ends the others where one is refused, and says that it was', async () => {
    const { all, aws, read } = world(three());
    const denied = refusing(aws, (_, asked) => 'SessionId' in asked && asked.SessionId === 'a');

    await expect(step.apply(denied, input, await read(), run)).rejects.toThrow(
      'UnauthorizedOperation',
    );

    expect(ended(all)).toEqual(['b', 'c']);
  });

  it('is waited for while Session Manager is at it, and not asked for again', async () => {
    const { aws, apply, read } = world([session()], { lag: 2 });
    await apply();
    await apply();
    const [busy, done] = [await read(), await read()];

    expect(aws.calls.filter(({ name }) => /:Terminate/.test(name))).toHaveLength(1);
    expect(step.holds(busy, input)).toBe(false);
    expect(step.pending?.(busy, input)).toEqual({
      running: 'Session Manager is ending the sessions',
    });
    expect(step.holds(done, input)).toBe(true);
    expect(step.pending?.(done, input)).toBeUndefined();
  });

  it('takes a session that is gone for ended', async () => {
    const { all, aws, read } = world([session()]);
    const now = await read();
    all.length = 0;

    await step.apply(aws, input, now, run);

    expect(step.holds(await read(), input)).toBe(true);
  });

  it('knows nothing of a session in words that it does not know but that it lives (law 10)', async () => {
    const told = [{ SessionId: 'a', Status: 'Dancing' as never }, {}];
    const aws = new MemoryAws({ 'ssm:DescribeSessions': () => ({ Sessions: told }) });
    const none = new MemoryAws({ 'ssm:DescribeSessions': () => ({}) });

    expect(await step.read(aws, input, run)).toEqual([
      { id: '', owner: 'unknown', ending: false },
      { id: 'a', owner: 'unknown', ending: false },
    ]);
    expect(await step.read(none, input, run)).toEqual([]);
  });

  it('tells who opened one since', () => {
    const now = [{ id: 'b', owner: 'mallory', ending: false }];

    expect(step.drift([], now)).toEqual(['opened since: session b of mallory']);
    expect(step.drift(now, now)).toEqual([]);
  });
});
