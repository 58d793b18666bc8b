import { advance } from '../../src/app/advance';
import { reference } from '../../src/domain/chain';
import type { Step } from '../../src/domain/plan';
import { aWorldOfEngines, run, shut, through } from '../support/engine';
import { killer } from '../support/faults';
import { play } from '../support/play';

const ticket = reference(2, 'Ticket');
const chain: Step[] = [
  shut(),
  run({ name: 'a', seconds: 20, gives: { Ticket: 'T-1' } }),
  run({ name: `b for ${ticket}`, seconds: 7 }, { chained: true }),
];
const broken: Step[] = [...chain, run({ name: 'c', seconds: 7, fails: 'No such host.' })];

const road = (steps: readonly Step[]) => async (kill: ReturnType<typeof killer>) => {
  const world = await aWorldOfEngines(steps, {}, kill.wrap);
  world.engine.door.takes = [12, 12];
  const { remediation, steps: records } = await through(world, kill.revive);
  const { status } = remediation;
  return {
    state: status.state,
    because: 'because' in status && status.because,
    steps: records.map(({ index, status, before, after, output }) => [
      index,
      { status, before, after, output },
    ]),
    started: world.engine.started,
    moves: world.engine.door.moves,
    trail: await world.trail(),
    locks: world.held.held.locks.size,
  };
};

describe.each([
  ['a chain of slow steps', road(chain)],
  ['a chain that breaks', road(broken)],
])('%s', (_, end) => {
  it.each(['before', 'after'] as const)(
    'ends the same, each step begun once, when it is killed %s any call took effect (laws 1 and 4)',
    async (when) => {
      const never = killer(Number.POSITIVE_INFINITY, when);
      const whole = await end(never);

      expect(new Set(whole.started.map(({ name }) => name)).size).toBe(whole.started.length);
      for (let at = 0; at < never.calls(); at += 1)
        expect({ at, ...(await end(killer(at, when))) }).toEqual({ at, ...whole });
    },
  );
});

it('a task that comes twice, at once, begins each slow step once (law 4)', async () => {
  const { deps, ...world } = await aWorldOfEngines(chain);
  const { id } = await world.request();
  await play(deps, id);
  await world.vote(id);

  for (let looks = 0; looks < 20; looks += 1) {
    await Promise.allSettled(
      [1, 2].map(async () => advance(deps, await world.stored(id), () => 60_000)),
    );
    world.clock.pass(5000);
  }

  expect((await world.stored(id)).status.state).toBe('done');
  expect(world.engine.started.map(({ name }) => name)).toEqual(['a', 'b for T-1']);
  expect(world.engine.door.moves).toEqual(['shut']);
  expect((await world.trail()).filter((type) => type === 'step.applied')).toHaveLength(3);
});
