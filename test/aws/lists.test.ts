import fc from 'fast-check';
import { listsOn } from '../../src/aws/lists';
import { severities } from '../../src/domain/finding';
import { CaseId, watchOf } from '../../src/domain/ids';
import { asked, did, found, idOf, keyOf, keysOf, minute, pagesOf } from '../support/listing';
import { memoryLists } from '../support/memory-lists';
import { memoryStore } from '../support/memory-store';
import { aFinding } from '../support/builders';
import { aStore } from './stored';

const open = { state: 'awaiting approval' } as const;
const over = { state: 'expired', at: minute(0) } as const;

const aList = () => {
  const { store, dynamo } = aStore();
  return { store, dynamo, lists: listsOn(dynamo.client(), 'drawbridge', dynamo.table()) };
};

describe('the list of findings', () => {
  it('is worst first, then newest, and shows each once over all its pages', async () => {
    const { store, lists } = aList();
    const all = Array.from({ length: 120 }, (_, n) => n);
    for (const n of all) await store.commit(found(n, severities[n % 5]));

    const pages = await pagesOf((from) => lists.findings('open', from));

    expect(pages.map((page) => page.length)).toEqual([50, 50, 20]);
    expect(pages.flat().map(({ finding }) => finding.key)).toEqual(
      all.toSorted((a, b) => (b % 5) - (a % 5) || b - a).map(keyOf),
    );
  });

  it('is read to a place, and from there on', async () => {
    const { store, lists } = aList();
    for (let n = 0; n < 10; n += 1) await store.commit(found(n));
    const { items, next } = await lists.findings('open', undefined, 3);
    expect(items.map(({ finding }) => finding.key)).toEqual([9, 8, 7].map(keyOf));
    const rest = await lists.findings('open', next);
    expect(rest.items.map(({ finding }) => finding.key)).toEqual([6, 5, 4, 3, 2, 1, 0].map(keyOf));
    expect((next ?? '').length).toBeLessThanOrEqual(600);
  });

  it('loses what is over, and gets back what is open again', async () => {
    const { store, lists } = aList();
    const write = (version: number, ...more: Parameters<typeof found>) => {
      const change = found(...more);
      return store.commit({ ...change, finding: { ...change.finding!, version } });
    };
    const exception = { reason: 'r', until: minute(9) };
    await write(1, 1, 'high');
    expect(await keysOf(lists, 'open')).toEqual([keyOf(1)]);
    await write(2, 1, 'high', { exception }, { workflow: 'suppressed' });
    expect(await keysOf(lists, 'open')).toEqual([]);
    expect(await keysOf(lists, 'excepted')).toEqual([keyOf(1)]);
    await write(3, 1, 'high', {}, { workflow: 'resolved' });
    expect(await keysOf(lists, 'excepted')).toEqual([]);
    await write(4, 1, 'critical', {}, { workflow: 'notified' });
    expect(await keysOf(lists, 'open')).toEqual([keyOf(1)]);
  });

  it('refuses a place that is none', async () => {
    const { lists } = aList();
    await expect(lists.findings('open', 'nonsense')).rejects.toThrow(/JSON|expected/);
  });
});

describe('the list of remediations', () => {
  it('is of those that are open, or that were asked for in a month and are over', async () => {
    const { store, lists } = aList();
    await store.commit(asked(1, open));
    await store.commit(asked(2, over));
    await store.commit(asked(3, open));
    const idsOf = async (which: 'open' | { month: string }) =>
      (await lists.remediations(which)).items.map(({ id }) => id);
    expect(await idsOf('open')).toEqual([idOf(3), idOf(1)]);
    expect(await idsOf({ month: '2026-03' })).toEqual([idOf(2)]);
    expect(await idsOf({ month: '2026-02' })).toEqual([]);
  });
});

describe('what people did', () => {
  it('is listed by person, newest first; what Drawbridge did is nobody’s', async () => {
    const { store, lists } = aList();
    await store.commit(did(1, 'U0RITA'));
    await store.commit(did(2, 'U0ANN'));
    await store.commit(did(3, undefined));
    await store.commit(did(4, 'U0RITA'));
    const { items } = await lists.doneBy('U0RITA');
    expect(items.map(({ event }) => event.facts['n'])).toEqual([4, 1]);
    expect((await lists.doneBy('U0NILS')).items).toEqual([]);
  });
});

