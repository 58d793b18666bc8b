import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
  type AttributeValue,
  type BatchWriteItemCommandInput,
  type DeleteItemCommandInput,
  type GetItemCommandInput,
  type PutItemCommandInput,
  type QueryCommandInput,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  type TransactWriteItemsCommandInput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { Table } from '../../src/aws/table';

type Stored = Record<string, AttributeValue>;
type Condition = Pick<
  PutItemCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;
type Handler = (input: ServiceInputTypes) => ServiceOutputTypes;

const $metadata = {};
const largest = 400 * 1024;

/** One DynamoDB table in memory behind the real client: items, the expressions that we use, and nothing else. */
export class MemoryDynamo {
  readonly items = new Map<string, Stored>();
  /** New images in the order written, as the table's stream tells them. */
  readonly stream: Stored[] = [];
  pageSize = 3;
  /** So many transactions meet another one that is in the way. */
  busy = 0;
  /** So many batches of writes are not processed whole. */
  unprocessed = 0;
  /** Thrown by the next transaction as the reason of its first item. */
  reason: string | undefined;

  table(): Table {
    return new Table(this.client(), 'drawbridge');
  }

  client(): DynamoDBClient {
    const client = new DynamoDBClient({
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    client.middlewareStack.add(
      (_, { commandName = '' }) =>
        async ({ input }) => {
          const handler = this.#handlers[commandName];
          if (!handler) throw new TypeError(`no stand-in for ${commandName}`);
          return { output: handler(input), response: undefined };
        },
      { step: 'initialize', priority: 'high' },
    );
    return client;
  }

  readonly #handlers: Record<string, Handler> = {
    GetItemCommand: (input) => {
      const { Key, ConsistentRead } = input as GetItemCommandInput;
      if (!ConsistentRead) throw new TypeError('a read may be old');
      const Item = this.items.get(idOf(Key));
      return { ...(Item && { Item }), $metadata };
    },
    QueryCommand: (input) => this.#query(input as QueryCommandInput),
    PutItemCommand: (input) => {
      const { Item, ...condition } = input as PutItemCommandInput;
      if (!this.#meets(Item, condition))
        throw new ConditionalCheckFailedException({ message: 'not met', $metadata });
      this.#put(Item);
      return { $metadata };
    },
    UpdateItemCommand: (input) => this.#update(input as UpdateItemCommandInput),
    DeleteItemCommand: (input) => {
      const { Key, ...condition } = input as DeleteItemCommandInput;
      if (!this.#meets(Key, condition))
        throw new ConditionalCheckFailedException({ message: 'not met', $metadata });
      this.items.delete(idOf(Key));
      return { $metadata };
    },
    BatchWriteItemCommand: (input) => {
      const { RequestItems = {} } = input as BatchWriteItemCommandInput;
      const requests = RequestItems['drawbridge'] ?? [];
      if (requests.length > 25) throw new RangeError('at most 25 items');
      // The last one is put off once in a while, as DynamoDB does where there is much to write.
      const left = this.unprocessed > 0 ? requests.slice(-1) : [];
      this.unprocessed -= left.length;
      for (const { PutRequest } of requests.slice(0, requests.length - left.length))
        this.#put(PutRequest?.Item);
      return { UnprocessedItems: left.length > 0 ? { drawbridge: left } : {}, $metadata };
    },
    TransactWriteItemsCommand: (input) => this.#transact(input as TransactWriteItemsCommandInput),
  };

  #put(item: Stored = {}): void {
    if (JSON.stringify(item).length > largest) throw new RangeError('Item size exceeds 400 KB');
    this.items.set(idOf(item), item);
    this.stream.push(item);
  }

  #meets(item: Stored | undefined, condition: Condition): boolean {
    const { ConditionExpression: wish } = condition;
    const stored = this.items.get(idOf(item));
    if (wish === undefined) return true;
    if (wish === 'attribute_not_exists(pk)') return stored === undefined;
    return wish.split(' AND ').every((part) => {
      const [, left = '', right = ''] = /^(#?\w+) = (:\w+)$/.exec(part) ?? [];
      const name = nameOf(condition.ExpressionAttributeNames, left);
      const value = condition.ExpressionAttributeValues?.[right];
      if (!name || !value) throw new TypeError(`unknown condition ${wish}`);
      return JSON.stringify(stored?.[name]) === JSON.stringify(value);
    });
  }

  #query(input: QueryCommandInput): ServiceOutputTypes {
    if (input.IndexName) return this.#list(input);
    if (!input.ConsistentRead) throw new TypeError('a read may be old');
    const { ':pk': pk, ':sk': sk = '' } = unmarshall(input.ExpressionAttributeValues ?? {});
    const expression = sk === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :sk)';
    if (input.KeyConditionExpression !== expression)
      throw new TypeError(`unknown key condition ${input.KeyConditionExpression}`);
    const forward = input.ScanIndexForward !== false;
    const from = input.ExclusiveStartKey && idOf(input.ExclusiveStartKey);
    const found = [...this.items]
      .filter(([, item]) => item['pk']?.S === pk && item['sk']?.S?.startsWith(String(sk)))
      .sort(([a], [b]) => (a < b === forward ? -1 : 1))
      .filter(([id]) => from === undefined || id > from === forward)
      .map(([, item]) => item);
    const Items = found.slice(0, Math.min(this.pageSize, input.Limit ?? this.pageSize));
    const last = Items.at(-1);
    const more = found.length > Items.length && last;
    return {
      Items,
      ...(more && { LastEvaluatedKey: { pk: more['pk']!, sk: more['sk']! } }),
      $metadata,
    };
  }

