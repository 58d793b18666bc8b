import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
  type AttributeValue,
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
  /** Thrown by the next transaction as the reason of its first item. */
  reason: string | undefined;

  table(): Table {
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
    return new Table(client, 'drawbridge');
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
    if (wish !== '#wanted = :wanted') throw new TypeError(`unknown condition ${wish}`);
    const name = condition.ExpressionAttributeNames?.['#wanted'] ?? '';
    const value = condition.ExpressionAttributeValues?.[':wanted'];
    return JSON.stringify(stored?.[name]) === JSON.stringify(value);
  }

  #query(input: QueryCommandInput): ServiceOutputTypes {
    if (!input.ConsistentRead) throw new TypeError('a read may be old');
    if (input.KeyConditionExpression !== 'pk = :pk AND begins_with(sk, :sk)')
      throw new TypeError(`unknown key condition ${input.KeyConditionExpression}`);
    const { ':pk': pk, ':sk': sk } = unmarshall(input.ExpressionAttributeValues ?? {});
    const from = input.ExclusiveStartKey && idOf(input.ExclusiveStartKey);
    const found = [...this.items]
      .filter(([, item]) => item['pk']?.S === pk && item['sk']?.S?.startsWith(String(sk)))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .filter(([id]) => from === undefined || id > from)
      .map(([, item]) => item);
    const Items = found.slice(0, this.pageSize);
    const last = Items.at(-1);
    const more = found.length > Items.length && last;
    return {
      Items,
      ...(more && { LastEvaluatedKey: { pk: more['pk']!, sk: more['sk']! } }),
      $metadata,
    };
  }

  #update(input: UpdateItemCommandInput): ServiceOutputTypes {
    const { Key = {}, UpdateExpression = '', ExpressionAttributeNames: names = {} } = input;
    const item = { ...Key, ...this.items.get(idOf(Key)) };
    const assignments = UpdateExpression.replace(/^SET /, '').split(/, (?=#)/);
    for (const each of assignments) {
      const [, target = '', once, value = ''] =
        /^(#\d+) = (?:if_not_exists\((#\d+), )?(:\d+)\)?$/.exec(each) ?? [];
      const name = names[target];
      const given = input.ExpressionAttributeValues?.[value];
      if (!name || !given) throw new TypeError(`unknown update ${each}`);
      if (!once || !(name in item)) item[name] = given;
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

const idOf = (key: Stored | undefined): string => `${key?.['pk']?.S}\u0000${key?.['sk']?.S}`;
