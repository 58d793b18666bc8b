import { syncSource } from '../../src/app/sync-source';
import type { Store } from '../../src/app/ports';
import { killer } from '../support/faults';
import { anIntake } from '../support/intake';

const at = (n: number) => `2026-01-02T00:00:${String(n).padStart(2, '0')}.000Z`;

describe('an announcement', () => {
  it('is told to the source once, and its echo is no news', async () => {
    const { take, record, deps, source, trail } = anIntake();
    await take();

    await syncSource(deps, await record());
    await syncSource(deps, await record());
    const echo = await take({ workflow: 'notified' });

    expect(source.written.map(({ workflow }) => workflow)).toEqual(['NOTIFIED']);
    expect(echo).toBe('known');
    expect((await record()).count).toBe(1);
    expect(await trail()).toEqual(['finding.received', 'finding.announced']);
  });

  it('is no news either when something newer overtakes its echo (law 4)', async () => {
    const { take, record, deps } = anIntake();
    await take({ updatedAt: at(1) });
    await syncSource(deps, await record());
    await take({ updatedAt: at(2), severity: 'critical' });

    const echo = await take({ updatedAt: at(1), workflow: 'notified' });
    const late = await take({ updatedAt: at(0) });

    expect([echo, late]).toEqual(['known', 'seen again']);
    expect(await record()).toMatchObject({ count: 3, finding: { severity: 'critical' } });
  });

  it.each(['before', 'after'] as const)(
    'killed %s any call is made when the card is shown again (law 4)',
    async (when) => {
      for (let at = 0; at < 3; at += 1) {
        const { take, record, deps, source, trail } = anIntake();
        const { wrap } = killer(at, when);
        await take();

        const dying = { ...deps, store: wrap<Store>(deps.store), source: wrap(source) };
        await syncSource(dying, await record()).catch(() => {});
        await syncSource(deps, await record());

        expect(new Set(source.written.map(({ workflow }) => workflow))).toEqual(
          new Set(['NOTIFIED']),
        );
        expect(await record()).toMatchObject({ wrote: 'notified', announced: true });
        expect(await trail()).toEqual(['finding.received', 'finding.announced']);
      }
    },
  );

  it('is not made for what we resolved ourselves', async () => {
    const { take, record, deps, source } = anIntake();
    await take();

    await syncSource(deps, { ...(await record()), wrote: 'resolved' });

    expect(source.written).toEqual([]);
  });

  it('is not made for what is not new', async () => {
    const { take, record, deps, source } = anIntake();
    await take({ workflow: 'notified' });

    await syncSource(deps, await record());

    expect(source.written).toEqual([]);
  });

  it('is left to the writer that was faster', async () => {
    const { take, record, deps, source } = anIntake();
    await take();
    const stale = await record();
    await take({ updatedAt: at(1) });

    await syncSource(deps, stale);

    expect(source.written).toEqual([]);
  });
});

describe('a person who moves the workflow in the Security Hub console', () => {
  it('is followed also to what we wrote ourselves before (law 9)', async () => {
    const { take, record, deps } = anIntake();
    await take();
    await syncSource(deps, await record());
    await take({ workflow: 'notified' });

    await take({ workflow: 'resolved' });
    const back = await take({ workflow: 'notified' });

    expect(back).toBe('seen again');
    expect((await record()).finding.workflow).toBe('notified');
  });
});
