import { killer } from '../support/faults';
import { anIsolation, type Isolation } from '../support/isolated-world';
import { stateOf } from '../support/server-state';

/** What must be the same, however often the process died on the way. */
const endOf = async (world: Isolation) => {
  const [id] = world.ids();
  const steps = await world.held.steps(id!);
  return {
    status: (await world.stored(id!)).status.state,
    estate: stateOf(world.host),
    rules: world.host.network.groups.map(({ name, rules }) => [name, rules.length]),
    steps: steps.map(({ index, status, before }) => ({ index, status, before })),
    trail: (await world.trailOf(id!)).map(({ type }) => type),
    locks: [...world.held.held.locks],
    due: [...world.held.held.due.keys()],
  };
};

const contained = async (kill: ReturnType<typeof killer>) => {
  const world = await anIsolation({}, kill.wrap);
  await world.through({ begin: kill.revive });
  return endOf(world);
};

const released = async (kill: ReturnType<typeof killer>) => {
  const calm = killer(Number.POSITIVE_INFINITY, 'before');
  let wrapped = calm;
  const world = await anIsolation(
    {},
    (target) =>
      new Proxy(target, {
        get: (of, name) => Reflect.get(wrapped.wrap(of), name) as unknown,
      }),
  );
  const { id } = await world.through({ begin: calm.revive });
  wrapped = kill;
  await world.release(id, { begin: kill.revive });
  return endOf(world);
};

it.each([
  ['an isolation', contained, 'done'],
  ['a release', released, 'undone'],
] as const)(
  '%s ends the same, with the first saved state, wherever it is killed (laws 1, 4 and 7)',
  async (_, road, state) => {
    const never = killer(Number.POSITIVE_INFINITY, 'before');
    const whole = await road(never);
    expect(whole.status).toBe(state);

    // After one call is before the next.
    expect(await road(killer(0, 'before'))).toEqual(whole);
    for (let at = 0; at < never.calls(); at += 1)
      expect({ at, ...(await road(killer(at, 'after'))) }).toEqual({ at, ...whole });
  },
  60_000,
);
