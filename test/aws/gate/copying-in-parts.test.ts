import { s3Error } from '../../support/memory-s3-bucket';
import { aGate, copyOf, listedAsCopies, mark } from './buckets';

const tags = { [mark]: 'gate-0000000000.000001-0000' };

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
