import fc from 'fast-check';
import type { Remediation } from '../../src/domain/remediation';
import { killer } from '../support/faults';
import { sshOpen, aWorld, remediate, type World } from '../support/world';

/** What must be the same, however often the process died on the way. */
const endOf = async (world: World, { id, status }: Remediation) => ({
  state: status.state,
  rules: world.rules().map(({ SecurityGroupRuleId: _, ...rule }) => rule),
  steps: (await world.held.steps(id)).map(({ index, status, before, after }) => ({
    index,
    status,
    before,
    after,
  })),
  trail: await world.trail(),
  locks: [...world.held.held.locks],
  due: [...world.held.held.due],
  source: new Set(world.source.written.map(({ workflow }) => workflow)),
});

const forward = async (kill: ReturnType<typeof killer>) => {
  const world = await aWorld({ wrap: kill.wrap });
  return endOf(world, await remediate(world, { begin: kill.revive }));
};

const thereAndBack = async (kill: ReturnType<typeof killer>) => {
  const world = await aWorld({ wrap: kill.wrap });
  const done = await remediate(world, { begin: kill.revive });
  await world.undo(done.id);
  await world.play(done.id, 'undo', { begin: kill.revive });
  return endOf(world, await world.stored(done.id));
};

const rolledBack = async (kill: ReturnType<typeof killer>) => {
  const world = await aWorld({ wrap: kill.wrap });
  // The narrower rules fit, the read-back never succeeds: somebody keeps adding the wide rule.
  world.ec2.quota = 2;
  const end = await remediate(world, { begin: kill.revive });
  return endOf(world, end);
};

describe.each([
  ['a remediation', forward],
  ['a remediation and its undo', thereAndBack],
  ['a remediation that rolls back', rolledBack],
])('%s', (_, road) => {
  it.each(['before', 'after'] as const)(
    'ends the same when it is killed %s any call took effect (laws 1 and 4)',
    async (when) => {
      const never = killer(Number.POSITIVE_INFINITY, when);
      const whole = await road(never);

      for (let at = 0; at < never.calls(); at += 1)
        expect({ at, ...(await road(killer(at, when))) }).toEqual({ at, ...whole });
    },
  );
});

describe('a stored before', () => {
  it('is there before anything in AWS changes, and is never overwritten (law 1)', async () => {
    const calls = fc.nat(60);
    const when = fc.constantFrom('before' as const, 'after' as const);
    await fc.assert(
      fc.asyncProperty(calls, when, async (at, when) => {
        const kill = killer(at, when);
        const world = await aWorld({ wrap: kill.wrap });
        const changed: unknown[] = [];
        const call = world.ec2.call.bind(world.ec2);
        world.ec2.call = async (name, input) => {
          if (!name.startsWith('ec2:Describe'))
            changed.push((await world.held.steps(world.ids()[0]!))[0]?.before);
          return call(name, input);
        };

        const { id } = await remediate(world, { begin: kill.revive });

        const [step] = await world.held.steps(id);
        expect(step?.before).toMatchObject([{ from: sshOpen.FromPort, to: sshOpen.ToPort }]);
        expect(changed.length).toBeGreaterThan(0);
        for (const before of changed) expect(before).toEqual(step?.before);
      }),
      { numRuns: 1000 },
    );
  });
});
