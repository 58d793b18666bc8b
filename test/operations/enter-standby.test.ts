import { at, gone, place, run, world } from './on-standby';
import { enterStandby as step } from '../../src/operations/autoscaling/enter-standby';
import { refusing } from '../support/failing-aws';
import { MemoryAws, type Handlers } from '../support/memory-aws';
import { instanceId, standby as input } from './samples/containment';

describe('putting an instance on standby', () => {
  it('launches no replacement: one less is wanted, so that the way back is exact', async () => {
    const { group, apply, ours } = world();

    await apply();

    expect(group).toMatchObject({ desired: 1, min: 1 });
    expect(group.members.map(({ id }) => id)).toEqual(['i-other', instanceId]);
    expect(ours()).toMatchObject({ lifecycle: 'Standby', protected: true });
  });

  it('protects it from scale-in before anything else', async () => {
    const { aws, apply } = world();

    await apply();

    expect(aws.calls.find(({ name }) => !name.includes('Describe'))).toEqual({
      name: 'autoscaling:SetInstanceProtection',
      input: {
        AutoScalingGroupName: 'web',
        InstanceIds: [instanceId],
        ProtectedFromScaleIn: true,
      },
    });
  });

  it('puts it on standby also where its protection is refused, and says that it was', async () => {
    const { aws, read, ours } = world();
    const denied = refusing(aws, (name) => name === 'autoscaling:SetInstanceProtection');

    await expect(step.apply(denied, input, await read(), run)).rejects.toThrow(
      'UnauthorizedOperation',
    );

    expect(ours()).toMatchObject({ lifecycle: 'Standby' });
  });

  it('lowers the least size by one where the group would refuse, and leaves it where it would not', async () => {
    const [full, roomy] = [world({ min: 2 }), world({ min: 1 })];
    await full.apply();
    await roomy.apply();

    expect(full.group).toMatchObject({ min: 1, desired: 1, max: 4 });
    expect(roomy.group).toMatchObject({ min: 1, desired: 1 });
  });

  it('never asks twice: a second call would take a second instance’s place', async () => {
    const { aws, group, apply } = at('InService', { min: 1, desired: 1 }, 2);
    await apply();
    await apply();
    await apply();

    expect(group).toMatchObject({ min: 0, desired: 0 });
    expect(aws.calls.filter(({ name }) => name === 'autoscaling:EnterStandby')).toHaveLength(1);
  });

  it('is waited for while the group takes it out', async () => {
    const { apply, read } = at('InService', {}, 2);
    await apply();
    const [first, second, third] = [await read(), await read(), await read()];

    expect([first, second, third].map((now) => step.holds(now, input))).toEqual([
      false,
      false,
      true,
    ]);
    expect(step.pending?.(first, input)).toEqual({
      running: 'In its group the instance is EnteringStandby',
    });
    expect(step.pending?.(third, input)).toBeUndefined();
  });

  it('waits for one that is still coming up, and then takes it', async () => {
    const { aws, apply, read, ours } = at('Pending:Wait');
    await apply();

    expect(aws.calls.every(({ name }) => name.includes('Describe'))).toBe(true);
    expect(step.pending?.(await read(), input)).toMatchObject({ running: expect.any(String) });

    Object.assign(ours()!, { lifecycle: 'InService' });
    await apply();
    expect(step.holds(await read(), input)).toBe(true);
  });

  it.each(['Terminating', 'Terminating:Wait', 'Terminated', 'Warmed:Stopped', 'Quarantined'])(
    'changes nothing on one that is %s, and says why not',
    async (lifecycle) => {
      const { aws, apply, read } = at(lifecycle);
      await apply();

      expect(aws.calls.every(({ name }) => name.includes('Describe'))).toBe(true);
      expect(step.pending?.(await read(), input)).toEqual({
        failed: `In its group the instance is ${lifecycle}: from there it has no way to standby.`,
      });
      expect(step.restored(await read(), input, await read())).toBe(true);
    },
  );

  it('has nothing to do where it is of no group (any more)', async () => {
    const stranger = world({ members: [] });

    expect(step.holds(await stranger.read(), input)).toBe(true);
    expect(step.holds(gone, input)).toBe(true);
    expect(step.pending?.(gone, input)).toBeUndefined();
    await stranger.undo(await stranger.read());
    expect(await stranger.isDone(await stranger.read())).toBe(true);
    expect(step.restored(place('InService'), input, gone)).toBe(true);
  });

  it('fails where Auto Scaling does not tell the sizes: not told is not zero (law 10)', async () => {
    const untold: Handlers = {
      'autoscaling:DescribeAutoScalingGroups': () => ({
        AutoScalingGroups: [{ AutoScalingGroupName: 'web' } as never],
      }),
    };

    await expect(step.read(new MemoryAws(untold), input, run)).rejects.toThrow(
      'Auto Scaling does not tell the size of the group web.',
    );
  });
});
