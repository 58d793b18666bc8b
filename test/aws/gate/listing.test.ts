import fc from 'fast-check';
import type { Cursor, GateObjects, RawVersion } from '../../../src/app/gate/ports';
import { aGate, hostileKeys } from './buckets';

const all = async (objects: GateObjects, most: number, prefix = ''): Promise<RawVersion[][]> => {
  const lists: RawVersion[][] = [];
  for (let after: Cursor | undefined; ;) {
    const { versions, next } = await objects.listRaw(prefix, after, most);
    lists.push(versions);
    if (!next) return lists;
    after = next;
  }
};

const keysOf = (list: readonly RawVersion[]): string[] => list.map(({ raw }) => raw.key);

describe('the raw bucket', () => {
  it('is listed in order of keys, newest version first, with what a copy needs', async () => {
    const { objects, raw } = aGate();
    raw.put('b', 'old');
    raw.put('b', 'new!', { storageClass: 'STANDARD_IA' });
    raw.put('a', 'x');

    const { versions, next } = await objects.listRaw('', undefined, 10);

    expect(next).toBeUndefined();
    expect(versions).toMatchObject([
      { raw: { key: 'a' }, size: 1, latest: true, storageClass: 'STANDARD' },
      { raw: { key: 'b' }, size: 4, latest: true, storageClass: 'STANDARD_IA' },
      { raw: { key: 'b' }, size: 3, latest: false, modified: '2026-11-02T09:00:00.000Z' },
    ]);
    expect(versions[1]?.raw).toEqual({
      key: 'b',
      versionId: 'v00000002',
      etag: expect.any(String),
    });
    expect(versions[1]?.raw.etag).not.toContain('"');
  });

  it('gives whole keys: one whose versions do not fit any more comes with the next list', async () => {
    const { objects, raw } = aGate();
    raw.put('a', '1');
    for (const text of ['1', '2', '3']) raw.put('b', text);
    raw.put('c', '1');

    const lists = await all(objects, 3);

    expect(lists.map(keysOf)).toEqual([['a'], ['b', 'b', 'b'], ['c']]);
  });

  it('gives a key with more versions than fit as a whole, so that no old version passes for the newest', async () => {
    const { objects, raw } = aGate();
    for (let at = 0; at < 7; at += 1) raw.put('a', String(at));
    raw.put('b', '1');

    const lists = await all(objects, 3);

    expect(lists.map((list) => list.filter(({ latest }) => latest).length)).toEqual([1, 1]);
    expect(lists.map(keysOf)).toEqual([Array(7).fill('a'), ['b']]);
  });

  it('splits only a key with more versions than a batch can number, and nothing of the rest is the newest', async () => {
    const { objects, raw, s3 } = aGate();
    for (let at = 0; at < 9002; at += 1) raw.put('a', String(at));

    const first = await objects.listRaw('', undefined, 500);
    for (const { raw: gone } of first.versions) raw.remove(gone.key, gone.versionId);
    s3.perPage = 1;
    const rest = await objects.listRaw('', first.next, 500);

    expect([first.versions.length, rest.versions.length]).toEqual([9000, 2]);
    expect(rest.versions.map(({ latest }) => latest)).toEqual([false, false]);
  });

  it.each([1, 2, 3, 1000])(
    'hides a key whose newest is a delete marker, %i a page',
    async (page) => {
      const { objects, raw, s3 } = aGate();
      s3.perPage = page;
      raw.put('a', '1');
      for (const text of ['1', '2', '3']) raw.put('deleted', text);
      raw.mark('deleted');
      raw.put('reborn', '1');
      raw.mark('reborn');
      raw.put('reborn', '2');

      const lists = await all(objects, 10);

      expect(lists.map(keysOf)).toEqual([['a', 'reborn', 'reborn']]);
    },
  );

  it('goes on after a key although all that was listed of it is gone by then', async () => {
    const { objects, raw } = aGate();
    for (const key of ['a', 'b', 'c']) raw.put(key, '1');

    const first = await objects.listRaw('', undefined, 2);
    for (const { raw: gone } of first.versions) raw.remove(gone.key, gone.versionId);
    const rest = await objects.listRaw('', first.next, 2);

    expect(keysOf(rest.versions)).toEqual(['c']);
  });

  it('gives uploads from before versioning as the version null', async () => {
    const { objects, raw } = aGate();
    raw.versioning = false;
    raw.put('a', 'before');
    raw.versioning = true;
    raw.put('a', 'after');

    const { versions } = await objects.listRaw('', undefined, 10);

    expect(versions.map((each) => [each.raw.versionId, each.latest])).toEqual([
      ['v00000002', true],
      ['null', false],
    ]);
  });

  it('takes keys as they are, whatever they are made of', async () => {
    const { objects, raw, s3 } = aGate();
    s3.perPage = 2;
    for (const key of hostileKeys) raw.put(key, '1');

    const lists = await all(objects, 3);

    expect(lists.flatMap(keysOf).sort()).toEqual([...hostileKeys].sort());
  });

  it('is asked only below the prefix', async () => {
    const { objects, raw } = aGate();
    for (const key of ['in/a', 'in/b', 'inside', 'out']) raw.put(key, '1');

    expect((await all(objects, 1, 'in/')).flatMap(keysOf)).toEqual(['in/a', 'in/b']);
  });

  it('comes whole and once however it is cut into pages and lists', async () => {
    const action = fc.record({
      key: fc.constantFrom('a', 'b', 'b/c', 'd', 'é', '😀'),
      kind: fc.constantFrom('put', 'put', 'mark'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { maxLength: 25 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        async (actions, page, most) => {
          const { objects, raw, s3 } = aGate();
          for (const { key, kind } of actions)
            if (kind === 'put') raw.put(key, 'x');
            else raw.mark(key);
          const wanted = raw
            .keys()
            .filter((key) => raw.latest(key))
            .map((key) => raw.versions(key).filter(({ marker }) => !marker))
            .map((versions) => versions.map(({ versionId }) => versionId));
          s3.perPage = page;

          const lists = await all(objects, most);

          const seen = lists.flat().map((each) => each.raw.versionId);
          expect(seen).toEqual(wanted.flat());
          const whole = lists.map((list) => new Set(keysOf(list)));
          expect(whole.reduce((sum, keys) => sum + keys.size, 0)).toBe(wanted.length);
          const tooMany = lists.filter((list, at) => list.length > most && whole[at]!.size > 1);
          expect(tooMany).toEqual([]);
        },
      ),
    );
  });
});

describe('prefixes and quiet time', () => {
  it('are the first parts of keys, over all pages, each once', async () => {
    const { objects, stage, s3 } = aGate();
    s3.perPage = 1;
    for (const run of ['gate-1', 'gate-2', 'gate-3'])
      for (const key of ['a', 'b', 'c']) stage.put(`${run}/000001/${key}`, '1');

    expect(await objects.prefixes('stage')).toEqual(['gate-1/', 'gate-2/', 'gate-3/']);
    expect(await objects.prefixes('review')).toEqual([]);
  });

  it('D29: nothing of another run is listed or read to find runs', async () => {
    const { objects, stage, s3 } = aGate();
    for (const key of ['a', 'b', 'c']) stage.put(`gate-1/000001/${key}`, '1');

    await objects.prefixes('stage');

    expect(s3.calls).toMatchObject([{ name: 'ListObjectsV2', input: { Delimiter: '/' } }]);
  });

  it('is told by the newest object below the prefix', async () => {
    const { objects, raw, s3 } = aGate();
    s3.perPage = 1;
    raw.put('in/a', '1', { modified: new Date('2026-11-02T08:00:00Z') });
    raw.put('in/b', '1', { modified: new Date('2026-11-02T08:30:00Z') });
    raw.put('in/c', '1', { modified: new Date('2026-11-02T07:00:00Z') });
    raw.put('out', '1');

    expect(await objects.quietSince('in/')).toBe('2026-11-02T08:30:00.000Z');
    expect(await objects.quietSince('nothing/')).toBeUndefined();
  });

  it('fails aloud where the bucket is not there', async () => {
    const { objects, s3 } = aGate();
    s3.fail('ListObjectVersions', new Error('no such bucket'));

    await expect(objects.listRaw('', undefined, 1)).rejects.toThrow('no such bucket');
  });
});
