import fc from 'fast-check';
import { groupFor } from '../../src/app/groups';
import { takeIn } from '../../src/app/intake';
import { request } from '../../src/app/request';
import { CaseId } from '../../src/domain/ids';
import { words } from '../blocks/support/reading';
import { aPolicy, day, hour } from '../support/builders';
import { around } from '../support/faults';
import { clickOf, rita } from '../support/people';

import { aStorm, each, groupCardOf, keyOf } from '../support/storm';

describe('five hundred findings of a kind', () => {
  it('are three cards and one for the rest, which counts all of them', async () => {
    const storm = await aStorm();
    await each(500, (n) => storm.take(n));
    await each(500, storm.show);
    storm.clock.pass(60_000);
    await storm.tick();

    expect(storm.roots()).toHaveLength(4);
    expect(groupCardOf(storm)?.text).toContain('497 more like this');
    expect(storm.held.held.findings.size).toBe(501);
    await each(500, async (n) => {
      expect(await storm.held.trail(CaseId.parse(keyOf(n)))).not.toEqual([]);
    });
  });

  it('leave no newcomer out of the card, also one who comes while it is being renewed', async () => {
    const storm = await aStorm();
    await each(5, (n) => storm.take(n));
    await each(5, storm.show);
    storm.clock.pass(60_000);
    const { groups } = storm;
    const settle = groups.settle.bind(groups);
    storm.groups.settle = async (id, mark) => {
      await storm.take(5);
      await settle(id, mark);
    };
    await storm.tick();
    storm.groups.settle = settle;
    expect(groupCardOf(storm)?.text).toContain('2 more like this');
    await storm.tick();
    expect(groupCardOf(storm)?.text).toContain('3 more like this');
    expect(await storm.tick()).toEqual({ due: 0, failures: [] });
  });

  it('give one a card of its own when somebody asks for its remediation', async () => {
    const storm = await aStorm();
    await each(10, (n) => storm.take(n));
    await each(10, storm.show);
    const ask = { finding: keyOf(9), playbook: 'close-ec2-admin-ports', target: 'sg-9' };
    const asked = await request(storm.door, ask, clickOf(rita), 'open to everybody');
    await storm.show(9);
    expect(asked.kind).toBe('started');
    expect(storm.roots()).toHaveLength(5);
    expect(words(storm.roots().at(-1)?.blocks)).toContain('sg-9');
    expect(groupCardOf(storm)?.text).toContain('7 more like this');
  });
});

describe('a storm of findings that were known before', () => {
  it('shares a card as new ones do: what had passed fails all at once', async () => {
    const storm = await aStorm();
    await each(20, (n) => storm.take(n, { compliance: 'passed' }));
    await each(20, storm.show);
    expect(storm.roots()).toEqual([]);
    const updatedAt = '2026-03-01T12:00:00.000Z';
    await each(20, (n) => storm.take(n, { updatedAt }, `failed-${n}`));
    await each(20, storm.show);
    expect(storm.roots()).toHaveLength(4);
    expect(storm.held.held.findings.get(keyOf(19))?.group).toBeDefined();
  });

  it('leaves those their cards that had one', async () => {
    const storm = await aStorm();
    await each(2, (n) => storm.take(n));
    await each(2, storm.show);
    const updatedAt = '2026-03-01T12:00:00.000Z';
    await each(2, (n) => storm.take(n, { compliance: 'passed', updatedAt }, `passed-${n}`));
    await each(10, (n) => storm.take(n + 10));
    await each(2, (n) => storm.take(n, { updatedAt: '2026-03-01T13:00:00.000Z' }, `failed-${n}`));
    for (const n of [0, 1]) expect((await storm.record(n))?.group).toBeUndefined();
  });

  it('shares a card when one exception of the policy ends for all of them', async () => {
    const storm = await aStorm();
    const until = '2026-03-02T00:00:00.000Z';
    const excepted = { ...storm.door, exceptionFor: () => ({ reason: 'sandbox', until }) };
    await each(20, (n) => storm.take(n, {}, `delivery-${n}`, excepted));
    await each(20, storm.show);
    expect(storm.roots()).toEqual([]);
    storm.clock.pass(day);
    await storm.tick();
    await each(20, storm.show);
    expect(storm.roots()).toHaveLength(4);
    expect(groupCardOf(storm)?.text).toContain('17 more like this');
  });

  it('is no storm to what somebody sends by hand', async () => {
    const storm = await aStorm();
    await each(6, (n) => storm.take(n));
    await takeIn(storm.door, storm.finding(5), 'by hand', 'custom action');
    expect((await storm.record(5))?.group).toBeUndefined();
  });
});

describe('lists of a moment', () => {
  it('a digest is one message, at its moment only', async () => {
    const storm = await aStorm(aPolicy({ routing: [{ to: 'C0ALERTS', show: 'digest' }] }));
    await each(30, (n) => storm.take(n, { title: `number ${n}` }));
    await each(30, storm.show);
    await storm.tick();
    expect(storm.roots()).toEqual([]);
    storm.clock.pass(20 * hour);
    await storm.tick();
    await storm.tick();
    expect(storm.roots().map(({ text }) => text)).toEqual(['30 findings of the day']);
  });

  it('what came in quiet hours is one message when they end', async () => {
    const windows = { nights: { zone: 'UTC', from: '11:00', to: '18:00' } };
    const storm = await aStorm(
      aPolicy({ windows, routing: [{ to: 'C0ALERTS', quiet: 'nights' }] }),
    );
    await each(3, (n) => storm.take(n));
    await each(3, storm.show);
    expect(storm.roots()).toEqual([]);
    storm.clock.pass(6 * hour);
    await storm.tick();
    expect(storm.roots().map(({ text }) => text)).toEqual([
      '3 findings that waited for the end of the quiet hours',
    ]);
  });
});

describe('whatever fails on the way (laws 4 and 9)', () => {
  it('each finding has its own card or is counted on its group’s', async () => {
    const failures = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 20, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(failures, fc.boolean(), async (dice, after) => {
        const storm = await aStorm();
        let thrown = 0;
        const flaky = <T extends object>(target: T): T =>
          around(target, async (_, run) => {
            const fails = dice[(thrown += 1) % dice.length] === 0 && thrown < 400;
            if (fails && !after) throw new Error('throttled');
            const answer = await run();
            if (fails) throw new Error('lost on the way back');
            return answer;
          });
        const groups = flaky(storm.groups);
        const needs = { groups, policy: storm.policy, now: storm.clock.now };
        const door = {
          ...storm.door,
          store: flaky(storm.held),
          groupOf: groupFor.bind(undefined, needs),
        };
        // The queue gives a message again until it is taken.
        await each(12, async (n) => {
          for (let left = 200; left > 0; left -= 1)
            if (
              await storm.take(n, {}, `delivery-${n}`, door).then(
                () => true,
                () => false,
              )
            )
              return;
          throw new Error('never taken');
        });
        await each(12, storm.show);
        storm.clock.pass(hour);
        await storm.tick();

        const shown = new Set(storm.kept.keys());
        await each(12, async (n) => {
          const record = await storm.record(n);
          const group = record?.group && storm.groups.held.get(record.group.id);
          expect(record?.count).toBe(1);
          expect(group ? group.members.has(keyOf(n)) : shown.has(CaseId.parse(keyOf(n)))).toBe(
            true,
          );
          expect(!record?.group || shown.has(CaseId.parse(record.group.id))).toBe(true);
        });
      }),
      { numRuns: 40 },
    );
  });
});
