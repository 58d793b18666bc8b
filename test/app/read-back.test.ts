import fc from 'fast-check';
import { awsError } from '../support/memory-aws';
import { aWorldOfDoors, statesOf, type WorldOfDoors } from '../support/house';
import { play } from '../support/play';
import { aWorld, remediate, sshOpen } from '../support/world';

const denied = () => awsError('UnauthorizedOperation');

const through = async (world: WorldOfDoors) => {
  const { id } = await world.request();
  const passed = await play(world.deps, id, 'remediate', {
    people: async () => void (await world.vote(id)),
  });
  const { status } = await world.stored(id);
  return { id, passed, status, steps: statesOf(await world.held.steps(id)) };
};

describe('a read-back', () => {
  it('that lags behind the change is read again, not rolled back', async () => {
    const world = await aWorld();
    world.ec2.lag = 1;

    const end = await remediate(world);

    expect(end.status.state).toBe('done');
  });

  it('that never shows the change is a failure, and nothing is resolved (law 6)', async () => {
    const world = await aWorldOfDoors({ a: {} });
    world.operation.apply = async () => {};

    const { status } = await through(world);

    expect(status).toMatchObject({
      state: 'rolled back',
      because: 'Read back, the change is not there.',
    });
    expect(world.source.written).toEqual([]);
  });

  it('that never shows the old state holds, with words', async () => {
    const world = await aWorldOfDoors({ a: {}, b: {} });
    world.fail('apply', 'b', denied());
    world.operation.undo = async () => {};

    const { status } = await through(world);

    expect(status).toMatchObject({
      state: 'held',
      because: 'Step 1 could not be taken back: Read back, the old state is not there.',
    });
  });
});

it('a failed rollback is held with words, and can be taken up again by an undo (law 8)', async () => {
  const world = await aWorldOfDoors({ a: {}, b: {} });
  world.fail('apply', 'b', denied());
  world.fail('undo', 'a', denied());
  const { id, status } = await through(world);

  await world.undo(id);
  await play(world.deps, id, 'undo');

  expect(status).toMatchObject({
    state: 'held',
    because: expect.stringMatching(/^Step 1 could not be taken back: Unauthorized/),
  });
  expect((await world.stored(id)).status.state).toBe('undone');
  expect([...world.doors.values()]).toEqual(['open', 'open']);
});

it('whatever one call to AWS does, the end is done or as before, never between (laws 6 and 8)', async () => {
  const fault = fc.record({
    when: fc.constantFrom('before' as const, 'after' as const),
    code: fc.constantFrom('ThrottlingException', 'UnauthorizedOperation', 'InternalError'),
  });
  await fc.assert(
    fc.asyncProperty(fc.nat(20), fault, async (at, { when, code }) => {
      const world = await aWorld();
      world.ec2.fail(at, { when, error: awsError(code) });

      const { status } = await remediate(world);

      const told = world.source.written.map(({ workflow }) => workflow);
      const ports = world.rules().map(({ FromPort, ToPort }) => [FromPort, ToPort]);
      if (status.state === 'done') {
        expect(ports).toEqual([
          [20, 21],
          [23, 25],
        ]);
        expect(told).toEqual(['RESOLVED']);
      } else {
        expect({ state: status.state, ports, told }).toEqual({
          state: expect.stringMatching(/^(rolled back|held)$/),
          ports: [[sshOpen.FromPort, sshOpen.ToPort]],
          told: [],
        });
      }
    }),
    { numRuns: 1000 },
  );
});
