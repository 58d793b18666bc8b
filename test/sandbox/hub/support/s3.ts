import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Stored {
  body: Buffer;
  tags: Record<string, string>;
}

export interface S3Stub {
  url: string;
  put: (bucket: string, key: string, body: string | Buffer, tags?: Record<string, string>) => void;
  keys: (bucket: string) => string[];
  get: (bucket: string, key: string) => Buffer;
  remove: (bucket: string, key: string) => void;
  close: () => Promise<void>;
}

const modified = new Date('2026-11-01T10:00:00Z');
const etag = (body: Buffer): string => createHash('md5').update(body).digest('hex');

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** Just enough S3 for a classification job, in memory: lists in pages of two, so that paging is used. */
export async function s3Stub(): Promise<S3Stub> {
  const buckets = new Map<string, Map<string, Stored>>();
  const bucketOf = (name: string): Map<string, Stored> => {
    const bucket = buckets.get(name) ?? new Map<string, Stored>();
    buckets.set(name, bucket);
    return bucket;
  };
  const xml = (response: ServerResponse, status: number, text: string): void => {
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(`<?xml version="1.0"?>${text}`);
  };
  const missing = (response: ServerResponse, code: string): void =>
    xml(response, 404, `<Error><Code>${code}</Code><Message>none</Message></Error>`);

  const list = (response: ServerResponse, bucket: Map<string, Stored>, query: URLSearchParams) => {
    const all = [...bucket.entries()].toSorted(([left], [right]) => (left < right ? -1 : 1));
    const start = Number(query.get('continuation-token') ?? 0);
    const next = start + 2 < all.length ? start + 2 : undefined;
    const contents = all
      .slice(start, start + 2)
      .map(
        ([key, { body }]) =>
          `<Contents><Key>${key}</Key><Size>${body.length}</Size><LastModified>${modified.toISOString()}</LastModified></Contents>`,
      );
    const token =
      next === undefined ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`;
    xml(response, 200, `<ListBucketResult>${contents.join('')}${token}</ListBucketResult>`);
  };

  const object = (response: ServerResponse, stored: Stored, isHead: boolean): void => {
    response.writeHead(200, {
      etag: `"${etag(stored.body)}"`,
      'content-length': stored.body.length,
      'last-modified': modified.toUTCString(),
      'x-amz-version-id': 'v1',
    });
    response.end(isHead ? undefined : stored.body);
  };

  const accept = async (
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    key: string,
  ): Promise<void> => {
    bucketOf(name).set(key, { body: await read(request), tags: {} });
    response.end();
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://s3');
    const [, name = '', ...rest] = decodeURIComponent(url.pathname).split('/');
    const key = rest.join('/');
    if (request.method === 'PUT') {
      void accept(request, response, name, key);
      return;
    }
    const bucket = buckets.get(name);
    const stored = bucket?.get(key);
    if (name === '') {
      const names = [...buckets.keys()].map((each) => `<Bucket><Name>${each}</Name></Bucket>`);
      xml(
        response,
        200,
        `<ListAllMyBucketsResult><Buckets>${names.join('')}</Buckets></ListAllMyBucketsResult>`,
      );
    } else if (!bucket) missing(response, 'NoSuchBucket');
    else if (url.searchParams.has('list-type')) list(response, bucket, url.searchParams);
    else if (!stored) missing(response, 'NoSuchKey');
    else if (url.searchParams.has('tagging')) {
      const tags = Object.entries(stored.tags).map(
        ([tag, value]) => `<Tag><Key>${tag}</Key><Value>${value}</Value></Tag>`,
      );
      xml(response, 200, `<Tagging><TagSet>${tags.join('')}</TagSet></Tagging>`);
    } else object(response, stored, request.method === 'HEAD');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    put: (name, key, body, tags = {}) => {
      bucketOf(name).set(key, { body: Buffer.from(body), tags });
    },
    keys: (name) => [...bucketOf(name).keys()],
    get: (name, key) => bucketOf(name).get(key)?.body ?? Buffer.alloc(0),
    remove: (name, key) => {
      bucketOf(name).delete(key);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
