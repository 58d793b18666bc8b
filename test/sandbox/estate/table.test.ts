import {
  CreateTableCommand,
  DynamoDBClient,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { parse } from 'yaml';
import { groupsOn } from '../../../src/aws/groups';
import { listsOn } from '../../../src/aws/lists';
import { storeOn } from '../../../src/aws/store';
import { Table } from '../../../src/aws/table';
import { stormsOf } from '../../../src/domain/group';
import { verify } from '../../../src/domain/audit';
import { CaseId } from '../../../src/domain/ids';
import { botAccount } from '../../../sandbox/estate';
import { asAccount } from '../../../sandbox/stack';
import { textOf } from '../../../tools/source';
import { account, aClock, aFinding, aRemediation } from '../../support/builders';
import { asked, did, found, idOf, keyOf, keysOf, minute, pagesOf } from '../../support/listing';
import { startLocalAws, type LocalAws } from './local-aws';

/** The table as infra/table.yml declares it, on the local AWS: what a table in memory only claims. */
const TableName = 'drawbridge-table';
const declared = (): CreateTableCommandInput => {
  const { Resources } = parse(textOf('infra/table.yml'), { logLevel: 'error' }) as {
    Resources: { Table: { Properties: CreateTableCommandInput } };
  };
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode } =
    Resources.Table.Properties;
  return { TableName, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode };
};

let aws: LocalAws;
let client: DynamoDBClient;
const clock = aClock();
const parts = () => {
  const table = new Table(client, TableName);
  return {
    store: storeOn(table, clock.now),
    lists: listsOn(client, TableName, table),
    groups: groupsOn(client, TableName, table, clock.now),
  };
};

beforeAll(async () => {
  aws = await startLocalAws();
  client = new DynamoDBClient(asAccount(aws.edge.url, botAccount));
  await client.send(new CreateTableCommand(declared()));
}, 60_000);
afterAll(() => aws?.close(), 30_000);

test('findings are listed worst first over all pages, and leave the list when they are over', async () => {
  const { store, lists } = parts();
  for (let n = 0; n < 60; n += 1)
    expect(await store.commit(found(n, n % 2 ? 'critical' : 'low'))).toBe('done');

  const pages = await pagesOf((from) => lists.findings('open', from));
  expect(pages.map((page) => page.length)).toEqual([50, 10]);
  expect(pages.flat().map(({ finding }) => finding.severity)).toEqual([
    ...Array.from({ length: 30 }, () => 'critical'),
    ...Array.from({ length: 30 }, () => 'low'),
  ]);
  const cut = await lists.findings('open', undefined, 7);
  expect((await lists.findings('open', cut.next, 1)).items).toEqual([pages.flat()[7]]);

  const over = found(59, 'critical', { version: 2 }, { workflow: 'resolved' });
  expect(await store.commit(over)).toBe('done');
  expect(await keysOf(lists, 'open')).not.toContain(keyOf(59));
}, 60_000);

test('remediations, deeds and cases are found where they stand', async () => {
  const { store, lists } = parts();
  await store.commit(asked(1, { state: 'awaiting approval' }));
  await store.commit(asked(2, { state: 'expired', at: minute(0) }));
  await store.commit(did(1, 'U0RITA'));
  await store.commit(did(2, 'U0RITA'));

  expect((await lists.remediations('open')).items.map(({ id }) => id)).toEqual([idOf(1)]);
  expect((await lists.remediations({ month: '2026-03' })).items.map(({ id }) => id)).toEqual([
    idOf(2),
  ]);
  expect((await lists.doneBy('U0RITA')).items.map(({ event }) => event.facts['n'])).toEqual([2, 1]);
  expect(await lists.casesOf('SG-0a1b2c3d')).toHaveLength(60);
  expect(await lists.casesOf('finding-3')).toEqual([keyOf(3)]);
  expect(verify(await store.trail(CaseId.parse(keyOf(1)))).ok).toBe(true);
}, 60_000);

test('a group counts, keeps its members, and stays due for who joins while it is shown', async () => {
  const { groups } = parts();
  const { kind } = stormsOf(aFinding(), aRemediation().channel, clock.now());
  const member = (n: number) => ({
    key: keyOf(n),
    severity: 'high' as const,
    account: aFinding({ account }).account,
    at: minute(n),
  });
  expect([await groups.count('x'), await groups.count('x')]).toEqual([1, 2]);
  await groups.join(kind, member(1), minute(5));
  await groups.join(kind, member(1), minute(6));
  expect(await groups.due(minute(4))).toEqual([]);
  const [due] = await groups.due(minute(5));
  await groups.join(kind, member(2), minute(7));
  await groups.settle(kind.id, due!.mark);
  const [again] = await groups.due(minute(5));
  expect(again?.mark).not.toBe(due?.mark);
  await groups.settle(kind.id, again!.mark);
  expect(await groups.due(minute(99))).toEqual([]);
  expect(await groups.read(kind.id)).toEqual({ group: kind, members: [member(1), member(2)] });
}, 60_000);

test('places for runs without a person are given out up to the cap, also to many at once', async () => {
  const { store } = parts();
  const counts = await Promise.all(
    Array.from({ length: 8 }, (_, n) => store.automaticBeside(idOf(n), minute(n), 3)),
  );
  const ran = counts.filter((others) => others < 3).length;
  expect(ran).toBeLessThanOrEqual(3);
  expect(await store.automaticBeside(idOf(50), minute(300), 3)).toBe(0);
}, 60_000);
