import { gzipSync } from 'node:zlib';
import { readResults, resultFiles } from '../../../src/aws/gate/results';
import { MemoryS3Gate } from '../../support/memory-s3-gate';

const stage = 'stage-bucket';
const record = (key: string, result: object = {}, bucket = stage) => ({
  resourcesAffected: {
    s3Bucket: { name: bucket },
    s3Object: { key, eTag: 'e1', versionId: 'v1', size: 1 },
  },
  classificationDetails: {
    result: { status: { code: 'COMPLETE' }, sensitiveData: [], ...result },
  },
});

const aFile = (text: string | Buffer) => {
  const s3 = new MemoryS3Gate('results');
  s3.bucket('results').put('file', typeof text === 'string' ? gzipSync(text) : text);
  return { s3, read: () => readResults(s3.client, 'results', 'file', stage) };
};
const lines = (...records: object[]): string =>
  records.map((each) => `${JSON.stringify(each)}\n`).join('');

describe('discovery results', () => {
  it('are read line by line, with letters that are cut in two', async () => {
    const keys = Array.from({ length: 300 }, (_, at) => `run/000001/ü日😀-${at}`);
    const { read } = aFile(lines(...keys.map((key) => record(key))));

    expect((await read()).map(({ staged }) => staged)).toEqual(keys);
  });

  it('need no last line break, and empty files say nothing', async () => {
    expect(await aFile(JSON.stringify(record('a'))).read()).toHaveLength(1);
    expect(await aFile('').read()).toEqual([]);
  });

  it('D4: of another bucket are not ours', async () => {
    const { read } = aFile(lines(record('a', {}, 'another-bucket'), record('b')));

    expect((await read()).map(({ staged }) => staged)).toEqual(['b']);
  });

  it.each([
    [{ status: { code: 'COMPLETE' } }, { status: 'COMPLETE' }],
    [
      { status: { code: 'PARTIAL', reason: 'ARCHIVE_EXCEEDS_SIZE_LIMIT' } },
      { status: 'PARTIAL', code: 'ARCHIVE_EXCEEDS_SIZE_LIMIT' },
    ],
    [
      { status: { code: 'SKIPPED', reason: 'INVALID_KMS_KEY' } },
      { status: 'SKIPPED', code: 'INVALID_KMS_KEY' },
    ],
    [{ status: { code: 'NEW_ONE' } }, { status: 'UNKNOWN', code: 'NEW_ONE' }],
    [{ status: undefined }, { status: 'UNKNOWN' }],
  ])('say how far it was read: %j', async (result, expected) => {
    const [proof] = await aFile(lines(record('a', result))).read();

    expect(proof).toEqual({
      staged: 'a',
      versionId: 'v1',
      etag: 'e1',
      detected: [],
      from: 'file',
      ...expected,
    });
  });

  it('count managed and custom kinds, most frequent first, the same kind once', async () => {
    const result = {
      sensitiveData: [
        { category: 'PERSONAL_INFORMATION', detections: [{ type: 'NAME', count: 2 }] },
        { category: 'FINANCIAL_INFORMATION', detections: [{ type: 'NAME', count: 3 }] },
      ],
      customDataIdentifiers: {
        totalCount: 9,
        detections: [{ arn: 'id', name: 'staff', count: 9 }],
      },
    };
    const [proof] = await aFile(lines(record('a', result))).read();

    expect(proof?.detected).toEqual([
      { type: 'staff', count: 9 },
      { type: 'NAME', count: 5 },
    ]);
  });

  it.each([
    ['a category', { sensitiveData: [{ category: 'CREDENTIALS', totalCount: 2 }] }, 'CREDENTIALS'],
    ['custom ones', { customDataIdentifiers: { totalCount: 2 } }, 'custom identifier'],
  ])('that count %s without details still found something', async (_, result, type) => {
    const [proof] = await aFile(lines(record('a', result))).read();

    expect(proof?.detected).toEqual([{ type, count: 2 }]);
  });

  it.each([
    ['is no JSON', `${lines(record('a'))}{"half":\n${lines(record('b'))}`],
    [
      'names no object',
      `${lines(record('a'))}${JSON.stringify({ ...record('b'), resourcesAffected: {} })}`,
    ],
    ['is JSON of something else', `${lines(record('a'))}[]`],
  ])('throw where a line %s, and do not quote it', async (_, text) => {
    await expect(aFile(text).read()).rejects.toThrow('line 2 of file is no discovery result');
  });

  it.each([
    ['cut off', gzipSync(lines(...Array.from({ length: 50 }, () => record('a')))).subarray(0, 90)],
    ['not gzip', Buffer.from(lines(record('a')))],
    ['not text', gzipSync(Buffer.from([0x7b, 0xff, 0xfe, 0x0a]))],
  ])('throw where the file is %s', async (_, bytes) => {
    await expect(aFile(bytes).read()).rejects.toThrow(
      /unexpected end of file|incorrect header check|not valid/,
    );
  });

  it('are listed in order, after the last one that was read, fifty at most', async () => {
    const s3 = new MemoryS3Gate('results');
    s3.perPage = 7;
    const names = Array.from(
      { length: 60 },
      (_, at) => `job/${String(at).padStart(2, '0')}.jsonl.gz`,
    );
    for (const name of [...names, 'job/note.txt', 'other/00.jsonl.gz'])
      s3.bucket('results').put(name, 'x');

    const first = await resultFiles(s3.client, 'results', 'job/', undefined);
    const rest = await resultFiles(s3.client, 'results', 'job/', first.at(-1));

    expect(first).toEqual(names.slice(0, 50));
    expect(rest).toEqual(names.slice(50));
  });
});
