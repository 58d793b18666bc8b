import { housekeep } from '../../src/app/housekeep';
import type { IntakeDeps } from '../../src/app/intake';
import { takeIn } from '../../src/app/intake';
import type { FindingRecord, Store } from '../../src/app/ports';
import { syncSource, trySync } from '../../src/app/sync-source';
import { suppress } from '../../src/app/triage';
import { aFinding, day } from '../support/builders';
import { around, killer } from '../support/faults';
import { clickOf, rita } from '../support/people';
import { aWorld, type World } from '../support/world';

const later = (n: number) => `2026-04-0${n}T00:00:00.000Z`;
const minute = 60_000;

/** A world with one finding, accepted by Rita for a week. */
const accepted = async (finding = aFinding({ workflow: 'notified' })) => {
  const world = await aWorld({ finding });
  const record = async (): Promise<FindingRecord> => {
    const found = await world.held.finding(finding.key);
    if (!found) throw new Error('no record');
    return found;
  };
  const choice = { reason: 'a test system', days: 7 };
  await suppress(world.door, finding.key, clickOf(rita), choice);
  return { ...world, record };
};
const idle = {
  groups: { due: () => Promise.resolve([]), settle: () => Promise.resolve() },
  showGroup: () => Promise.resolve(),
};
const tick = ({ deps }: Pick<World, 'deps'>) => housekeep({ ...deps, ...idle });
const written = ({ source }: World) => source.written.map(({ workflow }) => workflow);

describe('an exception', () => {
  it('is written to the source with reason, person and end, and its echo is no news', async () => {
    const world = await accepted();

    await syncSource(world.deps, await world.record());
    const echo = await takeIn(world.door, aFinding({ workflow: 'suppressed' }), 'echo');

    expect(world.source.written).toMatchObject([{ workflow: 'SUPPRESSED' }]);
    expect(world.source.written[0]?.note).toMatch(
      /Rita until 2026-03-08T12:00 UTC: a test system$/,
    );
    expect(echo).toBe('known');
    expect(await world.record()).not.toHaveProperty('tell');
  });

  it('ends when its time is over: open here, told, and NOTIFIED at the source', async () => {
    const world = await accepted();
    await syncSource(world.deps, await world.record());

    world.clock.pass(7 * day - 1);
    await tick(world);
    expect((await world.record()).exception).toBeDefined();
    world.clock.pass(1);
    await tick(world);
    await syncSource(world.deps, await world.record());

    expect(await world.record()).toMatchObject({ finding: { workflow: 'notified' }, loud: true });
    expect((await world.record()).exception).toBeUndefined();
    expect(written(world)).toEqual(['SUPPRESSED', 'NOTIFIED']);
    expect(await world.trail()).toEqual([
      'finding.received',
      'finding.suppressed',
      'finding.reopened',
    ]);
    expect((await tick(world)).failures).toEqual([]);
    world.clock.pass(2 * minute);
    await tick(world);
    expect(world.held.held.due.size).toBe(0);
  });

  it('of what is over meanwhile is only put right at the source', async () => {
    const world = await accepted();
    await syncSource(world.deps, await world.record());
    const archived = { record: 'archived', workflow: 'suppressed', updatedAt: later(1) } as const;
    await takeIn(world.door, aFinding(archived), 'archived');

    world.clock.pass(40 * day);
    await tick(world);
    await syncSource(world.deps, await world.record());

    expect(written(world)).toEqual(['SUPPRESSED', 'NOTIFIED']);
    expect(await world.trail()).not.toContain('finding.reopened');
  });

  it('ends with no word to the source where somebody has set another status there', async () => {
    const world = await accepted();
    await syncSource(world.deps, await world.record());
    world.source.stands = 'resolved';

    world.clock.pass(7 * day);
    await tick(world);
    await syncSource(world.deps, await world.record());

    expect(written(world)).toEqual(['SUPPRESSED']);
    expect((await world.record()).finding.workflow).toBe('resolved');
  });

  it.each(['before', 'after'] as const)(
    'killed %s any call, is written and ended all the same (law 4)',
    async (when) => {
      for (let at = 0; at < 12; at += 1) {
        const world = await accepted();
        const { wrap, revive } = killer(at, when);
        const dying = {
          ...world.deps,
          ...idle,
          store: wrap<Store>(world.held),
          source: wrap(world.source),
        };
        const twice = async (act: (deps: typeof dying) => Promise<unknown>) => {
          await act(dying).catch(() => {});
          revive();
          await act(dying).catch(() => {});
        };

        await twice(async (deps) => syncSource(deps, await world.record()));
        world.clock.pass(7 * day);
        await twice((deps) => housekeep(deps));
        await twice(async (deps) => syncSource(deps, await world.record()));

        expect(await world.record()).toMatchObject({ finding: { workflow: 'notified' } });
        expect(await world.record()).not.toHaveProperty('tell');
        expect([...new Set(written(world))]).toEqual(['SUPPRESSED', 'NOTIFIED']);
        expect(await world.trail()).toEqual([
          'finding.received',
          'finding.suppressed',
          'finding.reopened',
        ]);
      }
    },
  );

  it('is not ended by an event that was under way when it was made', async () => {
    const world = await accepted();
    await syncSource(world.deps, await world.record());

    await takeIn(world.door, aFinding({ workflow: 'notified', updatedAt: later(1) }), 'late');

    expect(await world.record()).toMatchObject({
      finding: { workflow: 'suppressed', updatedAt: later(1) },
      exception: { reason: 'a test system' },
    });
  });

  it('is ended by a person who opens the finding at its source, and nobody fights them', async () => {
    const world = await accepted();
    await syncSource(world.deps, await world.record());
    world.clock.pass(5 * minute);

    await takeIn(world.door, aFinding({ workflow: 'notified' }), 'opened');

    expect(await world.record()).toMatchObject({ finding: { workflow: 'notified' } });
    expect((await world.record()).exception).toBeUndefined();
    expect((await world.trail()).at(-1)).toBe('finding.reopened');
    await syncSource(world.deps, await world.record());
    expect(written(world)).toEqual(['SUPPRESSED']);
  });

  it('is ended by a person who resolves the finding there, without a word of opening', async () => {
    const world = await accepted();
    await takeIn(world.door, aFinding({ workflow: 'resolved' }), 'resolved');

    expect(await world.record()).not.toHaveProperty('exception');
    expect(await world.record()).not.toHaveProperty('tell');
    expect((await world.trail()).at(-1)).toBe('finding.changed');
  });

  it('is kept through each “new” of a service that knows no workflow', async () => {
    const native = { source: 'guardduty', compliance: undefined } as const;
    const world = await accepted(aFinding(native));
    world.source.answer = 'unsupported';
    await syncSource(world.deps, await world.record());
    world.clock.pass(day);

    await takeIn(world.door, aFinding({ ...native, updatedAt: later(1) }), 'refresh');

    expect(await world.record()).toMatchObject({
      finding: { workflow: 'suppressed', updatedAt: later(1) },
      exception: { reason: 'a test system' },
    });
    expect(await world.record()).not.toHaveProperty('wrote');
  });

  it.each([later(1), '2025-01-01T00:00:00.000Z'])(
    'is told to Security Hub as soon as that knows the finding (%s)',
    async (updatedAt) => {
      const world = await accepted(aFinding({ source: 'guardduty' }));
      world.source.answer = 'unsupported';
      await syncSource(world.deps, await world.record());
      world.source.answer = 'written';
      world.clock.pass(5 * minute);

      await takeIn(world.door, aFinding({ updatedAt }), 'copy');
      await syncSource(world.deps, await world.record());

      expect(written(world)).toEqual(['SUPPRESSED']);
      expect(await world.record()).toMatchObject({
        finding: { source: 'security-hub', workflow: 'suppressed' },
        exception: { reason: 'a test system' },
      });
    },
  );
});

