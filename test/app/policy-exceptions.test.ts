import { takeIn, type IntakeDeps } from '../../src/app/intake';
import { suppress } from '../../src/app/triage';
import { aFinding, day } from '../support/builders';
import { later, minute, recordIn, tick } from '../support/exceptions';
import { clickOf, rita } from '../support/people';
import { aWorld } from '../support/world';

describe('an exception of the policy', () => {
  const rule = { reason: 'sandbox account', until: '2026-03-10T00:00:00.000Z' };
  const ruled = async () => {
    const world = await aWorld({ finding: aFinding({ id: 'another', key: 'f'.repeat(32) }) });
    let says: typeof rule | undefined = rule;
    const deps: IntakeDeps = { ...world.door, exceptionFor: () => says };
    return {
      ...world,
      record: () => recordIn(world, aFinding().key),
      say: (now: typeof rule | undefined) => void (says = now),
      take: (more: Parameters<typeof aFinding>[0], delivery: string) =>
        takeIn(deps, aFinding(more), delivery),
    };
  };

  it('is quiet from the first moment, and written by housekeeping', async () => {
    const world = await ruled();
    await world.take({}, 'first');

    expect(await world.record()).toMatchObject({
      loud: false,
      exception: rule,
      finding: { workflow: 'suppressed' },
    });
    world.clock.pass(minute);
    await tick(world);
    expect(world.source.written).toMatchObject([{ workflow: 'SUPPRESSED' }]);
    expect(world.source.written[0]?.note).toContain('the policy until 2026-03-10');
    expect(await world.trail()).toEqual(['finding.received', 'finding.suppressed']);
  });

  it('ends by itself, and then the finding is loud', async () => {
    const world = await ruled();
    await world.take({}, 'first');
    world.clock.pass(9 * day);
    world.say(undefined);

    await tick(world);

    expect(await world.record()).toMatchObject({ loud: true, finding: { workflow: 'notified' } });
    expect((await world.trail()).at(-1)).toBe('finding.reopened');
  });

  it('ends with the next event once the policy no longer says so, and follows a new end', async () => {
    const world = await ruled();
    await world.take({}, 'first');
    const until = '2026-12-31T00:00:00.000Z';
    world.say({ ...rule, until });
    await world.take({ updatedAt: later(1) }, 'second');
    expect(await world.record()).toMatchObject({ loud: false, exception: { until } });
    world.say({ reason: 'decided anew', until });
    await world.take({ updatedAt: later(1) }, 'same');
    expect(await world.record()).toMatchObject({ exception: { reason: 'decided anew' } });

    world.say(undefined);
    await world.take({ updatedAt: later(2), workflow: 'suppressed' }, 'third');

    expect(await world.record()).toMatchObject({ loud: true, finding: { workflow: 'notified' } });
  });

  it('quiets what is known already with its next news, and never what is over', async () => {
    const world = await ruled();
    world.say(undefined);
    await world.take({}, 'first');
    world.say(rule);
    await world.take({}, 'same');
    expect(await world.record()).not.toHaveProperty('exception');
    await world.take({ updatedAt: later(1) }, 'news');
    expect(await world.record()).toMatchObject({ loud: true, exception: rule });

    const over = await ruled();
    await over.take({ workflow: 'resolved' }, 'first');
    expect(await over.record()).not.toHaveProperty('exception');
  });

  it('leaves a person’s exception as it is', async () => {
    const world = await ruled();
    world.say(undefined);
    await world.take({}, 'first');
    const choice = { reason: 'mine', days: 30 };
    await suppress(world.door, aFinding().key, clickOf(rita), choice);
    world.say(rule);

    await world.take({ updatedAt: later(1) }, 'news');

    expect(await world.record()).toMatchObject({ exception: { reason: 'mine' } });
  });

  it('is not held against a person who opens the finding at its source, until there is news', async () => {
    const world = await ruled();
    await world.take({}, 'first');
    world.clock.pass(minute);
    await tick(world);
    world.clock.pass(5 * minute);

    await world.take({ workflow: 'notified' }, 'opened');
    expect(await world.record()).not.toHaveProperty('exception');
    await world.take({ workflow: 'notified', updatedAt: later(1) }, 'news');

    expect(await world.record()).toMatchObject({ exception: rule });
  });
});
