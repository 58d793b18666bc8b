import type { IncomingMessage } from 'node:http';
import { isJson, parseJson, type Json } from '../json';

const most = 8 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > most) throw new Error('body too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

export const isJsonType = (request: IncomingMessage): boolean =>
  (request.headers['content-type'] ?? '').startsWith('application/json');

/** Arguments of a Web API call, from a form or a JSON body, and from the query. */
export async function readArguments(request: IncomingMessage, url: URL): Promise<Json> {
  const query = Object.fromEntries(url.searchParams);
  const body = (await readBody(request)).toString('utf8');
  if (!isJsonType(request)) return { ...query, ...Object.fromEntries(new URLSearchParams(body)) };
  const parsed = parseJson(body);
  return isJson(parsed) ? { ...query, ...parsed } : query;
}
