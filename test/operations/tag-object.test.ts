import { tagObject } from '../../src/operations/s3/tag-object';
import { account } from '../support/builders';
import { anObject, MemoryS3 } from '../support/memory-s3';

const run = 'rem-0000000000/0';
const input = { bucket: 'acme', key: 'a/b', account, name: 'drawbridge:quarantined', value: 'x' };
const objectWith = (tags: Record<string, string>) => {
  const s3 = new MemoryS3();
  const { objects } = s3.bucket('acme', { objects: { 'a/b': anObject({ tags }) } });
  return { s3, objects, read: () => tagObject.read(s3, input, run) };
};

it('never drops a tag of others: an object with ten is left as it is', async () => {
  const ten = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`t${n}`, 'v']));
  const { s3, objects, read } = objectWith(ten);

  await expect(tagObject.apply(s3, input, await read(), run)).rejects.toThrow(
    /as many as S3 takes/,
  );
  expect(objects['a/b']?.tags).toEqual(ten);
});

it('takes its own tag away and leaves what others tagged meanwhile', async () => {
  const { s3, objects, read } = objectWith({ owner: 'hr' });
  const before = await read();
  await tagObject.apply(s3, input, before, run);
  objects['a/b']!.tags['stage'] = 'live';

  await tagObject.undo(s3, input, before, await read());

  expect(objects['a/b']?.tags).toEqual({ owner: 'hr', stage: 'live' });
});

it('leaves a tag that somebody has changed', async () => {
  const { s3, objects, read } = objectWith({});
  const before = await read();
  await tagObject.apply(s3, input, before, run);
  objects['a/b']!.tags[input.name] = 'looked at';

  await tagObject.undo(s3, input, before, await read());

  expect(objects['a/b']?.tags).toEqual({ [input.name]: 'looked at' });
  expect(tagObject.restored(await read(), input, before)).toBe(true);
});

describe('drift', () => {
  const tags = (of: Record<string, string>) => ({ gone: false, tags: of }) as const;
  const gone = { gone: true } as const;

  it.each([
    [tags({ a: '1' }), tags({ a: '2' }), ['the tag a was changed since']],
    [tags({ a: '1' }), tags({}), ['the tag a was removed since']],
    [tags({}), gone, ['the object was deleted since']],
    [gone, tags({}), ['the object is there again']],
    [gone, gone, []],
  ])('from %j to %j is %j', (after, now, told) => {
    expect(tagObject.drift(after, now)).toEqual(told);
  });
});
