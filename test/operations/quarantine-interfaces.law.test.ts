import fc from 'fast-check';
import type { Aws } from '../../src/operations/aws';
import type { Interfaces } from '../../src/operations/ec2/attached-interfaces';
import { quarantineInterfaces as step } from '../../src/operations/ec2/quarantine-interfaces';
import { before, dying, refusing } from '../support/failing-aws';
import type { Network } from '../support/memory-interfaces';
import { networkOf, picture, reachOf, worlds } from '../support/networks';
import { attach, input, isolated } from './samples/ec2-isolation';
import { anInstance } from './samples/ec2-instances';

// Hundreds of isolations each, on whatever machine this runs.
jest.setTimeout(30_000);
const run = 'rem-0000000000/0';
const apply = async (aws: Aws, wanted = input): Promise<Interfaces> => {
  const now = await step.read(aws, wanted, run);
  if (!step.holds(now, wanted)) await step.apply(aws, wanted, now, run);
  return now;
};
const undo = async (aws: Aws, saved: Interfaces, wanted = input): Promise<void> =>
  step.undo(aws, wanted, saved, await step.read(aws, wanted, run));

/** The interfaces of the instance that can be changed, as they stand. */
const ownOf = (network: Network, instanceId = input.instanceId) =>
  network.interfaces.filter(
    (each) =>
      each.Attachment?.InstanceId === instanceId &&
      !each.RequesterManaged &&
      !each.Operator?.Managed,
  );
const idsOf = (network: Network) => ownOf(network).map((each) => each.NetworkInterfaceId ?? '');

/** In one group, which is ours and has no rules. */
const isShutIn = (network: Network, id: string): boolean => {
  const groups = network.groupsOf(id).map((each) => network.find(each));
  return (
    groups.length === 1 &&
    groups.every(
      ({ tags, rules }) => tags['DrawbridgeGroup'] === 'quarantine' && rules.length === 0,
    )
  );
};

/** Nothing goes in or out, of each interface that is its own; everybody else’s are as they were. */
const expectContained = (network: Network, old: ReturnType<typeof picture>) => {
  const own = idsOf(network);
  expect(own.filter((id) => !isShutIn(network, id))).toEqual([]);
  const others = ({ NetworkInterfaceId = '' }) => !own.includes(NetworkInterfaceId);
  expect(picture(network).filter(others)).toEqual(old.filter(others));
};

const foreign = ({ groups }: Network) =>
  groups.filter(({ name, tags }) => !name.startsWith('drawbridge-') || !tags['DrawbridgeGroup']);

