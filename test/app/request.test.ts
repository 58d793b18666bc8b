import fc from 'fast-check';
import { takeIn } from '../../src/app/intake';
import type { Store } from '../../src/app/ports';
import { mayAsk, offered, request } from '../../src/app/request';
import { lockOf } from '../../src/domain/target';
import { aFinding, aTarget } from '../support/builders';
import { around } from '../support/faults';
import { bo, clickOf, gus, nils, rita } from '../support/people';
import { aWorld, remediate } from '../support/world';

describe('a request', () => {
  it('writes down one remediation, its lock, its finding and its first fact', async () => {
    const world = await aWorld();

    const remediation = await world.request();

    expect(remediation).toMatchObject({
      requester: { id: rita.id, name: 'Rita' },
      control: 'EC2.13',
      target: aTarget,
      channel: 'C0ALERTS',
      status: { state: 'preparing' },
    });
    expect([...world.held.held.locks.values()]).toEqual([remediation.id]);
    expect(await world.held.finding(world.finding.key)).toMatchObject({
      remediation: remediation.id,
    });
    expect(await world.trail()).toContain('remediation.requested');
  });

  it('that comes second is shown the first, in whatever order the two arrive (law 5)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = await aWorld();
        const store = around<Store>(world.held, (name, run) =>
          scheduler.schedule(Promise.resolve(name)).then(run),
        );
        const door = { ...world.door, store };

        const both = Promise.all([
          request(door, world.ask, clickOf(rita), 'first'),
          request(door, world.ask, clickOf(bo), 'second'),
        ]);
        await scheduler.waitFor(both);

        const answers = await both;
        const ids = answers.map((each) => 'remediation' in each && each.remediation.id);
        expect(answers.map(({ kind }) => kind).sort()).toEqual(['open already', 'started']);
        expect(new Set(ids).size).toBe(1);
        expect(world.ids()).toHaveLength(1);
      }),
      { numRuns: 1000 },
    );
  });

  it('can be made again when the one before has ended', async () => {
    const world = await aWorld();
    await remediate(world);
    await takeIn(world.door, aFinding({ updatedAt: '2026-04-01T00:00:00.000Z' }), 'open-again');

    const again = await request(world.door, world.ask, clickOf(rita), 'open again');

    expect(again.kind).toBe('started');
  });

  it('is told to wait when the target is locked by what cannot be seen', async () => {
    const world = await aWorld();
    const id = (await world.request()).id;
    world.held.held.remediations.delete(id);

    const answer = await request(world.door, world.ask, clickOf(bo), 'second');

    expect(answer).toMatchObject({ kind: 'refused', because: expect.stringMatching(/^Another/) });
  });

  it('ends in words when deliveries never stop coming in between', async () => {
    const world = await aWorld();
    const store = around<Store>(world.held, async (name, run) =>
      name === 'commit' ? 'conflict' : run(),
    );

    const answer = await request({ ...world.door, store }, world.ask, clickOf(rita), '');

    expect(answer.kind).toBe('refused');
  });

  it.each([
    ['without the role', nils, 'Only responders may ask for a remediation.'],
    ['by a guest', gus, 'You are a guest here, and only members may act.'],
  ])('%s is refused with words and audited (laws 3 and 13)', async (_, person, because) => {
    const world = await aWorld();

    const answer = await mayAsk(world.door, world.ask, clickOf(person));

    expect(answer).toMatchObject({ kind: 'refused', because });
    expect(await world.trail()).toEqual(['finding.received', 'remediation.request-refused']);
  });

  it('without the role and without a finding is refused with the same words', async () => {
    const world = await aWorld();

    const answer = await mayAsk(world.door, { ...world.ask, finding: 'x' }, clickOf(nils));

    expect(answer).toMatchObject({ because: 'Only responders may ask for a remediation.' });
  });

  it('for a closed finding, an unknown one or another target is refused', async () => {
    const world = await aWorld();
    const because = 'This finding is closed, so there is nothing to remediate.';

    const unknown = await mayAsk(
      world.door,
      { ...world.ask, finding: 'f'.repeat(32) },
      clickOf(rita),
    );
    const other = await mayAsk(world.door, { ...world.ask, target: 'sg-other' }, clickOf(rita));
    await takeIn(world.door, aFinding({ workflow: 'resolved' }), 'delivery-1');
    const closed = await mayAsk(world.door, world.ask, clickOf(rita));

    for (const answer of [unknown, other, closed]) expect(answer).toMatchObject({ because });
    expect(await offered(world.door, world.ask)).toBeUndefined();
  });

  it('carries no control where the finding names none', async () => {
    const world = await aWorld();
    const record = await world.held.finding(world.finding.key);
    const { control: _, ...finding } = world.finding;
    world.held.held.findings.set(finding.key, { ...record!, finding });
    const offers = [{ ...world.door.offers[0]!, answers: [] }];

    const answer = await mayAsk({ ...world.door, offers }, world.ask, clickOf(rita));

    expect(answer.kind).toBe('refused');
    expect(lockOf(world.ask.playbook, aTarget)).toContain(aTarget.id);
  });
});
