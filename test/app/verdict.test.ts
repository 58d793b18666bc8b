import { takeIn } from '../../src/app/intake';
import { finish } from '../../src/app/finish';
import { syncSource } from '../../src/app/sync-source';
import { aFinding, hour } from '../support/builders';
import { recordIn } from '../support/exceptions';
import { aWorld, remediate, type World } from '../support/world';

const doneAt = '2026-03-01T12:00:00.000Z';
const after = (ms: number) => new Date(Date.parse(doneAt) + ms).toISOString();
const record = (world: World) => recordIn(world, world.finding.key);
let deliveries = 0;
const hear = (world: World, more: Parameters<typeof aFinding>[0]) =>
  takeIn(world.door, aFinding({ workflow: 'resolved', ...more }), `said-${(deliveries += 1)}`);
const told = async (world: World, type: string) =>
  (await world.trail()).filter((each) => each === type).length;

describe('after a remediation is done', () => {
  it('the control’s own PASSED is kept and told once', async () => {
    const world = await aWorld();
    await remediate(world);

    await hear(world, { compliance: 'passed', updatedAt: after(hour) });
    await hear(world, { compliance: 'passed', updatedAt: after(2 * hour) });

    expect((await record(world)).passedAt).toBe(after(hour));
    expect(await told(world, 'finding.passed')).toBe(1);
  });

  it('a PASSED that came before the end counts at the end', async () => {
    const world = await aWorld();
    const { id } = await world.request();
    await world.play(id, 'remediate', {
      people: async () => {
        await world.vote(id);
        const early = { workflow: 'new', compliance: 'passed', updatedAt: after(1) } as const;
        await hear(world, early);
      },
    });

    expect((await world.stored(id)).status.state).toBe('done');
    expect((await record(world)).passedAt).toBe(after(1));
    expect(await told(world, 'finding.passed')).toBe(1);
  });

  it('a PASSED that came before the end counts also where somebody silenced the finding', async () => {
    const world = await aWorld();
    const { id } = await world.request();
    await world.play(id, 'remediate', {
      people: async () => {
        await world.vote(id);
        const early = { compliance: 'passed', updatedAt: after(1) } as const;
        await hear(world, { ...early, workflow: 'suppressed' });
      },
    });

    expect((await record(world)).passedAt).toBe(after(1));
    expect((await record(world)).finding.workflow).toBe('suppressed');
    expect(world.source.written).toEqual([]);
  });

  it('a PASSED of before it was asked for proves nothing', async () => {
    const world = await aWorld();
    await remediate(world);
    await hear(world, { compliance: 'passed', updatedAt: '2026-02-01T00:00:00.000Z' });
    expect(await record(world)).not.toHaveProperty('passedAt');
  });

  it('a FAILED within the hour is the evaluation of before, and says nothing', async () => {
    const world = await aWorld();
    await remediate(world);

    await hear(world, { updatedAt: after(hour) });

    expect(await record(world)).not.toHaveProperty('doubtedAt');
    expect((await record(world)).finding.workflow).toBe('resolved');
  });

  it('a later FAILED is told once, and what we resolved is open again, here and at the source', async () => {
    const world = await aWorld();
    await remediate(world);

    await hear(world, { updatedAt: after(hour + 1) });
    await syncSource(world.deps, await record(world));
    await hear(world, { updatedAt: after(20 * hour), workflow: 'notified' });

    expect(await record(world)).toMatchObject({
      doubtedAt: after(hour + 1),
      finding: { workflow: 'notified' },
    });
    expect(await told(world, 'finding.still-failed')).toBe(1);
    expect(world.source.written.map(({ workflow }) => workflow)).toEqual(['RESOLVED', 'NOTIFIED']);
    expect(world.source.written[1]?.note).toContain('the control said FAILED');
  });

  it('a doubt is over when the control says PASSED after all', async () => {
    const world = await aWorld();
    await remediate(world);
    await hear(world, { updatedAt: after(2 * hour) });

    await hear(world, { compliance: 'passed', updatedAt: after(20 * hour) });

    expect((await record(world)).passedAt).toBe(after(20 * hour));
    expect(await told(world, 'finding.passed')).toBe(1);
  });

  it('a doubt opens nothing that somebody else resolved or silenced', async () => {
    const world = await aWorld();
    await remediate(world);
    await hear(world, { workflow: 'suppressed' });

    await hear(world, { workflow: 'suppressed', updatedAt: after(2 * hour) });
    await syncSource(world.deps, await record(world));

    expect((await record(world)).finding.workflow).toBe('suppressed');
    expect(await told(world, 'finding.still-failed')).toBe(1);
    expect(world.source.written).toHaveLength(1);
  });

  it('what a control says of a change that was taken back is none of this', async () => {
    const world = await aWorld();
    const { id } = await remediate(world);
    await world.undo(id);
    await world.play(id, 'undo');

    await hear(world, { workflow: 'notified', updatedAt: after(5 * hour) });

    expect((await world.stored(id)).status.state).toBe('undone');
    expect(await told(world, 'finding.still-failed')).toBe(0);
  });
});

describe('our write at the end', () => {
  it('leaves what a person set at the source meanwhile (RESOLVED)', async () => {
    const world = await aWorld();
    world.source.stands = 'suppressed';

    await remediate(world);

    expect(world.source.written).toEqual([]);
    expect((await record(world)).finding.workflow).toBe('suppressed');
    expect(await told(world, 'finding.resolved')).toBe(0);
  });

  it('takes a RESOLVED that stands there for the same, as it may be ours that died', async () => {
    const world = await aWorld();
    world.source.stands = 'resolved';

    await remediate(world);

    expect((await record(world)).finding.workflow).toBe('resolved');
    expect(await told(world, 'finding.resolved')).toBe(1);
  });

  it('of an undo opens what we resolved, and not what a person resolved since', async () => {
    const ours = await aWorld();
    const { id } = await remediate(ours);
    ours.source.stands = 'resolved';
    await ours.undo(id);
    await ours.play(id, 'undo');
    expect(ours.source.written.map(({ workflow }) => workflow)).toEqual(['RESOLVED', 'NOTIFIED']);

    const theirs = await aWorld();
    const end = await remediate(theirs);
    await hear(theirs, { workflow: 'notified' });
    await hear(theirs, { workflow: 'resolved' });
    theirs.clock.pass(hour);
    await hear(theirs, { workflow: 'notified' });
    await hear(theirs, { workflow: 'resolved' });
    await theirs.undo(end.id);
    await theirs.play(end.id, 'undo');
    expect(theirs.source.written.map(({ workflow }) => workflow)).toEqual(['RESOLVED']);
  });

  it('is made once by two workers that finish at once', async () => {
    const world = await aWorld();
    const end = await remediate(world);
    const known = await record(world);
    const { wrote: _, over: __, ...fresh } = known;
    const finding = { ...known.finding, workflow: 'notified' as const };
    await world.held.commit({
      finding: { ...fresh, finding, version: known.version + 1 },
      events: [],
    });
    const other = { ...end, version: end.version + 1 };

    await Promise.all([finish(world.deps, other), finish(world.deps, other)]);

    expect((await record(world)).finding.workflow).toBe('resolved');
    expect(await told(world, 'finding.resolved')).toBe(2);
  });
});
