import type { Store } from '../../src/app/ports';
import { acknowledge, assign } from '../../src/app/triage';
import { aFinding, findingKey } from '../support/builders';
import { recordIn } from '../support/exceptions';
import { around } from '../support/faults';
import { ann, bo, clickOf, gus, nils, rita } from '../support/people';
import { aWorld, type World } from '../support/world';

const record = (world: World) => recordIn(world, world.finding.key);
const facts = async (world: World, type: string) =>
  (await world.held.trail(findingKey as string as Parameters<Store['trail']>[0]))
    .map(({ event }) => event)
    .filter((event) => event.type === type);

describe('who takes notice of a finding', () => {
  it('is kept with the finding, once and with the time that it took', async () => {
    const world = await aWorld();
    world.clock.pass(90_000);

    const first = await acknowledge(world.door, world.finding.key, clickOf(ann));
    const again = await acknowledge(world.door, world.finding.key, clickOf(ann));
    const other = await acknowledge(world.door, world.finding.key, clickOf(rita));

    expect(first).toEqual({ kind: 'done' });
    expect([again, other].map(({ kind }) => kind)).toEqual(['nothing', 'nothing']);
    expect(other).toMatchObject({ because: expect.stringContaining('Ann already acknowledged') });
    expect((await record(world)).acknowledged).toMatchObject({ by: ann.id, name: 'Ann' });
    expect(await facts(world, 'finding.acknowledged')).toMatchObject([
      { actor: { id: ann.id }, facts: { took: 90 } },
    ]);
  });

  it('is one of two who press at once; the other hears who was first', async () => {
    const world = await aWorld();

    const answers = await Promise.all(
      [ann, rita].map((by) => acknowledge(world.door, world.finding.key, clickOf(by))),
    );

    expect(answers.map(({ kind }) => kind).sort()).toEqual(['done', 'nothing']);
    expect(await facts(world, 'finding.acknowledged')).toHaveLength(1);
  });

  it('hears that the finding is over, where it is', async () => {
    const world = await aWorld({ finding: aFinding({ workflow: 'resolved' }) });
    expect(await acknowledge(world.door, world.finding.key, clickOf(ann))).toMatchObject({
      kind: 'nothing',
      because: expect.stringContaining('over'),
    });
  });

  it('is told in words that others never stop writing', async () => {
    const world = await aWorld();
    const store = around<Store>(world.held, async (name, run) =>
      name === 'commit' ? 'conflict' : run(),
    );
    await expect(
      acknowledge({ ...world.door, store }, world.finding.key, clickOf(ann)),
    ).rejects.toThrow('press again');
  });
});

describe('who sees to a finding', () => {
  it('is somebody who may act here, and can change', async () => {
    const world = await aWorld();
    const give = (to: string) => assign(world.door, world.finding.key, clickOf(ann), to);

    const answers = [await give(rita.id), await give(rita.id), await give(bo.id)];

    expect(answers.map(({ kind }) => kind)).toEqual(['done', 'nothing', 'done']);
    expect((await record(world)).assignee).toEqual({ id: bo.id, name: 'Bo' });
    expect((await facts(world, 'finding.assigned')).map((event) => event.facts)).toEqual([
      { to: 'Rita' },
      { to: 'Bo' },
    ]);
  });

  it.each([
    [gus, 'a guest'],
    [nils, 'neither responder nor approver'],
  ])('is nobody who may not: $name', async (to, words) => {
    const world = await aWorld();

    const answer = await assign(world.door, world.finding.key, clickOf(ann), to.id);

    expect(answer).toMatchObject({ kind: 'refused', because: expect.stringContaining(words) });
    expect((await record(world)).assignee).toBeUndefined();
    expect(await facts(world, 'finding.triage-refused')).toHaveLength(1);
  });
});
