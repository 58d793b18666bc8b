import type {
  ListObjectsV2CommandInput,
  ListObjectsV2CommandOutput,
  ListObjectVersionsCommandInput,
  ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import type { MemoryBucketOfVersions, StoredVersion } from './memory-s3-bucket';

type Answer<T> = Omit<T, '$metadata'>;

/** As S3 writes keys where EncodingType is `url`: a space is a plus. */
const encode = (text: string, encoding: string | undefined): string =>
  encoding === 'url'
    ? encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+')
    : text;

const after = (a: string, b: string): boolean => Buffer.compare(Buffer.from(a), Buffer.from(b)) > 0;

/** Ids grow with time, so a marker whose version is gone still has its place. */
const behind = (all: readonly StoredVersion[], versionId: string): readonly StoredVersion[] => {
  const at = all.findIndex((each) => each.versionId === versionId);
  return at < 0 ? all.filter((each) => each.versionId < versionId) : all.slice(at + 1);
};

/** Pages of versions and delete markers together, newest first within a key; a page may end inside a key. */
export const listVersions = (
  bucket: MemoryBucketOfVersions,
  asked: ListObjectVersionsCommandInput,
  perPage: number,
): Answer<ListObjectVersionsCommandOutput> => {
  const { Prefix = '', KeyMarker = '', VersionIdMarker, EncodingType, MaxKeys = 1000 } = asked;
  const most = Math.min(perPage, MaxKeys);
  const Versions: NonNullable<ListObjectVersionsCommandOutput['Versions']> = [];
  const DeleteMarkers: NonNullable<ListObjectVersionsCommandOutput['DeleteMarkers']> = [];
  let last: { key: string; versionId: string } | undefined;
  for (const key of bucket.keys()) {
    const inside = key === KeyMarker && VersionIdMarker !== undefined;
    if (!key.startsWith(Prefix) || !(inside || KeyMarker === '' || after(key, KeyMarker))) continue;
    const all = bucket.versions(key);
    const rest = inside ? behind(all, VersionIdMarker ?? '') : all;
    for (const each of rest) {
      if (Versions.length + DeleteMarkers.length >= most)
        return {
          Versions,
          DeleteMarkers,
          ...(EncodingType && { EncodingType }),
          IsTruncated: true,
          NextKeyMarker: encode(last?.key ?? '', EncodingType),
          NextVersionIdMarker: last?.versionId,
        };
      const said = {
        Key: encode(key, EncodingType),
        VersionId: each.versionId,
        IsLatest: each === all[0],
        LastModified: each.modified,
      };
      if (each.marker) DeleteMarkers.push(said);
      else
        Versions.push({
          ...said,
          ETag: `"${each.etag}"`,
          Size: each.size,
          // The SDK types the only class that versions could have once.
          StorageClass: (each.storageClass ?? 'STANDARD') as 'STANDARD',
        });
      last = { key, versionId: each.versionId };
    }
  }
  return { Versions, DeleteMarkers, ...(EncodingType && { EncodingType }), IsTruncated: false };
};

/** Pages of what stands there now, or of what follows the prefix up to the delimiter. */
export const listObjects = (
  bucket: MemoryBucketOfVersions,
  asked: ListObjectsV2CommandInput,
  perPage: number,
): Answer<ListObjectsV2CommandOutput> => {
  const { Prefix = '', Delimiter, EncodingType, MaxKeys = 1000, StartAfter = '' } = asked;
  const from = asked.ContinuationToken ?? StartAfter;
  const Contents: NonNullable<ListObjectsV2CommandOutput['Contents']> = [];
  const groups = new Set<string>();
  let last = '';
  for (const key of bucket.keys()) {
    const version = bucket.latest(key);
    if (!version || !key.startsWith(Prefix) || (from !== '' && !after(key, from))) continue;
    const cut = Delimiter ? key.indexOf(Delimiter, Prefix.length) : -1;
    const group = cut < 0 ? undefined : key.slice(0, cut + 1);
    if (group !== undefined && (groups.has(group) || from.startsWith(group))) {
      last = key;
      continue;
    }
    if (Contents.length + groups.size >= Math.min(perPage, MaxKeys)) {
      const CommonPrefixes = [...groups].map((each) => ({ Prefix: encode(each, EncodingType) }));
      const encoding = EncodingType && { EncodingType };
      return {
        Contents,
        CommonPrefixes,
        ...encoding,
        IsTruncated: true,
        NextContinuationToken: last,
      };
    }
    last = key;
    if (group !== undefined) groups.add(group);
    else
      Contents.push({
        Key: encode(key, EncodingType),
        Size: version.size,
        ETag: `"${version.etag}"`,
        LastModified: version.modified,
      });
  }
  return {
    Contents,
    CommonPrefixes: [...groups].map((each) => ({ Prefix: encode(each, EncodingType) })),
    ...(EncodingType && { EncodingType }),
    IsTruncated: false,
  };
};
