import { noncesOn } from '../../src/aws/nonces';
import { aClock } from '../support/builders';
import { MemoryDynamo } from '../support/memory-dynamo';

const item = { pk: 'A', sk: 'B', kind: 'test' };

describe('the table', () => {
  it('keeps an item that stands already', async () => {
    const dynamo = new MemoryDynamo();
    const table = dynamo.table();

    const first = await table.putNew({ ...item, body: 1 });
    const second = await table.putNew({ ...item, body: 2 });

    expect([first, second]).toEqual([true, false]);
    expect(await table.get(item)).toMatchObject({ body: 1 });
  });

  it('passes on what DynamoDB refuses for another reason (law 10)', async () => {
    const table = new MemoryDynamo().table();

    await expect(table.putNew({ ...item, body: 'x'.repeat(500_000) })).rejects.toThrow('400 KB');
  });

  it('drops members that are undefined, at any depth', async () => {
    const table = new MemoryDynamo().table();

    await table.put({ ...item, body: { a: undefined, b: [{ c: undefined }] } });

    expect(await table.get(item)).toEqual({ ...item, body: { b: [{}] } });
  });

  it('tells a transaction that was in the way from a wish that was not met', async () => {
    const dynamo = new MemoryDynamo();
    const table = dynamo.table();
    await table.put(item);
    dynamo.busy = 1;
    const writes = [
      { item: { ...item, sk: 'C' }, wanted: 'absent' },
      { item, wanted: 'absent' },
    ] as const;

    const both = await table.transact(writes);
    const met = await table.transact(writes);

    expect(both).toEqual({ done: false, failed: [1], busy: true });
    expect(met).toEqual({ done: false, failed: [1], busy: false });
    expect(await table.get({ pk: 'A', sk: 'C' })).toBeUndefined();
  });
});

it('a signature is taken once, and remembered as long as it would be accepted (law 4)', async () => {
  const dynamo = new MemoryDynamo();
  const { now } = aClock();
  const nonces = noncesOn(dynamo.table(), now);

  const taken = [await nonces.take('v0=a'), await nonces.take('v0=a'), await nonces.take('v0=b')];

  expect(taken).toEqual([true, false, true]);
  const [first] = dynamo.items.values();
  expect(first?.['ttl']?.N).toBe(String(now().getTime() / 1000 + 600));
  expect(JSON.stringify(first)).not.toContain('v0=a');
});
