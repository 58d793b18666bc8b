import { s3Error } from '../../support/memory-s3-bucket';
import { aGate, buckets, copyOf, hostileKeys, listedAsCopies, mark } from './buckets';

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
    raw.put('a', 'x', { tags: { owner: 'sales', [mark]: 'forged' } });

    const copied = await objects.copy(
      'raw',
      'stage',
      await listedAsCopies(objects, { tags }),
      false,
    );

    expect(stage.latest('gate-0000000000/000001/a')?.tags).toEqual({ owner: 'sales', ...tags });
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

describe('a copy that S3 does not give', () => {
  it.each([
    ['AccessDenied', 403, 'no permission'],
    ['KMS.DisabledException', 400, 'its KMS key is not usable'],
    ['KMS.NotFoundException', 400, 'its KMS key is not usable'],
    ['InvalidObjectState', 403, 'its storage class is an archive'],
    ['KeyTooLongError', 400, 'its key is too long'],
    ['InvalidURI', 400, 'InvalidURI from S3'],
  ])('is refused in words: %s', async (name, status, because) => {
    const { objects, raw, s3 } = aGate();
    for (const key of ['a', 'b']) raw.put(key, 'x');
    s3.fail('CopyObject', s3Error(name, status), { of: ({ Key }) => String(Key).endsWith('/a') });

    const copied = await objects.copy('raw', 'stage', await listedAsCopies(objects), false);

    expect(copied).toMatchObject([
      { kind: 'refused', because: `${because} (${name})` },
      { kind: 'copied' },
    ]);
  });

  it.each(['GLACIER', 'DEEP_ARCHIVE'])(
    'is refused without asking where it is in %s',
    async (storageClass) => {
      const { objects, raw, s3 } = aGate();
      raw.put('a', 'x', { storageClass });

      const copied = await objects.copy('raw', 'stage', await listedAsCopies(objects), false);

      expect(copied).toEqual([
        { kind: 'refused', because: `its storage class is ${storageClass}` },
      ]);
      expect(s3.count('CopyObject')).toBe(0);
    },
  );

  it.each([
    ['SlowDown', 503],
    ['ThrottlingException', 400],
    ['InternalError', 200],
    ['InternalError', 500],
    ['RequestTimeout', 400],
    ['ExpiredToken', 400],
    ['OperationAborted', 409],
    ['NoSuchBucket', 404],
    ['ECONNRESET', 0],
  ])('throws where trying again may help: %s %i', async (name, status) => {
    const { objects, raw, s3 } = aGate();
    raw.put('a', 'x');
    const error = s3Error(name, status);
    s3.fail('CopyObject', error);

    await expect(objects.copy('raw', 'stage', await listedAsCopies(objects), false)).rejects.toBe(
      error,
    );
  });

  it('leaves nothing running behind it when it throws', async () => {
    const { objects, raw, s3 } = aGate();
    for (let at = 0; at < 200; at += 1) raw.put(`k${String(at).padStart(3, '0')}`, 'x');
    const copies = await listedAsCopies(objects);
    s3.fail('CopyObject', s3Error('SlowDown', 503));

    await expect(objects.copy('raw', 'stage', copies, false)).rejects.toThrow('SlowDown');

    const made = s3.count('CopyObject');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(s3.count('CopyObject')).toBe(made);
    expect(made).toBeLessThan(200);
  });

  it('D28: a tagged source asks for rights that are declared, and its tags are read by version', async () => {
    const { objects, raw, s3 } = aGate();
    raw.put('a', 'x', { tags: { owner: 'sales' } });
    s3.fail('GetObjectTagging', s3Error('AccessDenied', 403));

    const copied = await objects.copy(
      'raw',
      'stage',
      await listedAsCopies(objects, { tags }),
      false,
    );

    expect(copied).toEqual([{ kind: 'refused', because: 'no permission (AccessDenied)' }]);
    expect(s3.calls).toContainEqual({
      name: 'GetObjectTagging',
      input: { Bucket: buckets.raw, Key: 'a', VersionId: 'v00000001' },
    });
  });
});

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

describe('D25: more than 5 GB', () => {
  const size = 12 * 1024 ** 3 + 1;
  const big = () => {
    const gate = aGate();
    const written = { metadata: { 'x-id': '7' }, type: 'text/csv', storageClass: 'STANDARD_IA' };
    gate.raw.put('big.csv', { size }, { ...written, tags: { owner: 'sales' } });
    return { ...gate, written };
  };

  it('is copied in parts, with metadata, class and tags', async () => {
    const { objects, stage, s3, written } = big();

    const copies = await listedAsCopies(objects);
    const [copied] = await objects.copy('raw', 'stage', copies, false);

    const there = stage.latest('gate-0000000000/000001/big.csv');
    expect(there).toMatchObject({ size, ...written, tags: { owner: 'sales' } });
    expect(there?.etag).toMatch(/-25$/);
    expect(copied).toMatchObject({ kind: 'copied', version: { etag: there?.etag } });
    expect(s3.uploads.size).toBe(0);
    expect(s3.peak).toBeLessThanOrEqual(8);
  });

  it('has our tags too', async () => {
    const { objects, stage } = big();

    await objects.copy('raw', 'stage', await listedAsCopies(objects, { tags }), false);

    const there = stage.latest('gate-0000000000/000001/big.csv');
    expect(there?.tags).toEqual({ owner: 'sales', ...tags });
  });

  it('leaves no parts behind when one of them fails', async () => {
    const { objects, stage, s3 } = big();
    s3.fail('UploadPartCopy', s3Error('SlowDown', 503), {
      of: ({ PartNumber }) => PartNumber === 9,
    });

    const copies = await listedAsCopies(objects);
    await expect(objects.copy('raw', 'stage', copies, false)).rejects.toThrow('SlowDown');

    expect([s3.uploads.size, stage.keys()]).toEqual([0, []]);
  });

  it('is gone where it is other bytes by the time of a part', async () => {
    const { objects, s3 } = big();
    s3.fail('UploadPartCopy', s3Error('PreconditionFailed', 412));

    const copies = await listedAsCopies(objects);

    expect(await objects.copy('raw', 'stage', copies, false)).toEqual([{ kind: 'gone' }]);
    expect(s3.uploads.size).toBe(0);
  });

  it('of as much as S3 holds has no more parts than it takes', async () => {
    const { objects, raw, stage } = aGate();
    raw.put('huge', { size: 48 * 1024 ** 4 });
    const { versions } = await objects.listRaw('', undefined, 1);

    await objects.copy('raw', 'stage', [copyOf(versions[0]!)], false);

    expect(stage.latest('gate-0000000000/000001/huge')?.size).toBe(48 * 1024 ** 4);
  });
});
