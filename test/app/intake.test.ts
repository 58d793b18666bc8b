import fc from 'fast-check';
import { takeIn } from '../../src/app/intake';
import type { FindingRecord, Store } from '../../src/app/ports';
import { aFinding } from '../support/builders';
import { around, killer } from '../support/faults';
import { anIntake } from '../support/intake';

const at = (n: number) => `2026-01-02T00:00:${String(n).padStart(2, '0')}.000Z`;

describe('a delivery', () => {
  it('makes the record once, routed and loud', async () => {
    const { take, record, trail } = anIntake();

    const first = await take();

    expect(first).toBe('new');
    expect(await record()).toMatchObject({ count: 1, channel: 'C0ALERTS', loud: true, version: 1 });
    expect(await trail()).toEqual(['finding.received']);
  });

  it('updates the record later on, and tells a change of its face', async () => {
    const { take, record, trail } = anIntake();
    await take();

    const same = await take({ updatedAt: at(1), description: 'other words' });
    const worse = await take({ updatedAt: at(2), severity: 'critical' });

    expect([same, worse]).toEqual(['seen again', 'seen again']);
    expect(await record()).toMatchObject({ count: 3, finding: { severity: 'critical' } });
    expect(await trail()).toEqual(['finding.received', 'finding.changed']);
  });

  it('keeps a quiet finding quiet until it is worth a card, and loud from then on', async () => {
    const { take, record } = anIntake();
    await take({ compliance: 'passed' });
    const quiet = (await record()).loud;

    await take({ updatedAt: at(1), compliance: 'failed' });
    const loud = (await record()).loud;
    await take({ updatedAt: at(2), record: 'archived' });

    expect([quiet, loud, (await record()).loud]).toEqual([false, true, true]);
  });

  it('of any finding comes 1–5 times in any order, and the stored state is the same (law 4)', async () => {
    const event = fc.record({
      severity: fc.constantFrom('low' as const, 'high' as const),
      workflow: fc.constantFrom('new' as const, 'resolved' as const, 'suppressed' as const),
      record: fc.constantFrom('active' as const, 'archived' as const),
      compliance: fc.constantFrom('passed' as const, 'failed' as const),
    });
    const deliveries = fc.array(event, { minLength: 1, maxLength: 5 }).chain((events) => {
      const all = events.flatMap((_, index) => Array.from({ length: 5 }, () => index));
      const once = events.map((_, index) => index);
      const order = fc
        .shuffledSubarray(all, { minLength: 1 })
        .map((some) => [...some, ...once.filter((index) => !some.includes(index))]);
      return fc.record({ events: fc.constant(events), order });
    });
    // Where its card stands and when it was heard of first and last are facts of the arrival, not of the finding.
    const stateOf = ({ channel: _, firstAt: _f, lastAt: _l, ...state }: FindingRecord) => state;
    await fc.assert(
      fc.asyncProperty(deliveries, async ({ events, order }) => {
        const inOrder = anIntake();
        const disordered = anIntake();

        for (const [index, event] of events.entries())
          await inOrder.take({ ...event, updatedAt: at(index) }, `event-${index}`);
        for (const index of order) {
          disordered.clock.pass(1000);
          await disordered.take({ ...events[index], updatedAt: at(index) }, `event-${index}`);
        }

        expect(stateOf(await disordered.record())).toEqual(stateOf(await inOrder.record()));
      }),
      { numRuns: 1000 },
    );
  });

  it('with the same time as the last wins: Security Hub moves no time when people change the workflow', async () => {
    const { take, record } = anIntake();
    await take();

    await take({ workflow: 'suppressed' });

    expect((await record()).finding.workflow).toBe('suppressed');
  });

  it('from GuardDuty keeps the workflow that Security Hub told, and the name to write to it by', async () => {
    const { take, record } = anIntake();
    await take({ workflow: 'suppressed' });

    await take({ source: 'guardduty', productArn: undefined, updatedAt: at(1) });

    expect((await record()).finding).toMatchObject({
      source: 'security-hub',
      workflow: 'suppressed',
      productArn: aFinding().productArn,
    });
  });

  it('from Macie stays without a product ARN where none is known', async () => {
    const { take, record } = anIntake();
    await take({ source: 'macie', productArn: undefined });

    await take({ source: 'macie', productArn: undefined, updatedAt: at(1), compliance: undefined });

    expect((await record()).finding).not.toHaveProperty('productArn');
  });

  it.each(['before', 'after'] as const)(
    'killed %s any call to the store counts once when it comes again (law 4)',
    async (when) => {
      for (let at = 0; at < 4; at += 1) {
        const { deps, record, trail } = anIntake();
        await takeIn(deps, aFinding(), 'first');
        const store = killer(at, when).wrap<Store>(deps.store);
        const later = aFinding({ updatedAt: '2026-02-01T00:00:00.000Z', severity: 'critical' });

        await takeIn({ ...deps, store }, later, 'later').catch(() => {});
        await takeIn(deps, later, 'later');

        expect(await record()).toMatchObject({ count: 2, finding: { severity: 'critical' } });
        expect(await trail()).toEqual(['finding.received', 'finding.changed']);
      }
    },
  );

  it('races with others and counts in the end', async () => {
    const { take, record } = anIntake();

    const answers = await Promise.all([take(), take(), take()]);

    expect(answers.sort()).toEqual(['new', 'seen again', 'seen again']);
    expect((await record()).count).toBe(3);
  });

  it('goes back to the queue when too many write at once (law 9)', async () => {
    const { deps } = anIntake();
    const store = around<Store>(deps.store, async (name, run) =>
      name === 'commit' ? 'conflict' : run(),
    );

    await expect(takeIn({ ...deps, store }, aFinding(), 'delivery')).rejects.toThrow(
      'written by too many at once',
    );
  });
});
