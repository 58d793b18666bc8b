import { aGate, hostileKeys, listedAsCopies, mark } from './buckets';

const tags = { [mark]: 'gate-0000000000.000001-0000' };

describe('a copy', () => {
  it('D24: keeps tags, metadata, kind and storage class', async () => {
    const { objects, raw, stage } = aGate();
    const own = { owner: 'sales', 'a b': 'ä=&+' };
    const written = { tags: own, metadata: { 'x-id': '7' }, type: 'text/csv' };
    raw.put('a.csv', 'x', { ...written, storageClass: 'STANDARD_IA' });

    const [copied] = await objects.copy('raw', 'stage', await listedAsCopies(objects), false);

    const key = 'gate-0000000000/000001/a.csv';
    const there = stage.latest(key);
    expect(there).toMatchObject({ ...written, storageClass: 'STANDARD_IA', size: 1 });
    expect(copied).toEqual({
      kind: 'copied',
      version: { key, versionId: there?.versionId, etag: there?.etag },
    });
  });

  it('D24: adds our tags to its own', async () => {
    const { objects, raw, stage } = aGate();
    raw.put('a', 'x', { tags: { owner: 'sales', 'a b': 'ä=&+', [mark]: 'forged' } });

    const copied = await objects.copy(
      'raw',
      'stage',
      await listedAsCopies(objects, { tags }),
      false,
    );

    expect(stage.latest('gate-0000000000/000001/a')?.tags).toEqual({
      owner: 'sales',
      'a b': 'ä=&+',
      ...tags,
    });
    expect(copied[0]).not.toHaveProperty('dropped');
  });

  it('D24: names the tags that had no room beside ours', async () => {
    const { objects, raw, stage } = aGate();
    const own = Object.fromEntries([...'jihgfedcba'].map((name) => [name, 'x']));
    raw.put('a', 'x', { tags: own });
    const ours = { ...tags, SensitiveDataFound: 'true' };

    const copies = await listedAsCopies(objects, { tags: ours });
    const [copied] = await objects.copy('raw', 'stage', copies, false);

    expect(copied).toMatchObject({ kind: 'copied', dropped: ['i', 'j'] });
    const there = stage.latest('gate-0000000000/000001/a')?.tags ?? {};
    expect(Object.keys(there)).toHaveLength(10);
    expect(there).toMatchObject(ours);
  });

  it('D23: has its tags from its first moment, no call between it and them can fail', async () => {
    const { objects, raw, s3 } = aGate();
    raw.put('a', 'x');

    await objects.copy('raw', 'stage', await listedAsCopies(objects, { tags }), false);

    expect(s3.count('PutObjectTagging')).toBe(0);
    expect(s3.calls.filter(({ name }) => /Put|Copy|Delete/.test(name))).toHaveLength(1);
  });

  it('D26: is of the version that was listed, though the key has been written over since', async () => {
    const { objects, raw, stage } = aGate();
    raw.put('a', 'first');
    const copies = await listedAsCopies(objects);
    raw.put('a', 'second');

    await objects.copy('raw', 'stage', copies, false);

    expect(stage.latest('gate-0000000000/000001/a')?.body?.toString()).toBe('first');
  });

  it('D27: of bytes that are not those that were listed is none', async () => {
    const { objects, raw, stage } = aGate();
    raw.versioning = false;
    raw.put('a', 'first');
    const copies = await listedAsCopies(objects);
    raw.put('a', 'other');

    expect(await objects.copy('raw', 'stage', copies, false)).toEqual([{ kind: 'gone' }]);
    expect(stage.keys()).toEqual([]);
  });

  it('of a version that is gone says so, with and without tags of ours', async () => {
    const { objects, raw } = aGate();
    raw.put('a', 'x');
    const [copy] = await listedAsCopies(objects);
    raw.remove('a', copy!.source.versionId);
    const copies = [copy!, { ...copy!, tags }, { ...copy!, size: 6 * 1024 ** 3 }];

    expect(await objects.copy('raw', 'stage', copies, false)).toEqual(
      copies.map(() => ({ kind: 'gone' })),
    );
  });

  it('takes keys as they are, whatever they are made of', async () => {
    const { objects, raw, stage } = aGate();
    for (const key of hostileKeys) raw.put(key, key);

    const copied = await objects.copy('raw', 'stage', await listedAsCopies(objects), false);

    expect(copied.map(({ kind }) => kind)).toEqual(hostileKeys.map(() => 'copied'));
    for (const key of hostileKeys)
      expect(stage.latest(`gate-0000000000/000001/${key}`)?.body?.toString()).toBe(key);
  });

  it('runs beside others, not all at once, and answers come in order', async () => {
    const { objects, raw, s3 } = aGate();
    for (let at = 0; at < 200; at += 1) raw.put(`k${String(at).padStart(3, '0')}`, 'x');
    const copies = await listedAsCopies(objects);

    const copied = await objects.copy('raw', 'stage', copies, false);

    expect(s3.peak).toBeGreaterThan(30);
    expect(s3.peak).toBeLessThanOrEqual(64);
    expect(copied).toMatchObject(
      copies.map(({ to }) => ({ kind: 'copied', version: { key: to } })),
    );
  });
});
