import { objectActions } from '../../../src/aws/gate/permissions';
import { aGate, buckets, hostileKeys, listedAsCopies, mark } from './buckets';

type Asked = Readonly<Record<string, unknown>>;

/** What IAM asks for at each call, as the service authorization reference says. */
const asked: Record<string, (input: Asked) => readonly string[]> = {
  ListObjectVersions: () => ['s3:ListBucketVersions'],
  ListObjectsV2: () => ['s3:ListBucket'],
  HeadObject: ({ VersionId }) => [VersionId ? 's3:GetObjectVersion' : 's3:GetObject'],
  GetObjectTagging: ({ VersionId }) => [
    VersionId ? 's3:GetObjectVersionTagging' : 's3:GetObjectTagging',
  ],
  CopyObject: () => [
    's3:GetObjectVersion',
    's3:GetObjectVersionTagging',
    's3:PutObject',
    's3:PutObjectTagging',
  ],
  UploadPartCopy: () => ['s3:GetObjectVersion', 's3:PutObject'],
  CreateMultipartUpload: () => ['s3:PutObject', 's3:PutObjectTagging'],
  CompleteMultipartUpload: () => ['s3:PutObject'],
  AbortMultipartUpload: () => ['s3:AbortMultipartUpload'],
  DeleteObject: ({ VersionId }) => [VersionId ? 's3:DeleteObjectVersion' : 's3:DeleteObject'],
  DeleteObjects: () => ['s3:DeleteObjectVersion'],
};

it('D28: all that is called, with tagged and large objects too, is declared, and no more', async () => {
  const { objects, raw, s3 } = aGate();
  for (const key of hostileKeys) raw.put(key, 'x', { tags: { owner: 'sales' } });
  raw.put('big', { size: 6 * 1024 ** 3 });
  const copies = await listedAsCopies(objects, { tags: { [mark]: 'run.ref' } });
  s3.fail('UploadPartCopy', new Error('network'));
  await expect(objects.copy('raw', 'stage', copies, false)).rejects.toThrow('network');
  await objects.copy('raw', 'stage', copies, true);
  await objects.markOf('stage', 'big');
  await objects.prefixes('stage');
  await objects.remove(
    'raw',
    copies.map(({ source }) => source),
  );

  const used = s3.calls.flatMap(({ name, input }) => asked[name]?.(input) ?? [`unknown ${name}`]);

  expect([...new Set(used)].sort()).toEqual(
    [...new Set(Object.values(objectActions).flat())].sort(),
  );
  expect(s3.bucket(buckets.raw).keys()).toEqual([]);
});
