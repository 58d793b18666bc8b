import {
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Cursor, RawVersion } from '../../app/gate/ports';
import { decoded, versionOf } from './versions';

/** The most that S3 lists at once. */
const perPage = 1000;
/** A ref has room for this many in a batch; a key that has more versions is the only one that is split. */
const mostOfOneKey = 9000;

interface Page {
  /** In order of keys, newest first within one. */
  versions: RawVersion[];
  /** Keys whose newest version is a delete marker. */
  hidden: ReadonlySet<string>;
  next?: Cursor;
}

const readPage = (page: ListObjectVersionsCommandOutput): Page => {
  const text = (encoded = ''): string => decoded(encoded, page.EncodingType);
  const versions = (page.Versions ?? []).map((each) => ({
    raw: versionOf(text(each.Key), each),
    size: each.Size ?? 0,
    modified: (each.LastModified ?? new Date(0)).toISOString(),
    ...(each.StorageClass && { storageClass: each.StorageClass }),
    latest: each.IsLatest === true,
  }));
  const markers = (page.DeleteMarkers ?? []).filter(({ IsLatest }) => IsLatest);
  return {
    versions,
    hidden: new Set(markers.map(({ Key }) => text(Key))),
    ...(page.IsTruncated && {
      next: { key: text(page.NextKeyMarker), versionId: page.NextVersionIdMarker ?? '' },
    }),
  };
};

/**
 * Whole keys, so that nobody takes an older version for the newest one. A cursor without a version id is after all versions of
 * its key: the versions themselves may be gone by the time it is used.
 */
export const listRaw = async (
  s3: S3Client,
  Bucket: string,
  prefix: string,
  after: Cursor | undefined,
  most: number,
): Promise<{ versions: RawVersion[]; next?: Cursor }> => {
  const whole: RawVersion[] = [];
  let open: RawVersion[] = [];
  let hidden: string | undefined;
  const inside = after?.versionId ? after.key : undefined;
  const upToHere = () => {
    const key = whole.at(-1)?.raw.key;
    return { versions: whole, ...(key !== undefined && { next: { key, versionId: '' } }) };
  };

  for (let from = after; ;) {
    const page = readPage(
      await s3.send(
        new ListObjectVersionsCommand({
          Bucket,
          Prefix: prefix,
          EncodingType: 'url',
          MaxKeys: Math.min(perPage, most + 1),
          ...(from && { KeyMarker: from.key }),
          ...(from?.versionId && { VersionIdMarker: from.versionId }),
        }),
      ),
    );
    for (const each of page.versions) {
      const { key, versionId } = each.raw;
      if (open[0] && open[0].raw.key !== key) {
        whole.push(...open);
        open = [];
        if (whole.length >= most) return upToHere();
      }
      if (key === hidden || page.hidden.has(key)) continue;
      // Newer ones of it may be gone since the cursor was made: what is left is still not the newest.
      open.push(key === inside ? { ...each, latest: false } : each);
      if (whole.length > 0 && whole.length + open.length > most) return upToHere();
      if (open.length >= mostOfOneKey) return { versions: open, next: { key, versionId } };
    }
    hidden = page.next && page.hidden.has(page.next.key) ? page.next.key : hidden;
    if (!page.next) return { versions: [...whole, ...open] };
    // All that is left of a hidden key need not be listed.
    from = page.next.key === hidden ? { key: hidden, versionId: '' } : page.next;
  }
};

/** Page by page: memory stays flat. */
export async function* pages(
  s3: S3Client,
  asked: ListObjectsV2CommandInput,
): AsyncGenerator<ListObjectsV2CommandOutput> {
  let token: string | undefined;
  do {
    const page: ListObjectsV2CommandOutput = await s3.send(
      new ListObjectsV2Command({
        EncodingType: 'url',
        ...asked,
        ...(token && { ContinuationToken: token }),
      }),
    );
    yield page;
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token);
}

export const prefixesOf = async (s3: S3Client, Bucket: string): Promise<string[]> => {
  const found: string[] = [];
  for await (const { CommonPrefixes = [], EncodingType } of pages(s3, { Bucket, Delimiter: '/' }))
    found.push(...CommonPrefixes.map(({ Prefix = '' }) => decoded(Prefix, EncodingType)));
  return found;
};

/** When the newest object below it was written, in ISO. */
export const newestBelow = async (
  s3: S3Client,
  Bucket: string,
  Prefix: string,
): Promise<string | undefined> => {
  let newest = 0;
  for await (const { Contents = [] } of pages(s3, { Bucket, Prefix }))
    for (const { LastModified } of Contents)
      newest = Math.max(newest, LastModified?.getTime() ?? 0);
  return newest ? new Date(newest).toISOString() : undefined;
};
