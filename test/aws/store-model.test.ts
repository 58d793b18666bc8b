import fc from 'fast-check';
import type { Change, Store } from '../../src/app/ports';
import { verify } from '../../src/domain/audit';
import type { Json } from '../../src/domain/canonical';
import { FindingKey } from '../../src/domain/ids';
import type { Remediation } from '../../src/domain/remediation';
import { aRemediation, findingKey } from '../support/builders';
import { memoryStore } from '../support/memory-store';
import { aStore, event, ids, of, record } from './stored';

it('answers as the store in memory does, whatever is done to both', async () => {
  const name = fc.constantFrom('one', 'two');
  const version = fc.integer({ min: 1, max: 4 });
  const id = fc.constantFrom(...ids);
  const due = fc.constantFrom(...ids, FindingKey.parse(findingKey));
  const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 2 });
  const change: fc.Arbitrary<Change> = fc
    .record({
      finding: maybe(version.map((each) => record(each))),
      remediation: maybe(fc.tuple(id, version).map(([id, v]) => aRemediation({ id, version: v }))),
      take: maybe(fc.record({ lock: name, by: id })),
      release: maybe(fc.constantFrom('three', 'four')),
      delivery: maybe(name),
      due: maybe(
        fc.oneof(
          fc.record({ id: due, at: fc.constantFrom('1', '2') }),
          fc.record({ id: due, done: fc.constant(true as const) }),
        ),
      ),
      events: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 2 }),
    })
    .map(
      ({ events, ...rest }) =>
        JSON.parse(JSON.stringify({ ...rest, events: events.map(event) })) as Change,
    );
  const step = fc.record({
    index: fc.nat(2),
    status: fc.constantFrom('applying' as const, 'applied' as const, 'failed' as const),
    attempts: fc.nat(5),
  });
  const act = fc.oneof(
    { weight: 5, arbitrary: change.map((each) => (store: Store) => store.commit(each)) },
    fc.tuple(id, step).map(([id, step]) => async (store: Store) => {
      // A step is saved only after its before.
      await store.saveBefore(id, step.index, step.attempts);
      return store.saveStep(id, step);
    }),
    fc.tuple(id, fc.nat(2), fc.jsonValue({ maxDepth: 2 })).map(
      ([id, index, before]) =>
        (store: Store) =>
          store.saveBefore(id, index, plain(before)),
    ),
    fc.tuple(id, name).map(
      ([id, token]) =>
        (store: Store) =>
          store.saveToken(id, token),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
      const { store } = aStore();
      const model = memoryStore();

      for (const each of acts) expect(await each(store)).toEqual(await each(model));

      expect(await everything(store)).toEqual(await everything(model));
      expect(verify(await store.trail(of)).ok).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

/** Whole numbers: DynamoDB keeps 38 digits and no −0. */
const plain = (value: unknown): Json =>
  JSON.parse(
    JSON.stringify(value, (_, each: unknown) => (typeof each === 'number' ? 7 : each)),
  ) as Json;

const everything = async (store: Store) => ({
  finding: await store.finding(FindingKey.parse(findingKey)),
  remediations: await Promise.all(
    ids.map((id): Promise<Remediation | undefined> => store.remediation(id)),
  ),
  steps: await Promise.all(ids.map((id) => store.steps(id))),
  tokens: await Promise.all(ids.map((id) => store.token(id))),
  locks: await Promise.all(['one', 'two', 'three'].map((lock) => store.openOn(lock))),
  due: [await store.due('1'), (await store.due('2')).sort()],
  trail: await store.trail(of),
});
