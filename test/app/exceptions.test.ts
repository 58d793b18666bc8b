import { housekeep } from '../../src/app/housekeep';
import { takeIn } from '../../src/app/intake';
import type { Store } from '../../src/app/ports';
import { syncSource } from '../../src/app/sync-source';
import { suppress } from '../../src/app/triage';
import { aFinding, day } from '../support/builders';
import { accepted, idle, later, minute, tick, written } from '../support/exceptions';
import { around, killer } from '../support/faults';
import { clickOf, rita } from '../support/people';

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
    expect(await world.record()).not.toHaveProperty('wrote');
    expect((await world.trail()).at(-1)).toBe('finding.changed');
  });

  it('that is made while housekeeping clears the last one keeps its end', async () => {
    const world = await accepted();
    const { exception: _, tell: __, ...open } = await world.record();
    const notified = { ...open.finding, workflow: 'notified' } as const;
    const finding = { ...open, finding: notified, version: open.version + 1 };
    await world.held.commit({ finding, events: [] });
    world.clock.pass(8 * day);
    const choice = { reason: 'once more', days: 1 };
    const store = around<Store>(world.held, async (name, run) => {
      if (name === 'commit') await suppress(world.door, finding.finding.key, clickOf(rita), choice);
      return run();
    });

    await housekeep({ ...world.deps, ...idle, store });

    expect(await world.record()).toMatchObject({ exception: { reason: 'once more' } });
    expect([...world.held.held.due.keys()]).toEqual([finding.finding.key]);
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

  it.each(['guardduty', 'inspector'] as const)(
    'is kept through each “new” of %s',
    async (source) => {
      const native = { source, compliance: undefined } as const;
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
    },
  );

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
