import { s3Error } from '../../support/memory-s3-bucket';
import { aGate, listedAsCopies, mark } from './buckets';

const tags = { [mark]: 'gate-0000000000.000001-0000' };

describe('a copy that is made again', () => {
  it('finds what the try before left, and copies nothing twice', async () => {
    const { objects, raw, stage, s3 } = aGate();
    for (const key of ['a', 'b', 'c']) raw.put(key, key);
    const copies = await listedAsCopies(objects);
    const before = await objects.copy('raw', 'stage', copies.slice(0, 2), false);

    const after = await objects.copy('raw', 'stage', copies, true);

    expect(after.slice(0, 2)).toEqual(before);
    expect(s3.count('CopyObject')).toBe(3);
    expect(stage.keys().map((key) => stage.versions(key).length)).toEqual([1, 1, 1]);
  });

  it('that took effect although its answer was lost is not made twice', async () => {
    const { objects, raw, stage, s3 } = aGate();
    raw.put('a', 'x');
    const copies = await listedAsCopies(objects);
    s3.fail('CopyObject', s3Error('SlowDown', 503), { when: 'after' });
    await expect(objects.copy('raw', 'stage', copies, false)).rejects.toThrow('SlowDown');

    const [copied] = await objects.copy('raw', 'stage', copies, true);

    expect(copied).toMatchObject({ kind: 'copied', version: { versionId: 'v00000001' } });
    expect(stage.versions('gate-0000000000/000001/a')).toHaveLength(1);
  });

  it('answers with what stands there though the source is gone by now', async () => {
    const { objects, raw } = aGate();
    raw.put('a', 'x');
    const copies = await listedAsCopies(objects);
    await objects.copy('raw', 'stage', copies, false);
    raw.remove('a', copies[0]!.source.versionId);

    expect(await objects.copy('raw', 'stage', copies, true)).toMatchObject([{ kind: 'copied' }]);
  });

  it('goes by the mark where there is one: the same size is not the same object', async () => {
    const { objects, raw, stage } = aGate();
    raw.put('a', 'ours');
    const copies = await listedAsCopies(objects, { tags, to: 'a' });
    stage.put('a', 'them', { tags: { [mark]: 'gate-0000000000.000001-0001' } });

    await objects.copy('raw', 'stage', copies, true);
    await objects.copy('raw', 'stage', copies, true);

    expect(stage.latest('a')?.body?.toString()).toBe('ours');
    expect(stage.versions('a')).toHaveLength(2);
  });

  it('is made where something of another size stands there', async () => {
    const { objects, raw, stage } = aGate();
    raw.put('a', 'whole');
    const copies = await listedAsCopies(objects, { to: 'a' });
    stage.put('a', 'half');

    await objects.copy('raw', 'stage', copies, true);

    expect(stage.latest('a')?.body?.toString()).toBe('whole');
  });

  it('takes none of two versions of one key for the other', async () => {
    const { objects, raw } = aGate();
    raw.put('a', 'one');
    raw.put('a', 'two');
    const copies = await listedAsCopies(objects, { to: 'a' });
    await objects.copy('raw', 'quarantine', copies.slice(0, 1), false);

    const copied = await objects.copy('raw', 'quarantine', copies, true);

    const etags = copied.map((each) => each.kind === 'copied' && each.version.etag);
    expect(etags).toEqual(copies.map(({ source }) => source.etag));
  });
});
