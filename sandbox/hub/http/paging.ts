import { createHash } from 'node:crypto';
import { Fault } from './fault';

interface Paged<Item> {
  items: Item[];
  nextToken?: string;
}

interface Request {
  token: string | undefined;
  size: number;
  /** The rest of the query: a token is only good for the query that made it. */
  query: unknown;
  fault: string;
}

/** Pages by offset: like the real service, it does not hold still while findings change between pages. */
export function page<Item>(all: Item[], { token, size, query, fault }: Request): Paged<Item> {
  const digest = createHash('sha256')
    .update(JSON.stringify(query ?? null))
    .digest('base64url')
    .slice(0, 16);
  let start = 0;
  if (token !== undefined && token !== '') {
    const [offset, mark] = Buffer.from(token, 'base64url').toString('utf8').split('.');
    if (mark !== digest || !/^\d+$/.test(offset ?? '')) throw new Fault(fault, 'Invalid NextToken');
    start = Number(offset);
  }
  const items = all.slice(start, start + size);
  const end = start + items.length;
  if (end >= all.length) return { items };
  return { items, nextToken: Buffer.from(`${end}.${digest}`).toString('base64url') };
}
