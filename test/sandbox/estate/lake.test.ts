import { Readable } from 'node:stream';
import { lake } from '../../../sandbox/estate';
import { detector } from '../../../sandbox/hub/macie/detect/detector';
import { managedIdentifiers } from '../../../sandbox/hub/macie/detect/managed';
import { readDocument } from '../../../sandbox/hub/macie/documents/read';

/** What Macie would say of a file, without a bucket. */
const seen = async (key: string, body: string | Buffer) => {
  const { take, detections } = detector(managedIdentifiers, () => false);
  const { code } = await readDocument(key, Readable.from([Buffer.from(body)]), take);
  if (code !== 'COMPLETE') return 'unproven';
  return detections().length > 0 ? 'sensitive' : 'clean';
};

describe('the lake', () => {
  it.each(lake)('$key is $is', async ({ key, body, is }) => {
    expect(await seen(key, body)).toBe(is);
  });

  it('holds each kind, one object with ten tags and one with metadata', () => {
    expect(new Set(lake.map(({ is }) => is))).toEqual(new Set(['clean', 'sensitive', 'unproven']));
    expect(lake.map(({ tags = {} }) => Object.keys(tags).length)).toContain(10);
    expect(lake.some(({ metadata }) => metadata)).toBe(true);
    expect(new Set(lake.map(({ key }) => key)).size).toBe(lake.length);
  });
});
