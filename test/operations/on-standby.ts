import { enterStandby as step, type Place } from '../../src/operations/autoscaling/enter-standby';
import { MemoryAws } from '../support/memory-aws';
import { memoryAutoscaling, type MemoryGroup } from '../support/memory-autoscaling';
import { groupOf, instanceId, standby as input } from './samples/containment';

export const run = 'rem-0000000000/0';
export const gone = { gone: true } as const;

export const world = (more: Partial<MemoryGroup> = {}, lag = 0) => {
  const group = groupOf(more);
  const groups = new Map([['web', group]]);
  const aws = new MemoryAws(memoryAutoscaling(groups, { lag }));
  const read = () => step.read(aws, input, run);
  return {
    group,
    groups,
    aws,
    read,
    ours: () => group.members.find(({ id }) => id === instanceId),
    apply: async () => step.apply(aws, input, await read(), run),
    undo: async (saved: Awaited<ReturnType<typeof read>>) =>
      step.undo(aws, input, saved, await read()),
    isDone: async (saved: Awaited<ReturnType<typeof read>>) =>
      step.restored(await read(), input, saved),
  };
};
export const at = (lifecycle: string, more: Partial<MemoryGroup> = {}, lag = 0) =>
  world({ ...more, members: [{ id: instanceId, lifecycle }] }, lag);
export const place = (lifecycle: string, more: Partial<Place> = {}): Place => ({
  gone: false,
  min: 1,
  member: { lifecycle, protected: false, weight: 1 },
  ...more,
});
