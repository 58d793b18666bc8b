import fc from 'fast-check';
import { tagInstance as step, type InstanceTags } from '../../src/operations/ec2/tag-instance';
import { MemoryAws } from '../support/memory-aws';
import { memoryInstances } from '../support/memory-instances';
import { anInstance, instanceId } from './samples/ec2-instances';

const run = 'rem-0000000000/0';
const gone = { gone: true } as const;
const tagged = (tags: Record<string, string>): InstanceTags => ({ gone: false, tags });
const start = (tags: Record<string, string>) => {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return new MemoryAws(memoryInstances([anInstance({ Tags })]));
};
const input = (tags: Record<string, string>) => ({ instanceId, tags });
const wanted = input({ stage: 'isolated', DrawbridgeCase: 'case-1' });
const all = async (aws: MemoryAws) => {
  const { Reservations } = await aws.call('ec2:DescribeInstances', { InstanceIds: [instanceId] });
  const tags = Reservations?.[0]?.Instances?.[0]?.Tags ?? [];
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
};

describe('tagging an instance', () => {
  it('sends only the tags that are not there', async () => {
    const aws = start({ stage: 'isolated', Name: 'web-1' });

    await step.apply(aws, wanted, await step.read(aws, wanted, run), run);

    expect(aws.calls.at(-1)?.input).toEqual({
      Resources: [instanceId],
      Tags: [{ Key: 'DrawbridgeCase', Value: 'case-1' }],
    });
  });

  it('says which tags, in one line however many', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`key-${n}`, '']));
    expect(step.describe(wanted)).toBe('Tag i-0a1b2c3d with stage, DrawbridgeCase');
    expect(step.describe(input(many)).length).toBeLessThanOrEqual(140);
  });

  it('gives old values back, takes new tags away, and keeps what others set meanwhile (law 7)', async () => {
    const texts = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2', ''));
    await fc.assert(
      fc.asyncProperty(texts, texts, texts, async (standing, tags, others) => {
        const aws = start(standing);
        const before = await step.read(aws, input(tags), run);
        await step.apply(aws, input(tags), before, run);
        expect(await all(aws)).toEqual({ ...standing, ...tags });
        const Tags = Object.entries(others).map(([Key, Value]) => ({ Key, Value }));
        await aws.call('ec2:CreateTags', { Resources: [instanceId], Tags });
        const changed = Object.entries(others).filter(([key, value]) => tags[key] !== value);

        await step.undo(aws, input(tags), before, await step.read(aws, input(tags), run));

        const end = await all(aws);
        const set = Object.entries(others).filter(([key]) => !(key in tags));
        expect(end).toEqual({ ...standing, ...Object.fromEntries([...set, ...changed]) });
        const now = await step.read(aws, input(tags), run);
        expect(step.restored(now, input(tags), before)).toBe(true);
      }),
    );
  });

  it('takes a tag away only with its value: one changed a moment ago stays', async () => {
    const aws = start({ stage: 'changed' });

    await step.undo(aws, wanted, tagged({}), tagged({ stage: 'isolated' }));

    expect(await all(aws)).toEqual({ stage: 'changed' });
  });

  it('leaves an instance that is gone, or goes', async () => {
    const aws = start({});
    const there = tagged({ stage: 'isolated' });
    await step.apply(aws, wanted, gone, run);
    await step.undo(aws, wanted, gone, there);
    await step.undo(aws, wanted, there, gone);
    expect(aws.calls).toEqual([]);

    await step.undo(new MemoryAws(memoryInstances([])), wanted, tagged({}), there);
    for (const state of [gone, tagged({})]) expect(step.restored(state, wanted, gone)).toBe(true);
    expect(step.restored(gone, wanted, there)).toBe(true);
    expect(step.holds(gone, wanted)).toBe(true);
  });

  it('passes on that a tag cannot be taken away', async () => {
    const aws = start({ stage: 'isolated' });
    aws.fail(0);
    const there = tagged({ stage: 'isolated' });

    await expect(step.undo(aws, wanted, tagged({}), there)).rejects.toThrow('Unauthorized');
  });

  it('tells what others changed since', () => {
    const after = tagged({ a: '1', b: '1', c: '1' });
    expect(step.drift(after, tagged({ a: '1', b: '2' }))).toEqual([
      'the tag b was changed since',
      'the tag c was removed since',
    ]);
    expect(step.drift(after, gone)).toEqual(['the instance was terminated since']);
    expect(step.drift(gone, after)).toEqual(['the instance is there again']);
    expect(step.drift(gone, gone)).toEqual([]);
  });
});