describe('a source that cannot be told', () => {
  const broken = (world: World) =>
    around(world.source, () => Promise.reject(new Error('hub down')));

  it('is tried again by housekeeping, ever less often, and people hear of it once', async () => {
    const world = await accepted();
    const deps = { ...world.deps, ...idle, source: broken(world) };
    await trySync(deps, await world.record());
    const pauses: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      const [due] = world.held.held.due.values();
      pauses.push((Date.parse(due ?? '') - world.clock.now().getTime()) / minute);
      world.clock.pass(Date.parse(due ?? '') - world.clock.now().getTime());
      expect((await housekeep(deps)).failures).toMatchObject([{ message: 'hub down' }]);
    }

    expect(pauses).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
    expect((await world.trail()).filter((type) => type === 'finding.write-failed')).toHaveLength(1);
    world.clock.pass(60 * minute);
    await tick(world);
    expect(written(world)).toEqual(['SUPPRESSED']);
    expect([...world.held.held.due.values()]).toEqual([(await world.record()).exception?.until]);
  });

  it('does not keep an exception from ending', async () => {
    const world = await accepted();
    const deps = { ...world.deps, ...idle, source: broken(world) };
    await trySync(deps, await world.record());
    world.clock.pass(7 * day);

    await housekeep(deps);

    expect(await world.record()).toMatchObject({ finding: { workflow: 'notified' } });
  });
});

describe('an exception of the policy', () => {
  const rule = { reason: 'sandbox account', until: '2026-03-10T00:00:00.000Z' };
  const ruled = async () => {
    const world = await aWorld({ finding: aFinding({ id: 'another', key: 'f'.repeat(32) }) });
    let says: typeof rule | undefined = rule;
    const deps: IntakeDeps = { ...world.door, exceptionFor: () => says };
    const key = aFinding().key;
    const record = async (): Promise<FindingRecord> => {
      const found = await world.held.finding(key);
      if (!found) throw new Error('no record');
      return found;
    };
    return {
      ...world,
      record,
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
