import { s3Error } from '../../support/memory-s3-bucket';
import { aGate, buckets, hostileKeys, mark } from './buckets';

const listed = async ({ objects }: ReturnType<typeof aGate>, most = 5000) =>
  (await objects.listRaw('', undefined, most)).versions.map(({ raw }) => raw);

describe('removing', () => {
  it('D27: takes exactly the versions that are named, not what was written since', async () => {
    const gate = aGate();
    gate.raw.put('a', 'first');
    const versions = await listed(gate);
    gate.raw.put('a', 'second');

    await gate.objects.remove('raw', versions);

    expect(gate.raw.versions('a').map(({ body }) => body?.toString())).toEqual(['second']);
  });

  it('D27: leaves bytes that were written over the version null', async () => {
    const gate = aGate();
    gate.raw.versioning = false;
    gate.raw.put('a', 'first');
    gate.raw.put('b', 'first');
    const versions = await listed(gate);
    gate.raw.put('a', 'second');

    await gate.objects.remove('raw', versions);

    expect(gate.raw.keys()).toEqual(['a']);
    expect(gate.raw.latest('a')?.body?.toString()).toBe('second');
  });

  it('makes one call for a thousand', async () => {
    const gate = aGate();
    for (let at = 0; at < 2001; at += 1) gate.raw.put(`k${at}`, 'x');

    await gate.objects.remove('raw', await listed(gate));

    expect(gate.raw.keys()).toEqual([]);
    expect(gate.s3.count('DeleteObjects')).toBe(3);
  });

  it('of nothing asks nothing', async () => {
    const { objects, s3 } = aGate();

    await objects.remove('raw', []);

    expect(s3.calls).toEqual([]);
  });

  it('of what is gone already is no error', async () => {
    const gate = aGate();
    for (const key of ['a', 'b']) gate.raw.put(key, 'x');
    const versions = await listed(gate);
    await gate.objects.remove('raw', versions);
    gate.s3.fail('Delete', s3Error('NoSuchVersion', 404));

    await expect(gate.objects.remove('raw', versions)).resolves.toBeUndefined();
  });

  it('that is refused for one of many throws, without its key', async () => {
    const gate = aGate();
    for (const key of ['public', 'secret-name']) gate.raw.put(key, 'x');
    gate.s3.fail('Delete', s3Error('AccessDenied', 403), {
      of: ({ Key }) => Key === 'secret-name',
    });

    await expect(gate.objects.remove('raw', await listed(gate))).rejects.toThrow(
      'S3 did not delete 1 of 2 versions: AccessDenied',
    );
  });

  it('takes keys as they are, those alone that a list cannot name', async () => {
    const gate = aGate();
    for (const key of hostileKeys) gate.raw.put(key, 'x');

    await gate.objects.remove('raw', await listed(gate));

    expect(gate.raw.keys()).toEqual([]);
    expect(gate.s3.count('DeleteObject')).toBe(1);
  });
});

describe('the mark of what stands there', () => {
  it.each([
    [
      'ours',
      { owner: 'sales', [mark]: 'gate-0000000000.000001-0000' },
      'gate-0000000000.000001-0000',
    ],
    ['not ours', { owner: 'sales' }, undefined],
  ])('is that of the newest version: %s', async (_, tags, expected) => {
    const { objects, s3 } = aGate();
    const released = s3.bucket(buckets.released);
    released.put('a', 'x', { tags: { [mark]: 'older' } });
    released.put('a', 'x', { tags });

    expect(await objects.markOf('released', 'a')).toBe(expected);
  });

  it('is none where nothing stands, or was deleted', async () => {
    const { objects, s3 } = aGate();
    const released = s3.bucket(buckets.released);
    released.put('deleted', 'x', { tags: { [mark]: 'older' } });
    released.mark('deleted');

    expect(await objects.markOf('released', 'deleted')).toBeUndefined();
    expect(await objects.markOf('released', 'never')).toBeUndefined();
  });

  it('that may not be read is not none', async () => {
    const { objects, s3 } = aGate();
    s3.fail('GetObjectTagging', s3Error('AccessDenied', 403));

    await expect(objects.markOf('released', 'a')).rejects.toThrow('AccessDenied');
  });
});
