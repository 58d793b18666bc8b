import { finish } from '../../src/app/finish';
import { takeIn } from '../../src/app/intake';
import type { Store } from '../../src/app/ports';
import { aFinding, aPlan, aProposal, aRemediation } from '../support/builders';
import { around } from '../support/faults';
import { aWorld, remediate } from '../support/world';

const done = aRemediation({
  status: { state: 'done', at: '2026-03-01T12:00:00.000Z', undoUntil: '2026-03-04T12:00:00.000Z' },
});

describe('the source of a finding', () => {
  it('hears who asked and who approved, in 512 characters at most', async () => {
    const world = await aWorld();

    const end = await remediate(world);

    expect(world.source.written).toEqual([
      {
        key: world.finding.key,
        workflow: 'RESOLVED',
        note: `Drawbridge: “${end.title}” done and read back (${end.id}; asked by Rita, approved by Ann).`,
      },
    ]);
  });

  it('hears it once, however often the workflow finishes (law 4)', async () => {
    const world = await aWorld();
    const end = await remediate(world);

    await finish(world.deps, end);

    expect(world.source.written).toHaveLength(1);
  });

  it('hears nothing of a remediation that did not change what it should (law 6)', async () => {
    const world = await aWorld();

    for (const state of ['held', 'rolled back', 'refused', 'compliant'] as const)
      await finish(world.deps, aRemediation({ status: { state, at: '', because: '' } }));

    expect(world.source.written).toEqual([]);
  });

  it('hears nothing of a remediation that leaves what the control still wants (law 6)', async () => {
    const world = await aWorld();
    const plan = aPlan({ leaves: 'The password stays.' });

    await finish(world.deps, { ...done, proposal: aProposal({ plan }) });

    expect(world.source.written).toEqual([]);
  });

  it('hears nothing where no finding started it, or none is known', async () => {
    const world = await aWorld();
    const { finding: _, ...without } = done;

    await finish(world.deps, without);
    world.held.held.findings.clear();
    await finish(world.deps, done);

    expect(world.source.written).toEqual([]);
  });

  it('hears “policy” where nobody had to decide', async () => {
    const world = await aWorld();

    await finish(world.deps, done);

    expect(world.source.written[0]?.note).toContain('approved by policy');
  });

  it('that takes no workflow leaves no mark: whatever comes is news', async () => {
    const world = await aWorld();
    world.source.answer = 'unsupported';

    await finish(world.deps, done);
    const delivered = await takeIn(world.door, aFinding({ workflow: 'resolved' }), 'delivery-1');

    expect(delivered).toBe('seen again');
    expect(await world.trail()).not.toContain('finding.resolved');
    expect((await world.held.finding(world.finding.key))?.finding.workflow).toBe('resolved');
  });

  it('is marked before it is written to, so that a fast echo is no news', async () => {
    const world = await aWorld();
    const echoes: string[] = [];
    const source = around(world.source, async (_, run) => {
      const answer = await run();
      echoes.push(await takeIn(world.door, aFinding({ workflow: 'resolved' }), 'echo'));
      return answer;
    });

    await finish({ ...world.deps, source }, done);

    expect(echoes).toEqual(['known']);
    expect((await world.held.finding(world.finding.key))?.count).toBe(1);
    expect(await world.trail()).toContain('finding.resolved');
  });

  it('is written to once when deliveries come in between, and told once', async () => {
    const world = await aWorld();
    let deliveries = 0;
    const source = around(world.source, async (_, run) => {
      const answer = await run();
      deliveries += 1;
      if (deliveries < 3) {
        const updatedAt = `2026-01-03T00:00:0${deliveries}.000Z`;
        await takeIn(world.door, aFinding({ updatedAt }), `between-${deliveries}`);
      }
      return answer;
    });

    await finish({ ...world.deps, source }, done);

    expect(world.source.written).toHaveLength(1);
    expect((await world.trail()).filter((type) => type === 'finding.resolved')).toHaveLength(1);
    expect(await world.held.finding(world.finding.key)).toMatchObject({
      wrote: 'resolved',
      finding: { workflow: 'resolved' },
    });
  });

  it('is left to the next try when others never stop writing', async () => {
    const world = await aWorld();
    const store = around<Store>(world.held, async (name, run) =>
      name === 'commit' ? 'conflict' : run(),
    );

    await expect(finish({ ...world.deps, store }, done)).rejects.toThrow('too many at once');
    expect(world.source.written).toEqual([]);
  });
});
