import { gunzipSync, gzipSync } from 'node:zlib';
import type { GateLists } from '../../../src/app/gate/ports';
import { gateBatches } from '../../../src/aws/gate/batches';
import { objectRef } from '../../../src/domain/gate/object';
import { GateRunId } from '../../../src/domain/ids';
import { s3Error } from '../../support/memory-s3-bucket';
import { MemoryS3Gate } from '../../support/memory-s3-gate';

const run = GateRunId.parse('gate-0000000000');
const ref = objectRef(1, 0);
const version = { key: 'a', versionId: 'v1', etag: 'e1' };
const taken = [{ ref, raw: version, size: 1, modified: '2026-11-02T09:00:00.000Z' }];
const proof = (staged: string): GateLists['proofs'][number] => ({
  staged,
  versionId: 'v1',
  status: 'COMPLETE',
  detected: [],
  from: 'file',
});

const aShelf = () => {
  const s3 = new MemoryS3Gate('results');
  return { s3, bucket: s3.bucket('results'), batches: gateBatches(s3.client, 'results') };
};

describe('working lists', () => {
  it('come back as they were put, and lie gzipped below their run', async () => {
    const { batches, bucket } = aShelf();
    const staged = { [ref]: { version } };
    const judged = [
      { ...taken[0]!, staged: version, verdict: { kind: 'clean' as const, proof: 'file' } },
    ];

    await batches.put(run, 'taken', 1, taken);
    await batches.put(run, 'staged', 1, staged);
    await batches.put(run, 'judged', 1, judged);

    expect(await batches.get(run, 'taken', 1)).toEqual(taken);
    expect(await batches.get(run, 'staged', 1)).toEqual(staged);
    expect(await batches.get(run, 'judged', 1)).toEqual(judged);
    expect(bucket.keys()[2]).toBe('runs/gate-0000000000/taken/000001.json.gz');
    const bytes = bucket.latest('runs/gate-0000000000/taken/000001.json.gz')?.body;
    expect(JSON.parse(gunzipSync(bytes!).toString())).toEqual(taken);
  });

  it('stand as they were written first where two calls write them', async () => {
    const { batches, bucket } = aShelf();
    await batches.put(run, 'taken', 1, taken);
    await batches.put(run, 'taken', 1, []);
    await batches.put(run, 'taken', 2, []);
    await batches.put(run, 'taken', 2, taken);

    expect(await batches.get(run, 'taken', 1)).toEqual(taken);
    expect(await batches.get(run, 'taken', 2)).toEqual([]);
    expect(bucket.keys()).toHaveLength(2);
  });

  it('that were never put are not there', async () => {
    const { batches } = aShelf();

    expect(await batches.get(run, 'taken', 2)).toBeUndefined();
    expect(await batches.parts(run, 'proofs', 2)).toEqual([]);
  });

  it('of one batch are all parts together, over all pages, and nothing of the next batch', async () => {
    const { batches, s3 } = aShelf();
    s3.perPage = 1;
    await batches.put(run, 'proofs', 1, [proof('a')], 'one');
    await batches.put(run, 'proofs', 1, [proof('b'), proof('c')], 'AWSLogs/1/Macie/x.jsonl.gz');
    await batches.put(run, 'proofs', 10, [proof('d')], 'one');

    const all = await batches.parts(run, 'proofs', 1);

    expect(all.map(({ staged }) => staged).sort()).toEqual(['a', 'b', 'c']);
  });

  it('put again are the same, under a name of ours', async () => {
    const { batches, bucket } = aShelf();
    const part = '../../escape';
    await batches.put(run, 'found', 1, [], part);
    const found = { ...proof('a'), id: 'f1', severity: 'high' as const, archived: false };
    const { status: _, from: __, ...rest } = found;

    await batches.put(run, 'found', 1, [rest], part);

    expect(await batches.parts(run, 'found', 1)).toEqual([rest]);
    expect(bucket.keys()).toEqual([
      expect.stringMatching(/^runs\/gate-0000000000\/found\/000001\/[0-9a-f]{64}\.json\.gz$/),
    ]);
  });

  it('that are spoilt are not read as something else', async () => {
    const { batches, bucket } = aShelf();
    const key = 'runs/gate-0000000000/taken/000001.json.gz';
    bucket.put(key, gzipSync(JSON.stringify([{ ref: 'not one' }])));
    await expect(batches.get(run, 'taken', 1)).rejects.toThrow('Invalid');
    bucket.put(key, gzipSync(JSON.stringify(taken)).subarray(0, 40));
    await expect(batches.get(run, 'taken', 1)).rejects.toThrow('unexpected end of file');
  });

  it('that may not be read are not missing', async () => {
    const { batches, s3 } = aShelf();
    s3.fail('GetObject', s3Error('AccessDenied', 403));

    await expect(batches.get(run, 'taken', 1)).rejects.toThrow('AccessDenied');
  });
});
