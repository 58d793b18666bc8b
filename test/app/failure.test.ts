import { advance } from '../../src/app/advance';
import { Told } from '../../src/domain/errors';
import { awsError } from '../support/memory-aws';
import { aWorldOfDoors, statesOf, type WorldOfDoors } from '../support/house';
import { play } from '../support/play';

const denied = () => awsError('UnauthorizedOperation');
const throttled = () => awsError('ThrottlingException');
const times = (count: number, make: () => Error) => Array.from({ length: count }, make);

const through = async (world: WorldOfDoors) => {
  const { id } = await world.request();
  const passed = await play(world.deps, id, 'remediate', {
    people: async () => void (await world.vote(id)),
  });
  const { status } = await world.stored(id);
  return { id, passed, status, steps: statesOf(await world.held.steps(id)) };
};

describe('a failed step', () => {
  it('rolls the finished steps back, last first (law 8)', async () => {
    const world = await aWorldOfDoors({ a: {}, b: {}, c: {}, d: {} });
    world.fail('apply', 'c', denied());

    const { status, steps } = await through(world);

    expect(status).toMatchObject({
      state: 'rolled back',
      because: 'UnauthorizedOperation: UnauthorizedOperation from AWS',
    });
    expect(world.changes()).toEqual(['apply a', 'apply b', 'undo b', 'undo a']);
    expect([...world.doors.values()]).toEqual(['open', 'open', 'open', 'open']);
    expect(steps).toEqual(['undone', 'undone', 'undone']);
    expect(world.source.written).toEqual([]);
  });

  it('holds where the playbook says so: containment never reverts by itself (law 8)', async () => {
    const world = await aWorldOfDoors({ a: { phase: 'contain' }, b: { phase: 'contain' } }, 'hold');
    world.fail('apply', 'b', denied());

    const { status, steps } = await through(world);

    expect(status).toMatchObject({ state: 'held', because: expect.stringContaining('Unauth') });
    expect(steps).toEqual(['applied', 'failed']);
    expect(world.doors.get('a')).toBe('shut');
    expect(world.held.held.locks.size).toBe(0);
  });

  it('holds when its playbook is not in the list any more (law 10)', async () => {
    const world = await aWorldOfDoors({ a: {}, b: {} });
    const { id } = await world.request();
    await play(world.deps, id);
    await world.vote(id);
    world.fail('apply', 'b', denied());
    const { playbooks } = world.deps;
    // It was there when the run began, and is gone when the step fails.
    const deps = { ...world.deps, playbooks: [...playbooks] };
    world.operation.describe = () => {
      deps.playbooks.length = 0;
      return 'Set';
    };

    await advance(deps, await world.stored(id), () => 60_000);

    expect((await world.stored(id)).status.state).toBe('held');
  });

  it.each([{ phase: 'evidence' as const }, { optional: true }])(
    'is told and passed over when it is %j (law 8)',
    async (kind) => {
      const world = await aWorldOfDoors({ a: kind, b: { phase: 'contain' } }, 'hold');
      world.fail('apply', 'a', denied());

      const { status, steps } = await through(world);

      expect(status.state).toBe('done');
      expect(steps).toEqual(['failed', 'applied']);
      expect(await world.trail()).toEqual(expect.arrayContaining(['step.failed', 'step.applied']));
    },
  );

  it('is not tried again when the run goes on from the stored state', async () => {
    const world = await aWorldOfDoors({ a: { optional: true }, b: {} });
    world.fail('apply', 'a', denied());
    world.fail('apply', 'b', throttled());

    await through(world);

    expect(world.changes()).toEqual(['apply b']);
  });

  it('leaves evidence where it is when others are rolled back (law 8)', async () => {
    const world = await aWorldOfDoors({ a: { phase: 'evidence' }, b: {}, c: {} });
    world.fail('apply', 'c', denied());

    const { steps } = await through(world);

    expect(steps).toEqual(['applied', 'undone', 'undone']);
    expect([...world.doors.values()]).toEqual(['shut', 'open', 'open']);
  });

  it('was changed by nobody when it stood as wanted: it is skipped and never undone', async () => {
    const world = await aWorldOfDoors({ a: {}, b: {} });
    world.doors.set('a', 'shut');
    world.fail('apply', 'b', denied());

    const { steps } = await through(world);

    expect(steps).toEqual(['skipped', 'undone']);
    expect(world.doors.get('a')).toBe('shut');
  });
});

describe('a step that meets throttling', () => {
  it('waits and is tried again, five times in all', async () => {
    const world = await aWorldOfDoors({ a: {} });
    world.fail('apply', 'a', ...times(4, throttled));

    const { status, passed } = await through(world);

    expect(status.state).toBe('done');
    expect(passed.filter((state) => state === 'Wait')).toHaveLength(4);
  });

  it('fails after that, and its way back has tries of its own', async () => {
    const world = await aWorldOfDoors({ a: {}, b: {} });
    world.fail('apply', 'b', ...times(5, throttled));
    world.fail('undo', 'a', ...times(4, throttled));

    const { status } = await through(world);

    expect(status.state).toBe('rolled back');
    expect(world.doors.get('a')).toBe('open');
  });

  it('fails half done, and the same step has tries of its own on the way back', async () => {
    const world = await aWorldOfDoors({ a: {} });
    world.operation.apply = async () => {
      world.doors.set('a', 'ajar');
      throw throttled();
    };
    world.fail('undo', 'a', ...times(4, throttled));

    const { status } = await through(world);

    expect(status.state).toBe('rolled back');
    expect(world.doors.get('a')).toBe('open');
  });

  it('is skipped, not undone, when somebody else made the change meanwhile', async () => {
    const world = await aWorldOfDoors({ a: {} });
    const { id } = await world.request();
    await play(world.deps, id);
    await world.vote(id);
    world.fail('read', 'a', throttled());
    await advance(world.deps, await world.stored(id), () => 60_000);
    world.doors.set('a', 'shut');

    await advance(world.deps, await world.stored(id), () => 60_000);

    expect(statesOf(await world.held.steps(id))).toEqual(['skipped']);
  });

  it.each([
    ['a fault of the service', awsError('Boom', { $fault: 'server' }), 'done'],
    ['a lost connection', new Error('socket hang up'), 'done'],
    ['a fault of ours', awsError('Boom', { $fault: 'client' }), 'rolled back'],
    ['words for people', new Told('Account 1 gave no session.'), 'rolled back'],
  ])('knows %s', async (_, error, state) => {
    const world = await aWorldOfDoors({ a: {} });
    world.fail('apply', 'a', error);

    const { status } = await through(world);

    expect(status.state).toBe(state);
    if ('because' in status && error instanceof Told) expect(status.because).toBe(error.message);
  });

  it('never takes what is no error for a yes (law 10)', async () => {
    const world = await aWorldOfDoors({ a: {} });
    const refused: unknown = 'no';
    world.operation.apply = () => Promise.reject(refused);

    const { status } = await through(world);

    expect(status).toMatchObject({ state: 'rolled back', because: 'unknown failure' });
  });
});
