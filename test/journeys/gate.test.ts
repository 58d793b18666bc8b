import { fillRaw, lake } from '../../sandbox/estate';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
import { bucketOf, decideAll, keysIn, lying, runGate, threadOf, untilRun } from './gate-road';
import { openWorld, security } from './road';

jest.setTimeout(240_000);

const keysOf = (...kinds: string[]) =>
  lake
    .filter(({ is }) => kinds.includes(is))
    .map(({ key }) => key)
    .sort();

/** Files of all kinds through the gate, decided by people. */
describe('the data gate', () => {
  let world: World;
  let run: string;

  beforeAll(async () => {
    world = await openWorld(false);
    await fillRaw(asAccount(world.urls.edge, security), bucketOf(world, 'Raw'));
  }, 180_000);

  afterAll(() => world?.close(), 30_000);

  it('releases what is proven clean, and holds all else', async () => {
    run = await runGate(world);
    await untilRun(world, run, 'held objects wait for people');

    expect(await keysIn(world, 'Raw')).toEqual([]);
    expect(await keysIn(world, 'Stage')).toEqual([]);
    expect(await keysIn(world, 'Released')).toEqual(keysOf('clean'));
    expect(await keysIn(world, 'Review')).toEqual(keysOf('sensitive', 'unproven'));
  });

  it('lets in what people approve, marked', async () => {
    await decideAll(world, 'U0ALEX', run, 'approve');
    await untilRun(world, run, 'over');

    expect(await keysIn(world, 'Review')).toEqual([]);
    const released = await lying(world, 'Released');
    expect(released.map(({ key }) => key).sort()).toEqual(lake.map(({ key }) => key).sort());
    console.log(await threadOf(world, run));
  });
});
