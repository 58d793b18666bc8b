import fc from 'fast-check';
import { idOf, minute } from '../support/listing';
import { memoryStore } from '../support/memory-store';
import { aStore } from './stored';

const run = fc.record({ n: fc.nat(20), at: fc.integer({ min: 0, max: 200 }) });
const runs = fc.uniqueArray(run, { selector: ({ n }) => n, maxLength: 20 });

describe('places for runs without a person', () => {
  it('are counted on the table as in memory, whatever their order', async () => {
    await fc.assert(
      fc.asyncProperty(runs, fc.nat(4), async (all, most) => {
        const { store } = aStore();
        const model = memoryStore();
        for (const { n, at } of [...all, ...all])
          expect(await store.automaticBeside(idOf(n), minute(at), most)).toBe(
            await model.automaticBeside(idOf(n), minute(at), most),
          );
      }),
      { numRuns: 60 },
    );
  });

  it('are never more than the cap within any hour', async () => {
    await fc.assert(
      fc.asyncProperty(runs, fc.nat(4), async (all, most) => {
        const { store } = aStore();
        const ran: number[] = [];
        for (const { n, at } of all)
          if ((await store.automaticBeside(idOf(n), minute(at), most)) < most) ran.push(at);
        for (const from of ran)
          expect(ran.filter((at) => at >= from && at < from + 60).length).toBeLessThanOrEqual(most);
      }),
      { numRuns: 60 },
    );
  });

  it('are not given out beyond the cap to many at once', async () => {
    const { store } = aStore();
    const counts = await Promise.all(
      Array.from({ length: 30 }, (_, n) => store.automaticBeside(idOf(n), minute(0), 5)),
    );
    expect(counts.filter((others) => others < 5).length).toBeLessThanOrEqual(5);
  });

  it('are free again after an hour', async () => {
    const { store } = aStore();
    expect(await store.automaticBeside(idOf(1), minute(0), 1)).toBe(0);
    expect(await store.automaticBeside(idOf(2), minute(59), 1)).toBe(1);
    expect(await store.automaticBeside(idOf(3), minute(60), 1)).toBe(0);
  });
});
