import { ownCard } from '../../src/app/own-card';
import type { Store } from '../../src/app/ports';
import { aPolicy } from '../support/builders';
import { clickOf, gus, rita } from '../support/people';

import { aStorm, each, keyOf } from '../support/storm';

describe('a card of its own', () => {
  it('is given to a finding that shares one when somebody wants it, and twice is once', async () => {
    const storm = await aStorm();
    await each(5, (n) => storm.take(n));
    expect(await ownCard(storm.door, keyOf(4), clickOf(rita))).toEqual({ ok: true });
    expect(await ownCard(storm.door, keyOf(4), clickOf(rita))).toEqual({ ok: true });
    expect((await storm.record(4))?.version).toBe(2);
    await each(5, storm.show);
    expect(storm.roots()).toHaveLength(5);
  });

  it('is for members, and of findings that are known', async () => {
    const storm = await aStorm();
    await each(4, (n) => storm.take(n));
    expect(await ownCard(storm.door, keyOf(3), clickOf(gus))).toMatchObject({ ok: false });
    expect(await ownCard(storm.door, keyOf(99), clickOf(rita))).toMatchObject({
      because: 'This finding is not known here.',
    });
    expect((await storm.record(3))?.group).toBeDefined();
  });

  it('is written over a delivery that came in between, and not over a storm of them', async () => {
    const storm = await aStorm();
    await each(4, (n) => storm.take(n));
    const losing = (times: number): Store => {
      let left = times;
      return {
        ...storm.held,
        async commit(change) {
          if (change.finding && (left -= 1) >= 0) await storm.take(3, {}, `between-${left}`);
          return storm.held.commit(change);
        },
      };
    };
    const wanted = (times: number) =>
      ownCard({ ...storm.door, store: losing(times) }, keyOf(3), clickOf(rita));
    expect(await wanted(9)).toMatchObject({ because: expect.stringContaining('Try again') });
    expect(await wanted(2)).toEqual({ ok: true });
    expect(await storm.record(3)).toMatchObject({ count: 8 });
    expect((await storm.record(3))?.group).toBeUndefined();
  });

  it('is for what becomes critical, wherever it waited', async () => {
    const windows = { always: { zone: 'UTC', from: '00:00', to: '23:59' } };
    const quiet = aPolicy({ windows, routing: [{ to: 'C0ALERTS', quiet: 'always' }] });
    const storm = await aStorm(quiet);
    await storm.take(1);
    expect((await storm.record(1))?.group).toMatchObject({ shown: 'later' });
    const updatedAt = '2026-03-01T12:00:00.000Z';
    await storm.take(1, { severity: 'critical', updatedAt }, 'risen');
    await storm.show(1);
    expect((await storm.record(1))?.group).toBeUndefined();
    expect(storm.roots()).toHaveLength(1);
  });

  it('is not for one of many that were critical all the time', async () => {
    const storm = await aStorm();
    await each(5, (n) => storm.take(n, { severity: 'critical' }));
    const updatedAt = '2026-03-01T12:00:00.000Z';
    await storm.take(4, { severity: 'critical', updatedAt }, 'again');
    expect((await storm.record(4))?.group).toMatchObject({ shown: 'soon' });
  });

  it('is not for what becomes critical where the policy wants a digest', async () => {
    const digest = aPolicy({ routing: [{ to: 'C0ALERTS', show: 'digest' }] });
    const storm = await aStorm(digest);
    await storm.take(1);
    await storm.take(1, { severity: 'critical', updatedAt: '2026-03-01T12:00:00.000Z' }, 'risen');
    expect((await storm.record(1))?.group).toMatchObject({ shown: 'later' });
  });
});