  /** The one index: items with a list, by rank, newest first. */
  #list(input: QueryCommandInput): ServiceOutputTypes {
    const { IndexName, KeyConditionExpression, ExpressionAttributeNames, Limit = 0 } = input;
    if (input.ConsistentRead) throw new TypeError('an index is never consistent');
    if (IndexName !== 'lists' || KeyConditionExpression !== '#list = :list')
      throw new TypeError(`unknown index query ${IndexName} ${KeyConditionExpression}`);
    const name = nameOf(ExpressionAttributeNames, '#list') ?? '';
    const { ':list': list } = unmarshall(input.ExpressionAttributeValues ?? {});
    const from = input.ExclusiveStartKey && placeOf(input.ExclusiveStartKey);
    const found = [...this.items.values()]
      .filter((item) => item[name]?.S === list && item['rank']?.S !== undefined)
      .sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1))
      .filter((item) => from === undefined || placeOf(item) < from);
    if (input.ScanIndexForward !== false) found.reverse();
    const Items = found.slice(0, Limit);
    // Also where nothing follows: DynamoDB does not look further than it was asked to.
    const last = Items.length === Limit ? Items.at(-1) : undefined;
    const LastEvaluatedKey =
      last && Object.fromEntries(['pk', 'sk', 'list', 'rank'].map((key) => [key, last[key]!]));
    return { Items, ...(LastEvaluatedKey && { LastEvaluatedKey }), $metadata };
  }

  #update(input: UpdateItemCommandInput): ServiceOutputTypes {
    const { Key = {}, UpdateExpression = '', ExpressionAttributeNames: names } = input;
    const item = { ...Key, ...this.items.get(idOf(Key)) };
    const [, sets = '', added] = /^SET (.*?)(?: ADD (.*))?$/.exec(UpdateExpression) ?? [];
    for (const each of sets.split(/, (?=#|\w+ =)/)) {
      const [, target = '', once, value = ''] =
        /^(#?\w+) = (?:if_not_exists\((#?\w+), )?(:\w+)\)?$/.exec(each) ?? [];
      const name = nameOf(names, target);
      const given = input.ExpressionAttributeValues?.[value];
      if (!name || !given) throw new TypeError(`unknown update ${each}`);
      if (!once || !(name in item)) item[name] = given;
    }
    if (added !== undefined) {
      const [name = '', value = ''] = added.split(' ');
      const more = input.ExpressionAttributeValues?.[value]?.N;
      if (more === undefined) throw new TypeError(`unknown addition ${added}`);
      item[name] = { N: String(Number(item[name]?.N ?? 0) + Number(more)) };
    }
    this.#put(item);
    return { Attributes: item, $metadata };
  }

  #transact({ TransactItems = [] }: TransactWriteItemsCommandInput): ServiceOutputTypes {
    const writes = TransactItems.map(({ Put, Delete }) => ({ Put, Delete }));
    const ids = writes.map(({ Put, Delete }) => idOf(Put?.Item ?? Delete?.Key));
    if (writes.length > 100 || new Set(ids).size < ids.length)
      throw new RangeError('at most 100 items, each once');
    const codes = writes.map(({ Put }, index) => {
      if (index === 0 && this.reason) return this.reason;
      return !Put || this.#meets(Put.Item, Put) ? 'None' : 'ConditionalCheckFailed';
    });
    if (this.busy > 0) {
      this.busy -= 1;
      codes.splice(0, 1, 'TransactionConflict');
    }
    if (codes.some((code) => code !== 'None'))
      throw new TransactionCanceledException({
        message: 'cancelled',
        CancellationReasons: codes.map((Code) => ({ Code })),
        $metadata,
      });
    for (const { Put, Delete } of writes)
      if (Put) this.#put(Put.Item);
      else this.items.delete(idOf(Delete?.Key));
    return { $metadata };
  }
}

const nameOf = (names: Record<string, string> | undefined, word: string): string | undefined =>
  word.startsWith('#') ? names?.[word] : word;

/** In the index: by rank, and by key where two have the same. */
const placeOf = (item: Stored): string => `${item['rank']?.S}\u0000${idOf(item)}`;

const idOf = (key: Stored | undefined): string => `${key?.['pk']?.S}\u0000${key?.['sk']?.S}`;
