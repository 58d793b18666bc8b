import { countThrough, statsFor, statsOf } from '../../src/aws/measures';
import { link, type AuditType, type Link } from '../../src/domain/audit';
import { CaseId } from '../../src/domain/ids';
import type { Measure } from '../../src/domain/measure';
import { findingKey } from '../support/builders';
import { MemoryDynamo } from '../support/memory-dynamo';

const told = (id: string, at: string, type: AuditType = 'remediation.done'): Link =>
  link(undefined, {
    id,
    type,
    case: CaseId.parse(findingKey),
    at,
    actor: { kind: 'drawbridge' },
    facts: { took: 5 },
  });

const aCounter = () => {
  const dynamo = new MemoryDynamo();
  const emitted: Measure[] = [];
  const count = countThrough(dynamo.table(), (measure) => void emitted.push(measure));
  return { dynamo, emitted, count };
};

it('a link is counted once, however often it is relayed (law 4)', async () => {
  const { dynamo, emitted, count } = aCounter();
  const done = told('a', '2026-03-31T23:59:59.000Z');

  await count(done);
  await count(done);

  expect(emitted).toHaveLength(2);
  expect(await statsOf(dynamo.table(), ['2026-03'])).toEqual([
    { at: done.event.at, measures: emitted },
  ]);
});

it('what is not measured is not kept', async () => {
  const { dynamo, emitted, count } = aCounter();

  await count(told('a', '2026-03-01T00:00:00.000Z', 'step.applied'));

  expect(emitted).toEqual([]);
  expect(dynamo.items.size).toBe(0);
});

it('is kept by month for 400 days, and read for the months asked for', async () => {
  const { dynamo, count } = aCounter();
  for (const [id, month] of [
    ['a', '01'],
    ['b', '02'],
    ['c', '03'],
    ['d', '03'],
    ['e', '03'],
    ['f', '03'],
  ] as const)
    await count(told(id, `2026-${month}-01T00:00:00.000Z`));

  const samples = await statsOf(dynamo.table(), ['2026-02', '2026-03', '2026-04']);

  expect(samples.map(({ at }) => at.slice(0, 7)).sort()).toEqual([
    '2026-02',
    ...Array.from({ length: 4 }, () => '2026-03'),
  ]);
  const [first] = dynamo.items.values();
  expect(Number(first?.['ttl']?.N)).toBe(Date.parse('2026-01-01T00:00:00Z') / 1000 + 400 * 86_400);
});

it('is what the numbers are made of, over months', async () => {
  const { dynamo, count } = aCounter();
  await count(told('a', '2026-02-27T00:00:00.000Z'));
  await count(told('b', '2026-01-20T00:00:00.000Z'));

  const stats = await statsFor(dynamo.table(), new Date('2026-03-01T00:00:00.000Z'));

  expect([stats.now.outcomes.get('done'), stats.before.outcomes.get('done')]).toEqual([1, 1]);
});

it('is not told where it could not be kept: the stream brings it again', async () => {
  const { emitted, dynamo } = aCounter();
  const table = dynamo.table();
  table.putNew = () => Promise.reject(new Error('table down'));

  const counted = countThrough(table, (measure) => void emitted.push(measure));

  await expect(counted(told('a', '2026-03-01T00:00:00.000Z'))).rejects.toThrow('table down');
  expect(emitted).toEqual([]);
});
