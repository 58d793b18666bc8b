interface S3Request {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

// Sub-resource in the query → noun of the IAM action.
const bucketNouns: readonly (readonly [string, string])[] = [
  ['policyStatus', 'BucketPolicyStatus'],
  ['policy', 'BucketPolicy'],
  ['publicAccessBlock', 'BucketPublicAccessBlock'],
  ['encryption', 'EncryptionConfiguration'],
  ['versioning', 'BucketVersioning'],
  ['acl', 'BucketAcl'],
  ['tagging', 'BucketTagging'],
  ['lifecycle', 'LifecycleConfiguration'],
  ['logging', 'BucketLogging'],
  ['object-lock', 'BucketObjectLockConfiguration'],
  ['ownershipControls', 'BucketOwnershipControls'],
  ['notification', 'BucketNotification'],
  ['location', 'BucketLocation'],
  ['cors', 'BucketCORS'],
  ['replication', 'ReplicationConfiguration'],
  ['website', 'BucketWebsite'],
];

const objectNouns: readonly (readonly [string, string])[] = [
  ['tagging', 'ObjectTagging'],
  ['acl', 'ObjectAcl'],
  ['retention', 'ObjectRetention'],
  ['legal-hold', 'ObjectLegalHold'],
  ['attributes', 'ObjectAttributes'],
];

const nounIn = (
  nouns: readonly (readonly [string, string])[],
  query: URLSearchParams,
): string | undefined => nouns.find(([key]) => query.has(key))?.[1];

const bucketAction = (method: string, query: URLSearchParams): string => {
  const noun = nounIn(bucketNouns, query);
  if (noun) {
    if (method === 'GET') return `Get${noun}`;
    // Deleting a sub-resource is the same permission as writing it, but for these two.
    const own = noun === 'BucketPolicy' || noun === 'BucketWebsite';
    return method === 'DELETE' && own ? `Delete${noun}` : `Put${noun}`;
  }
  if (query.has('versions')) return 'ListBucketVersions';
  if (query.has('uploads')) return 'ListBucketMultipartUploads';
  if (method === 'POST' && query.has('delete')) return 'DeleteObjects';
  if (method === 'PUT') return 'CreateBucket';
  return method === 'DELETE' ? 'DeleteBucket' : 'ListBucket';
};

const objectAction = (method: string, query: URLSearchParams): string => {
  const version = query.has('versionId') ? 'Version' : '';
  const noun = nounIn(objectNouns, query);
  if (noun) {
    const verb = method === 'GET' ? 'Get' : method === 'DELETE' ? 'Delete' : 'Put';
    return version && noun === 'ObjectTagging' ? `${verb}ObjectVersionTagging` : `${verb}${noun}`;
  }
  if (method === 'GET' && query.has('uploadId')) return 'ListMultipartUploadParts';
  if (method === 'DELETE' && query.has('uploadId')) return 'AbortMultipartUpload';
  if (method === 'GET' || method === 'HEAD') return `GetObject${version}`;
  return method === 'DELETE' ? `DeleteObject${version}` : 'PutObject';
};

/** S3 Control signs as S3, and has paths that no bucket can have. */
export const isS3Control = (url: URL): boolean => url.pathname.startsWith('/v20180820/');

/** Deleting the account's block is the same permission as writing it. */
const controlAction = (method: string, url: URL): string =>
  url.pathname === '/v20180820/configuration/publicAccessBlock'
    ? `${method === 'GET' ? 'Get' : 'Put'}AccountPublicAccessBlock`
    : `${method} ${url.pathname}`;

/** The IAM action of a path-style S3 request. */
export const s3Action = ({ method, url }: S3Request): string => {
  if (isS3Control(url)) return controlAction(method, url);
  const [bucket, ...key] = url.pathname.slice(1).split('/');
  if (!bucket) return 'ListAllMyBuckets';
  return key.join('/') === ''
    ? bucketAction(method, url.searchParams)
    : objectAction(method, url.searchParams);
};

/** What a write needs beside its own action: its source is read, and tags that it brings are a permission of their own. */
export const s3Also = ({ method, url, headers }: S3Request): string[] => {
  if (!/^(PUT|POST)$/.test(method) || url.searchParams.has('tagging')) return [];
  const source = headers['x-amz-copy-source'];
  const version = String(source ?? '').includes('?versionId=') ? 'Version' : '';
  const isPart = url.searchParams.has('partNumber');
  const keepsTags = !isPart && headers['x-amz-tagging-directive'] !== 'REPLACE';
  return [
    ...(source ? [`GetObject${version}`] : []),
    ...(source && keepsTags ? [`GetObject${version}Tagging`, 'PutObjectTagging'] : []),
    ...(headers['x-amz-tagging'] ? ['PutObjectTagging'] : []),
  ];
};
