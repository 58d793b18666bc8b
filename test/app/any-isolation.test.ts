import * as fc from 'fast-check';
import { around, killer } from '../support/faults';
import { MemoryAws } from '../support/memory-aws';
import { Network } from '../support/memory-interfaces';
import { rita } from '../support/people';
import { anyOptions, anyServer, pictureOf } from '../support/any-server';
import { anIsolation, type Isolation } from '../support/isolated-world';
import { stateOf } from '../support/server-state';

/** The groups of the interfaces that are ours to change. */
const groupsOf = ({ host: { network } }: Isolation): string[] =>
  network.interfaces
    .filter(({ RequesterManaged }) => !RequesterManaged)
    .flatMap(({ Groups = [] }) => Groups.map(({ GroupName = '' }) => GroupName));

const rulesOf = ({ host: { network } }: Isolation): number =>
  network.groups
    .filter(({ tags }) => tags['DrawbridgeGroup'] === 'quarantine')
    .reduce((sum, { rules }) => sum + rules.length, 0);

describe('any instance', () => {
  it('is contained, and its release brings back what stood, field by field (law 7)', async () => {
    await fc.assert(
      fc.asyncProperty(anyServer, anyOptions, async ({ served, ...server }, options) => {
        const world = await anIsolation(server);
        const before = await pictureOf(world.host);

        const { id, status } = await world.through({}, options);
        expect(new Set(groupsOf(world))).toEqual(new Set(['drawbridge-quarantine']));
        expect(rulesOf(world)).toBe(0);
        expect(stateOf(world.host).profile).toEqual([]);
        // An interface of a service stays in reach, and is not passed over in silence.
        expect(status).toMatchObject(
          served
            ? { state: 'held', because: expect.stringContaining('keeps its network') }
            : { state: 'done' },
        );

        expect((await world.release(id)).status.state).toBe('undone');
        expect(await pictureOf(world.host)).toEqual(before);
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it('whose isolation is killed at any step and run again ends contained, with the first saved state (laws 1 and 4)', async () => {
    const when = fc.constantFrom('before' as const, 'after' as const);
    await fc.assert(
      fc.asyncProperty(anyServer, fc.nat(400), when, async ({ served, ...server }, at, moment) => {
        const whole = await anIsolation(server);
        const before = await pictureOf(whole.host);
        const kill = killer(at, moment);
        const world = await anIsolation(server, kill.wrap);

        const { id } = await world.through({ begin: kill.revive });
        kill.revive();
        await whole.through();

        expect(await pictureOf(world.host)).toEqual(await pictureOf(whole.host));
        const saved = async (each: Isolation) =>
          (await each.held.steps(each.ids()[0]!)).map((step) => [step.index, step.before]);
        expect(await saved(world)).toEqual(await saved(whole));
        expect((await world.stored(id)).status.state).toBe(served ? 'held' : 'done');
        await world.release(id, { begin: kill.revive });
        expect(await pictureOf(world.host)).toEqual(before);
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it('and another in its VPC, isolated and released at once in any order of calls, both end right', async () => {
    const alone = { inGroup: false, behind: false, withRole: false, elastic: [] };
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), anyServer, async (scheduler, { served: _, ...one }) => {
        const network = new Network();
        const inAnyOrder = <T extends object>(target: T): T =>
          target instanceof MemoryAws
            ? around(target, async (name, run) => {
                await scheduler.schedule(Promise.resolve(), name);
                return run();
              })
            : target;
        const other = { ...alone, id: 'i-0e0f0a0b', eni: 'eni-9' };
        const both = [
          await anIsolation({ ...one, network }, inAnyOrder),
          await anIsolation({ ...other, network }, inAnyOrder),
        ];
        const before = groupsOf(both[0]!);

        const cases = await scheduler.waitFor(Promise.all(both.map((each) => each.through())));
        expect(new Set(groupsOf(both[0]!))).toEqual(new Set(['drawbridge-quarantine']));
        expect(network.groups.filter(({ name }) => /quarantine/.test(name))).toHaveLength(1);
        expect(rulesOf(both[0]!)).toBe(0);

        const ends = await scheduler.waitFor(
          Promise.all(both.map((each, index) => each.release(cases[index]!.id))),
        );
        expect(ends.map(({ status }) => status.state)).toEqual(['undone', 'undone']);
        expect(groupsOf(both[0]!)).toEqual(before);
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('that is asked for twice at once is one case (law 5)', async () => {
    const world = await anIsolation();

    const both = await Promise.allSettled([world.isolate(rita), world.isolate(rita)]);

    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(world.ids()).toHaveLength(1);
  });
});
