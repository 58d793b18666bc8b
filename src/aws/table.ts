import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type DynamoDBClient,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';

export interface Key {
  pk: string;
  sk: string;
}

/** An item of the one table. `kind` is what the stream is filtered by; `body` is the value, as the domain knows it. */
export interface Item extends Key {
  kind: string;
  body?: unknown;
  version?: number;
  /** Seconds since 1970 after which DynamoDB may delete it. */
  ttl?: number;
  [more: string]: unknown;
}

/** What a transaction wants of an item before it writes it. */
export type Wanted = 'absent' | 'any' | { version: number } | { hash: string };

/** The one table with the four verbs that we need. Reads are consistent. */
export class Table {
  readonly #client: DynamoDBClient;
  readonly #name: string;

  constructor(client: DynamoDBClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  async get(key: Key): Promise<Item | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#name, Key: marshall(key), ConsistentRead: true }),
    );
    return Item && (unmarshall(Item) as Item);
  }

  /** All items under one partition key whose sort key begins so, in order, all pages. */
  async list(pk: string, prefix: string): Promise<Item[]> {
    const items: Item[] = [];
    let ExclusiveStartKey: QueryCommand['input']['ExclusiveStartKey'];
    do {
      const page = await this.#client.send(
        new QueryCommand({
          TableName: this.#name,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
          ExpressionAttributeValues: marshall({ ':pk': pk, ':sk': prefix }),
          ConsistentRead: true,
          ...(ExclusiveStartKey && { ExclusiveStartKey }),
        }),
      );
      items.push(...(page.Items ?? []).map((item) => unmarshall(item) as Item));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return items;
  }

  async put(item: Item): Promise<void> {
    await this.#client.send(new PutItemCommand({ TableName: this.#name, Item: plain(item) }));
  }

  /** `false` when there is one already. */
  async putNew(item: Item): Promise<boolean> {
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#name,
          Item: plain(item),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
      return true;
    } catch (error) {
      if (isNamed(error, 'ConditionalCheckFailedException')) return false;
      throw error;
    }
  }

  /** Sets attributes; those in `once` keep the value that they already have. Answers with the whole item. */
  async set(
    key: Key,
    always: Record<string, unknown>,
    once: Record<string, unknown> = {},
  ): Promise<Item> {
    const all = Object.entries({ ...always, ...once }).filter(([, value]) => value !== undefined);
    const assign = all.map(([name], i) =>
      name in once ? `#${i} = if_not_exists(#${i}, :${i})` : `#${i} = :${i}`,
    );
    const { Attributes } = await this.#client.send(
      new UpdateItemCommand({
        TableName: this.#name,
        Key: marshall(key),
        UpdateExpression: `SET ${assign.join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(all.map(([name], i) => [`#${i}`, name])),
        ExpressionAttributeValues: plain(
          Object.fromEntries(all.map(([, value], i) => [`:${i}`, value])),
        ),
        ReturnValues: 'ALL_NEW',
      }),
    );
    return unmarshall(Attributes ?? {}) as Item;
  }

  /** All or nothing. Answers with the places, in order, whose wish was not met; `busy` when another transaction was in the way. */
  async transact(
    writes: readonly Write[],
  ): Promise<{ done: true } | { done: false; failed: number[]; busy: boolean }> {
    try {
      await this.#client.send(
        new TransactWriteItemsCommand({ TransactItems: writes.map((write) => this.#write(write)) }),
      );
      return { done: true };
    } catch (error) {
      if (!isNamed(error, 'TransactionCanceledException')) throw error;
      const codes = Cancelled.parse(error).CancellationReasons.map(({ Code }) => Code);
      const other = codes.find(
        (code) => code && !['None', 'ConditionalCheckFailed', 'TransactionConflict'].includes(code),
      );
      if (other) throw error;
      return {
        done: false,
        failed: codes.flatMap((code, index) => (code === 'ConditionalCheckFailed' ? [index] : [])),
        busy: codes.includes('TransactionConflict'),
      };
    }
  }

  #write(write: Write): TransactWriteItem {
    if ('remove' in write)
      return { Delete: { TableName: this.#name, Key: marshall(write.remove) } };
    const Item = plain(write.item);
    const base = { TableName: this.#name, Item };
    if (write.wanted === 'any') return { Put: base };
    if (write.wanted === 'absent')
      return { Put: { ...base, ConditionExpression: 'attribute_not_exists(pk)' } };
    const [name, value] = Object.entries(write.wanted)[0] as [string, string | number];
    return {
      Put: {
        ...base,
        ConditionExpression: '#wanted = :wanted',
        ExpressionAttributeNames: { '#wanted': name },
        ExpressionAttributeValues: marshall({ ':wanted': value }),
      },
    };
  }
}

export type Write = { item: Item; wanted: Wanted } | { remove: Key };

const plain = (value: Record<string, unknown>) => marshall(value, { removeUndefinedValues: true });

/** By name, not by class: the bundles leave the error classes out (see tools/esbuild-plugins.cjs). */
const isNamed = (error: unknown, name: string): boolean =>
  error instanceof Error && error.name === name;

const Cancelled = z.object({
  CancellationReasons: z.array(z.object({ Code: z.optional(z.string()) })),
});
