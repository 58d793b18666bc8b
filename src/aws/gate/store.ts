import { BatchWriteItemCommand, QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { GateChange, GateLock, GateStore } from '../../app/gate/ports';
import { Link } from '../../domain/audit';
import { GateDecision } from '../../domain/gate/decision';
import { GateRun, isLive } from '../../domain/gate/run';
import { Held } from '../../domain/gate/verdict';
import { GateRunId } from '../../domain/ids';
import { commitWith, part, type Part } from '../chained';
import { keys } from '../keys';
import type { Item, Key, Table } from '../table';
import { gateKeys, heldPartition, partitions } from './keys';

const locks: readonly GateLock[] = ['gate-raw', 'gate-released'];

/** DynamoDB takes so many writes at once. */
const atOnce = 25;

/** The gate's part of the one table: one transaction per change, with the links of the audit chain inside it. */
export const gateStoreOn = (client: DynamoDBClient, name: string, table: Table): GateStore => {
  const page = pagesOf(client, name);
  const run = async (id: GateRunId): Promise<GateRun | undefined> => {
    const item = await table.get(gateKeys.run(id));
    return item && GateRun.parse(item.body);
  };
  const holder = async (lock: GateLock): Promise<GateRunId | undefined> => {
    const item = await table.get(gateKeys.lock(lock));
    return item && GateRunId.parse(item.body);
  };
  return {
    run,
    holder,
    async runs(most) {
      const [live, latest] = await Promise.all([
        table.list(partitions.live, 'gate-'),
        page(partitions.all, { most, newest: true }),
      ]);
      const ids = [...new Set([...live, ...latest].map(({ sk }) => GateRunId.parse(sk)))];
      const runs = await Promise.all(ids.map(run));
      return runs
        .filter((each): each is GateRun => each !== undefined)
        .sort((a, b) => (a.id < b.id ? 1 : -1));
    },
    commit: (change) =>
      commitWith(table, change.events, async () => [
        ...stateParts(change),
        ...(await lockParts(change, holder)),
      ]),
    async free(lock, by) {
      if ((await holder(lock)) === by) await table.transact([{ remove: gateKeys.lock(lock) }]);
    },
    async decisions(id) {
      const items = await table.list(gateKeys.run(id).pk, 'DECISION#');
      return items.map(({ body }) => GateDecision.parse(body));
    },
    async hold(id, held) {
      for (let from = 0; from < held.length; from += atOnce)
        await holdSome(client, name, table, id, held.slice(from, from + atOnce));
    },
    async held(id, after, most) {
      const items = await page(heldPartition(id), { most, ...(after && { after }) });
      return items.map(({ body }) => Held.parse(body));
    },
    async trail(id) {
      return (await table.list(`AUDIT#${id}`, 'LINK#')).map(({ body }) => Link.parse(body));
    },
  };
};

const stateParts = ({ run, decision, ended = [], due }: GateChange): Part[] => {
  const { id, version } = run;
  const parts = [
    part('record', {
      item: { ...gateKeys.run(id), kind: 'gate', body: run, version },
      wanted: version === 1 ? 'absent' : { version: version - 1 },
    }),
  ];
  if (version === 1) parts.push(put({ ...gateKeys.listed(id), kind: 'gate-listed' }));
  if (version === 1) parts.push(put({ ...gateKeys.live(id), kind: 'gate-listed' }));
  if (!isLive(run)) parts.push(part('other', { remove: gateKeys.live(id) }));
  if (decision)
    parts.push(
      put({ ...gateKeys.decision(id, decision.number), kind: 'gate-decision', body: decision }),
    );
  for (const each of ended)
    parts.push(put({ ...gateKeys.held(id, each.ref), kind: 'gate-held', body: each }));
  if (due && 'at' in due) parts.push(put({ ...keys.due(id), kind: 'due', at: due.at }));
  if (due && 'done' in due) parts.push(part('other', { remove: keys.due(id) }));
  return parts;
};

const put = (item: Item): Part => part('other', { item, wanted: 'any' });

/**
 * A lock changes hands only together with the version of its holder, so that what was read of it still holds when that
 * version does.
 */
const lockParts = async (
  { run, take, release = [] }: GateChange,
  holder: (lock: GateLock) => Promise<GateRunId | undefined>,
): Promise<Part[]> => {
  const parts: Part[] = [];
  for (const lock of locks) {
    if (lock !== take && !release.includes(lock)) continue;
    const isOurs = (await holder(lock)) === run.id;
    const key: Key = gateKeys.lock(lock);
    if (lock === take && !isOurs)
      parts.push(
        part('lock', { item: { ...key, kind: 'gate-lock', body: run.id }, wanted: 'absent' }),
      );
    if (lock !== take && isOurs) parts.push(part('other', { remove: key }));
  }
  return parts;
};

const holdSome = async (
  client: DynamoDBClient,
  name: string,
  table: Table,
  id: GateRunId,
  held: readonly Held[],
): Promise<void> => {
  const stored = await Promise.all(held.map(({ ref }) => table.get(gateKeys.held(id, ref))));
  const open = held.filter((_, index) => {
    const item = stored[index];
    return !item || Held.parse(item.body).end === undefined;
  });
  let requests = open.map((each) => ({
    PutRequest: {
      Item: marshall(
        { ...gateKeys.held(id, each.ref), kind: 'gate-held', body: each },
        { removeUndefinedValues: true },
      ),
    },
  }));
  for (let wait = 50; requests.length > 0; wait *= 2) {
    const { UnprocessedItems = {} } = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [name]: requests } }),
    );
    requests = (UnprocessedItems[name] ?? []).flatMap(({ PutRequest }) =>
      PutRequest?.Item ? [{ PutRequest: { Item: PutRequest.Item } }] : [],
    );
    if (requests.length > 0 && wait > 10_000) throw new Error('DynamoDB did not take what is held');
    if (requests.length > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }
};

interface Asked {
  most: number;
  after?: string;
  newest?: true;
}

/** At most so many items of a partition, in order of their sort keys; consistent. */
const pagesOf =
  (client: DynamoDBClient, TableName: string) =>
  async (pk: string, { most, after, newest }: Asked): Promise<Item[]> => {
    const items: Item[] = [];
    let ExclusiveStartKey = after === undefined ? undefined : marshall({ pk, sk: after });
    do {
      const page = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: marshall({ ':pk': pk }),
          ConsistentRead: true,
          Limit: most - items.length,
          ScanIndexForward: newest !== true,
          ...(ExclusiveStartKey && { ExclusiveStartKey }),
        }),
      );
      items.push(...(page.Items ?? []).map((item) => unmarshall(item) as Item));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey && items.length < most);
    return items;
  };