describe('whatever the instance and whatever groups stand in its VPCs', () => {
  it('it is contained, nobody else is touched, and the way back ends where it began (law 7)', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const network = networkOf(world);
        const aws = isolated(network);
        const [old, others] = [picture(network), structuredClone(foreign(network))];

        const saved = await apply(aws);
        const after = await step.read(aws, input, run);

        expectContained(network, old);
        expect(step.holds(after, input)).toBe(true);
        expect(foreign(network)).toEqual(others);
        await undo(aws, saved);
        expect(picture(network)).toEqual(old);
        expect(step.restored(await step.read(aws, input, run), input, saved)).toBe(true);
      }),
    );
  });

  it('an interface that is attached meanwhile is contained too, and gets its groups back (law 1)', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const network = networkOf(world);
        const saved = await step.read(isolated(network), input, run);
        let old = picture(network);
        const aws = before(isolated(network), 'clock:Pause', () => {
          attach(network, 'eni-late', { groups: ['late-1', 'late-2'] });
          old = [...old, ...picture(network).slice(-1)];
        });

        await apply(aws);
        expectContained(network, old);
        await undo(aws, saved);

        expect(picture(network)).toEqual(old);
      }),
    );
  });

  it('killed at any call and run again it is contained, and the first state can be restored (law 4)', async () => {
    await fc.assert(
      fc.asyncProperty(
        worlds,
        fc.nat(60),
        fc.nat(60),
        fc.constantFrom('before' as const, 'after' as const),
        async (world, first, second, when) => {
          const network = networkOf(world);
          const old = picture(network);
          const saved = await step.read(isolated(network), input, run);

          await apply(dying(isolated(network), first, when)).catch(() => {});
          await apply(dying(isolated(network), second, when)).catch(() => {});
          await apply(isolated(network));
          expectContained(network, old);

          await undo(dying(isolated(network), second % 15, when), saved).catch(() => {});
          await undo(isolated(network), saved);
          expect(picture(network).map(({ Groups }) => Groups)).toEqual(
            old.map(({ Groups }) => Groups),
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('whatever call fails', () => {
  /** No interface lets through what it did not before, unless the error says so first. */
  const expectTold = (network: Network, reach: Map<string, ReadonlySet<string>>, told: unknown) => {
    const wider = idsOf(network).filter((id) =>
      [...reachOf(network, id)].some((rule) => !reach.get(id)?.has(rule)),
    );
    const words = told instanceof Error ? told.message : '';
    if (wider.length > 0) expect(words).toContain('OPEN TO ALL TRAFFIC');
    if (words === '') expect(idsOf(network).filter((id) => !isShutIn(network, id))).toEqual([]);
  };

  it.each(['once', 'always'] as const)(
    '%s, no interface stays wider than it was without a word (law 10)',
    async (often) => {
      await fc.assert(
        fc.asyncProperty(
          worlds,
          fc.nat(60),
          fc.constantFrom('before' as const, 'after' as const),
          async (world, at, when) => {
            const network = networkOf(world);
            const old = picture(network);
            const reach = new Map(idsOf(network).map((id) => [id, reachOf(network, id)]));
            const aws = isolated(network);
            const now = await step.read(aws, input, run);

            aws.fail(at, { for: often, when });
            const told: unknown = await step
              .apply(aws, input, now, run)
              .catch((error: unknown) => error);

            expectTold(network, reach, told);
            if (often === 'once' && told instanceof Error)
              expect(told.name).toMatch(/UnauthorizedOperation|Told/);
            aws.heal();
            await apply(aws);
            expectContained(network, old);
          },
        ),
        { numRuns: 150 },
      );
    },
  );

  it.each(['clock:Pause', 'ec2:CreateTags', 'ec2:AuthorizeSecurityGroupEgress'] as const)(
    'without %s it is contained all the same: what only helps does not stand in the way',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(worlds, async (world) => {
          const network = networkOf({ ...world, lag: 0, quarantine: 'ours' });
          const old = picture(network);

          await apply(refusing(isolated(network), (called) => called === name)).catch(() => {});

          expectContained(network, old);
        }),
      );
    },
  );

  it('an interface that the quarantine group is refused to goes back to where it was, not to all', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const network = networkOf(world);
        const old = picture(network);
        const closed = (groups: unknown) =>
          Array.isArray(groups) &&
          groups.some((id: string) => network.find(id).tags['DrawbridgeGroup'] === 'quarantine');
        const aws = refusing(
          isolated(network),
          (name, { Groups }: { Groups?: unknown }) =>
            name === 'ec2:ModifyNetworkInterfaceAttribute' && closed(Groups),
        );

        await expect(apply(aws)).rejects.toThrow(/Not contained: eni-0/);
        expect(picture(network).map(({ Groups }) => Groups)).toEqual(
          old.map(({ Groups }) => Groups),
        );
      }),
    );
  });
});

describe('two isolations in one VPC at once', () => {
  const other = { ...input, instanceId: 'i-0000beef' };

  it('share their groups in any order of calls, and each comes back alone', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.scheduler(), async (world, scheduler) => {
        const network = networkOf(world);
        attach(network, 'eni-other', { Attachment: { InstanceId: other.instanceId } });
        const old = picture(network);
        const aws = isolated(network, anInstance({ InstanceId: other.instanceId }));
        const turns = { call: scheduler.scheduleFunction(aws.call.bind(aws)) };

        const both = await scheduler.waitFor(Promise.all([apply(turns), apply(turns, other)]));

        for (const id of [...idsOf(network), 'eni-other']) expect(isShutIn(network, id)).toBe(true);
        await undo(aws, both[0]);
        expect(isShutIn(network, 'eni-other')).toBe(true);
        await undo(aws, both[1], other);
        expect(picture(network)).toEqual(old);
      }),
      { numRuns: 60 },
    );
  });
});
