import type { Version } from '../../domain/gate/object';

/** S3 writes ETags with quotes, Macie without: ours have none. */
export const bareEtag = (etag = ''): string => etag.replaceAll('"', '');

/** What S3 says of a version; objects from before versioning, and of a bucket without, have the version `null`. */
export const versionOf = (
  key: string,
  said: { VersionId?: string | undefined; ETag?: string | undefined },
): Version => ({ key, versionId: said.VersionId ?? 'null', etag: bareEtag(said.ETag) });

/** Exactly these bytes, whatever its key is made of (D26, D27). */
export const copySource = (bucket: string, { key, versionId, etag }: Version) => ({
  CopySource: `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}?versionId=${encodeURIComponent(versionId)}`,
  CopySourceIfMatch: `"${etag}"`,
});

/** Keys may hold what XML cannot, so lists are asked for encoded; `+` is a space there. */
export const decoded = (text: string, encoding: string | undefined): string =>
  encoding === 'url' ? decodeURIComponent(text.replaceAll('+', ' ')) : text;
