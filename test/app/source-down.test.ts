import { housekeep } from '../../src/app/housekeep';
import { trySync } from '../../src/app/sync-source';
import { day } from '../support/builders';
import { accepted, idle, minute, tick, written } from '../support/exceptions';
import { around } from '../support/faults';
import type { World } from '../support/world';

describe('a source that cannot be told', () => {
  const broken = (world: World) =>
    around(world.source, () => Promise.reject(new Error('hub down')));

  it('is tried again by housekeeping, ever less often, and people hear of it once', async () => {
    const world = await accepted();
    const deps = { ...world.deps, ...idle, source: broken(world) };
    await trySync(deps, await world.record());
    const pauses: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      const [due] = world.held.held.due.values();
      pauses.push((Date.parse(due ?? '') - world.clock.now().getTime()) / minute);
      world.clock.pass(Date.parse(due ?? '') - world.clock.now().getTime());
      expect((await housekeep(deps)).failures).toMatchObject([{ message: 'hub down' }]);
    }

    expect(pauses).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
    expect((await world.trail()).filter((type) => type === 'finding.write-failed')).toHaveLength(1);
    world.clock.pass(60 * minute);
    await tick(world);
    expect(written(world)).toEqual(['SUPPRESSED']);
    expect([...world.held.held.due.values()]).toEqual([(await world.record()).exception?.until]);
  });

  it('does not keep an exception from ending', async () => {
    const world = await accepted();
    const deps = { ...world.deps, ...idle, source: broken(world) };
    await trySync(deps, await world.record());
    world.clock.pass(7 * day);

    await housekeep(deps);

    expect(await world.record()).toMatchObject({ finding: { workflow: 'notified' } });
  });
});
