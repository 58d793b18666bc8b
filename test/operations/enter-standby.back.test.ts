import { at, gone, place, world } from './on-standby';
import { enterStandby as step } from '../../src/operations/autoscaling/enter-standby';
import { instanceId } from './samples/containment';

describe('the way back', () => {
  it('puts it into service, then restores the least size, then its protection: nothing is launched', async () => {
    const { aws, group, apply, undo, read } = world({ min: 2 });
    const [saved, first] = [await read(), structuredClone(group)];
    await apply();
    aws.calls.length = 0;

    await undo(saved);

    expect(group).toEqual({
      ...first,
      members: first.members.map((each) => ({
        ...each,
        ...(each.id === instanceId && { protected: false }),
      })),
    });
    expect(aws.calls.map(({ name }) => name).filter((name) => !name.includes('Describe'))).toEqual([
      'autoscaling:ExitStandby',
      'autoscaling:UpdateAutoScalingGroup',
      'autoscaling:SetInstanceProtection',
    ]);
  });

  it('waits until it is in service before it takes its protection away', async () => {
    const { undo, apply, read, isDone, ours } = at('InService', { min: 1, desired: 1 }, 2);
    const saved = await read();
    await apply();
    await read();
    await read();

    await undo(saved);
    expect(ours()).toMatchObject({ lifecycle: 'Pending', protected: true });
    expect(await isDone(saved)).toBe(false);
    await read();
    await undo(saved);

    expect(ours()).toMatchObject({ lifecycle: 'InService', protected: false });
    expect(await isDone(saved)).toBe(true);
  });

  it('never raises the greatest size: it says that there is no room', async () => {
    const { group, undo, apply, read } = world({ min: 2 });
    const saved = await read();
    await apply();
    Object.assign(group, { max: 1 });

    await expect(undo(saved)).rejects.toThrow(
      `The group web wants 1 of at most 1 already: make room for ${instanceId}, then undo again.`,
    );
    expect(group).toMatchObject({ min: 1, desired: 1, max: 1 });
  });

  it('leaves a least size that others set since, and sets ours back', async () => {
    const theirs = world({ min: 2, desired: 3 });
    const saved = await theirs.read();
    await theirs.apply();
    Object.assign(theirs.group, { min: 0 });
    await theirs.undo(saved);

    expect(theirs.group).toMatchObject({ min: 0 });
    expect(await theirs.isDone(saved)).toBe(true);
  });

  it('brings back a least size of one as well as one of many, and one of weights', async () => {
    for (const [min, weight] of [
      [1, 1],
      [4, 4],
      [6, 3],
    ] as const) {
      const members = [{ id: instanceId, lifecycle: 'InService', weight }];
      const { group, apply, undo, read } = world({ min, max: 20, desired: min, members });
      const saved = await read();
      await apply();
      expect(group.min).toBe(Math.max(0, min - weight));

      await undo(saved);
      expect(group.min).toBe(min);
    }
  });

  it('keeps on standby what stood on standby, and takes back only its own protection', async () => {
    const { group, apply, undo, read, ours } = at('Standby', { min: 2, desired: 2 });
    const saved = await read();
    await apply();
    Object.assign(group, { min: 1 });
    await undo(saved);

    expect(ours()).toMatchObject({ lifecycle: 'Standby', protected: false });
    expect(group.min).toBe(1);
  });

  it('of a group that was deleted says that the instance stays on its own', async () => {
    const { groups, undo, apply, read, isDone } = world();
    const saved = await read();
    await apply();
    groups.clear();

    await expect(undo(saved)).rejects.toThrow(
      `The group web was deleted meanwhile: ${instanceId} stays on its own.`,
    );
    expect(await isDone(saved)).toBe(false);
  });

  it.each([
    ['was taken out of its group', []],
    ['is being terminated', [{ id: instanceId, lifecycle: 'Terminating' }]],
  ])(
    'of an instance that %s restores the least size, and says what it cannot',
    async (_, members) => {
      const { group, undo, apply, read, isDone } = world({ min: 2 });
      const saved = await read();
      await apply();
      group.members = members;

      await expect(undo(saved)).rejects.toThrow(`${instanceId} left the group web meanwhile`);
      expect(group.min).toBe(2);
      expect(await isDone(saved)).toBe(false);
    },
  );

  it('tells what others changed since, but not how a group breathes (law 7)', () => {
    const { member = { lifecycle: '', protected: false, weight: 1 } } = place('Standby');

    expect(step.drift(place('Standby'), place('InService', { min: 3 }))).toEqual([
      'the least size of the group changed since: 1 → 3',
      'in its group the instance became InService since',
    ]);
    expect(
      step.drift(place('Standby'), place('', { member: { ...member, protected: true } })),
    ).toEqual(['its protection from scale-in was switched on since']);
    expect(
      step.drift(place('', { member: { ...member, protected: true } }), place('Standby')),
    ).toEqual(['its protection from scale-in was switched off since']);
    expect(step.drift(place('Standby'), { gone: false, min: 1 })).toEqual([
      'in its group the instance became a stranger since',
    ]);
    expect(step.drift(place('Standby'), gone)).toEqual([
      'the Auto Scaling group was deleted since',
    ]);
    expect(step.drift(gone, place('Standby'))).toEqual(['the Auto Scaling group is there again']);
    expect(step.drift(gone, gone)).toEqual([]);
  });
});