it('what is contained is what is looked after, whatever else is due', async () => {
  const { store, lists } = aList();
  const at = minute(0);
  await store.commit({
    due: [
      { id: idOf(1), at },
      { id: watchOf(idOf(2)), at },
    ],
    events: [],
  });
  await store.commit({ due: { id: watchOf(idOf(3)), at }, events: [] });
  await store.commit({ due: { id: watchOf(idOf(2)), done: true }, events: [] });

  expect(await lists.contained()).toEqual([idOf(3)]);
});

describe('cases by what they speak of', () => {
  it('are found by ARN, short id, and the id that the source gave, in any case', async () => {
    const { store, lists } = aList();
    const arn = 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1b2c3d';
    await store.commit(found(1));
    await store.commit(found(2, 'high', {}, { resources: [{ kind: 'x', id: arn, tags: {} }] }));
    for (const each of [arn, 'sg-0a1b2c3d', 'SG-0A1B2C3D'])
      expect(await lists.casesOf(each)).toEqual([keyOf(1), keyOf(2)]);
    expect(await lists.casesOf('finding-2')).toEqual([keyOf(2)]);
    expect(await lists.casesOf('sg-ffffffff')).toEqual([]);
  });

  it('are those of a remediation without a finding, or beside one, too, and of twenty resources at most', async () => {
    const { store, lists } = aList();
    const { remediation } = asked(7, open);
    const { finding: _, ...alone } = remediation!;
    await store.commit({ remediation: { ...alone, case: CaseId.parse(idOf(7)) }, events: [] });
    expect(await lists.casesOf('sg-0a1b2c3d')).toEqual([idOf(7)]);
    const beside = asked(9, open).remediation!;
    await store.commit({ remediation: { ...beside, case: CaseId.parse(idOf(9)) }, events: [] });
    expect(await lists.casesOf('sg-0a1b2c3d')).toEqual([idOf(7), idOf(9)]);
    const resources = Array.from({ length: 40 }, (_, n) => ({ kind: 'x', id: `r-${n}`, tags: {} }));
    await store.commit(found(8, 'high', {}, { resources }));
    expect(await lists.casesOf('r-19')).toEqual([keyOf(8)]);
    expect(await lists.casesOf('r-20')).toEqual([]);
  });

  it('are found by a name of any length', async () => {
    const { store, lists } = aList();
    const id = `arn:aws:iam::1:user/${'ä'.repeat(5000)}`;
    await store.commit(found(1, 'high', {}, { resources: [{ kind: 'x', id, tags: {} }] }));
    expect(await lists.casesOf(id)).toEqual([keyOf(1)]);
  });
});

it('lists what the lists in memory do, whatever was written', async () => {
  const finding = fc
    .record({
      n: fc.nat(8),
      severity: fc.constantFrom(...severities),
      workflow: fc.constantFrom('new' as const, 'notified' as const, 'resolved' as const),
      compliance: fc.constantFrom('failed' as const, 'passed' as const),
      excepted: fc.boolean(),
    })
    .map(({ n, severity, workflow, compliance, excepted }) =>
      found(n, severity, excepted ? { exception: { reason: 'r', until: minute(1) } } : {}, {
        workflow,
        compliance,
      }),
    );
  const remediation = fc
    .record({ n: fc.nat(8), status: fc.constantFrom(open, over) })
    .map(({ n, status }) => asked(n, status));
  const deed = fc
    .record({ n: fc.nat(8), who: fc.constantFrom('U0RITA', 'U0ANN', undefined) })
    .map(({ n, who }) => did(n, who));
  const changes = fc.array(fc.oneof(finding, remediation, deed), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(changes, async (all) => {
      const { store, lists } = aList();
      const model = memoryStore();
      for (const change of all) expect(await store.commit(change)).toBe(await model.commit(change));
      const inMemory = memoryLists(model.held);
      for (const which of ['open', 'excepted'] as const)
        expect(await keysOf(lists, which)).toEqual(await keysOf(inMemory, which));
      for (const which of ['open', { month: '2026-03' }] as const)
        expect(await lists.remediations(which)).toEqual(await inMemory.remediations(which));
      expect(await lists.doneBy('U0RITA')).toEqual(await inMemory.doneBy('U0RITA'));
      const [resource] = aFinding().resources;
      expect(await lists.casesOf(resource!.id)).toEqual(await inMemory.casesOf(resource!.id));
    }),
    { numRuns: 150 },
  );
});
