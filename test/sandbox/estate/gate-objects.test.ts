import {
  CopyObjectCommand,
  CreateBucketCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  type ListObjectVersionsCommandOutput,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { botAccount } from '../../../sandbox/estate';
import { asAccount } from '../../../sandbox/stack';
import type { Cursor, GateObjects, RawVersion } from '../../../src/app/gate/ports';
import { gateObjects } from '../../../src/aws/gate/objects';
import { buckets, copyOf, hostileKeys, mark } from '../../aws/gate/buckets';
import { startLocalAws, type LocalAws } from './local-aws';

jest.setTimeout(60_000);

/** The same as against S3 in memory, over HTTP: headers, queries and XML are real. */
describe('the gate’s objects on an S3 behind HTTP', () => {
  let aws: LocalAws;
  let s3: S3Client;
  let objects: GateObjects;
  const put = (Key: string, Body: string, more: Partial<PutObjectCommandInput> = {}) =>
    s3.send(new PutObjectCommand({ Bucket: buckets.raw, Key, Body, ...more }));
  const listed = async (prefix: string, most = 100): Promise<RawVersion[]> => {
    const all: RawVersion[] = [];
    for (let after: Cursor | undefined; ;) {
      const { versions, next } = await objects.listRaw(prefix, after, most);
      all.push(...versions);
      if (!next) return all;
      after = next;
    }
  };

  beforeAll(async () => {
    aws = await startLocalAws();
    s3 = new S3Client({ ...asAccount(aws.edge.url, botAccount), forcePathStyle: true });
    objects = gateObjects(s3, buckets);
    for (const Bucket of Object.values(buckets)) await s3.send(new CreateBucketCommand({ Bucket }));
    for (let at = 0; at < 5; at += 1) await put(`null/${at}`, 'before versioning');
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    for (const Bucket of Object.values(buckets))
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  });
  afterAll(async () => {
    s3.destroy();
    await aws.close();
  });

  it('from before versioning are on one page of S3 only', async () => {
    const asked = { Bucket: buckets.raw, Prefix: 'null/', MaxKeys: 2 };
    const keys: (string | undefined)[] = [];
    let page: ListObjectVersionsCommandOutput | undefined;
    do {
      const next = { KeyMarker: page?.NextKeyMarker, VersionIdMarker: page?.NextVersionIdMarker };
      page = await s3.send(new ListObjectVersionsCommand({ ...asked, ...next }));
      keys.push(...(page.Versions ?? []).map(({ Key }) => Key));
    } while (page.IsTruncated && keys.length < 20);

    expect(keys).toEqual([0, 1, 2, 3, 4].map((at) => `null/${at}`));
  });

  it('from before versioning are listed once, copied and removed', async () => {
    const versions = await listed('null/', 1);
    expect(versions.map(({ raw }) => [raw.key, raw.versionId])).toEqual(
      [0, 1, 2, 3, 4].map((at) => [`null/${at}`, 'null']),
    );

    const copied = await objects.copy(
      'raw',
      'stage',
      versions.map((each) => copyOf(each)),
      false,
    );
    await objects.remove(
      'raw',
      versions.map(({ raw }) => raw),
    );

    expect(copied.map(({ kind }) => kind)).toEqual(versions.map(() => 'copied'));
    expect(await listed('null/')).toEqual([]);
  });

  it('keep tags, metadata and class, and take ours', async () => {
    await put('kept.csv', 'x', {
      Tagging: 'owner=sales&a%20b=c%2Bd',
      Metadata: { 'x-id': '7' },
      ContentType: 'text/csv',
      StorageClass: 'STANDARD_IA',
    });
    const [version] = await listed('kept.csv');
    const tags = { [mark]: 'gate-0000000000.000001-0000' };

    await objects.copy('raw', 'released', [copyOf(version!, { to: 'kept.csv', tags })], false);

    const at = { Bucket: buckets.released, Key: 'kept.csv' };
    expect(await s3.send(new HeadObjectCommand(at))).toMatchObject({
      Metadata: { 'x-id': '7' },
      ContentType: 'text/csv',
      StorageClass: 'STANDARD_IA',
    });
    const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand(at));
    expect(Object.fromEntries(TagSet.map(({ Key = '', Value }) => [Key, Value]))).toEqual({
      owner: 'sales',
      'a b': 'c+d',
      ...tags,
    });
    expect(await objects.markOf('released', 'kept.csv')).toBe(tags[mark]);
  });

  it('D26, D27: are copied and removed by version while the key is written over', async () => {
    await put('over', 'first');
    const versions = await listed('over');
    await put('over', 'second');

    const [copied] = await objects.copy(
      'raw',
      'stage',
      versions.map((each) => copyOf(each)),
      false,
    );
    await objects.remove(
      'raw',
      versions.map(({ raw }) => raw),
    );

    expect(copied).toMatchObject({ kind: 'copied', version: { etag: versions[0]!.raw.etag } });
    expect((await listed('over')).map(({ size, latest }) => [size, latest])).toEqual([[6, true]]);
    const again = await objects.copy(
      'raw',
      'quarantine',
      versions.map((each) => copyOf(each)),
      false,
    );
    expect(again).toEqual([{ kind: 'gone' }]);
  });

  it('D27: are not copied where the ETag is another', async () => {
    await put('etag', 'x');
    const [version] = await listed('etag');
    const source = { ...version!.raw, etag: '0'.repeat(32) };

    const copied = await objects.copy('raw', 'stage', [copyOf(version!, { source })], false);

    expect(copied).toEqual([{ kind: 'gone' }]);
  });

  it('take no more than ten tags, which a copy must know itself', async () => {
    await put('tagged', 'x');
    const Tagging = [...'abcdefghijk'].map((name) => `${name}=x`).join('&');
    const asked = { Bucket: buckets.stage, Key: 'tagged', CopySource: `${buckets.raw}/tagged` };

    const copied = s3.send(
      new CopyObjectCommand({ ...asked, TaggingDirective: 'REPLACE', Tagging }),
    );

    await expect(copied).rejects.toThrow('cannot be greater than 10');
  });

  it.each(hostileKeys)('take the key %j as it is', async (key) => {
    await put(key, 'x');
    const versions = await listed(key);
    expect(versions.map(({ raw }) => raw.key)).toEqual([key]);
    const copies = versions.map((each) => copyOf(each));

    const copied = await objects.copy('raw', 'stage', copies, false);
    const again = await objects.copy('raw', 'stage', copies, true);
    await objects.remove(
      'raw',
      versions.map(({ raw }) => raw),
    );

    expect(copied).toMatchObject([{ kind: 'copied', version: { key: copies[0]!.to } }]);
    expect(again).toEqual(copied);
    expect(await listed(key)).toEqual([]);
  });
});
