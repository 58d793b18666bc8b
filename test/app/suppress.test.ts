import type { Store } from '../../src/app/ports';
import { acknowledge, lift, mayTouch, suppress } from '../../src/app/triage';
import { day, findingKey } from '../support/builders';
import { recordIn } from '../support/exceptions';
import { ann, bo, clickOf, gus, nils, rita } from '../support/people';
import { aWorld, remediate, type World } from '../support/world';

const record = (world: World) => recordIn(world, world.finding.key);
const facts = async (world: World, type: string) =>
  (await world.held.trail(findingKey as string as Parameters<Store['trail']>[0]))
    .map(({ event }) => event)
    .filter((event) => event.type === type);
const accept = (world: World, by = rita, more: Partial<{ reason: string; days: number }> = {}) =>
  suppress(world.door, world.finding.key, clickOf(by), {
    reason: 'a test system',
    days: 7,
    ...more,
  });

describe('who accepts a finding for a time', () => {
  it('has it suppressed here at once, with reason and end, and the source told later', async () => {
    const world = await aWorld();

    expect(await accept(world)).toEqual({ kind: 'done' });

    const until = new Date(world.clock.now().getTime() + 7 * day).toISOString();
    expect(await record(world)).toMatchObject({
      finding: { workflow: 'suppressed' },
      exception: { by: { id: rita.id, name: 'Rita' }, reason: 'a test system', until },
      tell: { workflow: 'suppressed', note: expect.stringContaining('Rita') },
    });
    expect((await record(world)).tell?.note).toContain('a test system');
    expect((await record(world)).tell?.note).toContain(until.slice(0, 10));
    expect(world.source.written).toEqual([]);
    expect(await facts(world, 'finding.suppressed')).toMatchObject([
      { facts: { reason: 'a test system', until } },
    ]);
  });

  it('does it once, however often the form comes (law 4)', async () => {
    const world = await aWorld();
    await accept(world);

    expect(await accept(world)).toMatchObject({
      kind: 'nothing',
      because: expect.stringContaining('suppressed by Rita'),
    });
    expect(await facts(world, 'finding.suppressed')).toHaveLength(1);
  });

  it.each([{ days: 0 }, { days: 366 }, { days: 1.5 }, { days: Number.NaN }, { reason: 'no' }])(
    'gives a reason and 1 to 365 days: %j is neither',
    async (more) => {
      const world = await aWorld();
      expect(await accept(world, rita, more)).toMatchObject({ kind: 'nothing' });
      expect((await record(world)).exception).toBeUndefined();
    },
  );

  it.each([
    [ann, 'Only responders may suppress a finding.'],
    [nils, 'Only responders may suppress a finding.'],
    [gus, 'You are a guest here, and only members may act.'],
  ])('is a responder: $name is refused, which is audited (law 3)', async (by, because) => {
    const world = await aWorld();

    const answers = [await accept(world, by), await accept(world, by)];

    expect(answers).toMatchObject([
      { kind: 'refused', because },
      { kind: 'refused', because },
    ]);
    expect((await record(world)).finding.workflow).toBe('new');
    expect(await facts(world, 'finding.triage-refused')).toMatchObject([
      { actor: { id: by.id }, facts: { action: 'suppress', because } },
    ]);
  });

  it('is asked anew who they are, as silence is a decision', async () => {
    const world = await aWorld();
    const asked: boolean[] = [];
    const people = {
      ...world.people,
      person: (id: string, fresh: boolean) => {
        asked.push(fresh);
        return world.people.person(id, fresh);
      },
    };
    await mayTouch({ ...world.door, people }, 'suppress', world.finding.key, clickOf(rita));
    await mayTouch({ ...world.door, people }, 'acknowledge', world.finding.key, clickOf(rita));
    expect(asked).toEqual([true, false]);
  });

  it('hears where the finding is not known', async () => {
    const world = await aWorld();
    world.held.held.findings.clear();
    expect(await accept(world)).toEqual({
      kind: 'refused',
      because: 'This finding is not known here.',
    });
  });
});

describe('who ends an exception early', () => {
  it('has the finding open again, with nobody who has taken notice', async () => {
    const world = await aWorld();
    await acknowledge(world.door, world.finding.key, clickOf(ann));
    await accept(world);

    expect(await lift(world.door, world.finding.key, clickOf(bo))).toEqual({ kind: 'done' });

    const now = await record(world);
    expect(now).toMatchObject({
      finding: { workflow: 'notified' },
      loud: true,
      tell: { workflow: 'notified', from: ['suppressed'] },
    });
    expect([now.exception, now.acknowledged]).toEqual([undefined, undefined]);
    expect(await facts(world, 'finding.reopened')).toMatchObject([
      { actor: { id: bo.id }, facts: { because: 'Bo ended its exception.' } },
    ]);
  });

  it('hears where there is none, or where the policy makes it', async () => {
    const world = await aWorld();
    const end = () => lift(world.door, world.finding.key, clickOf(rita));
    expect(await end()).toMatchObject({
      kind: 'nothing',
      because: expect.stringContaining('no exc'),
    });

    const known = await record(world);
    const exception = { reason: 'a test system', until: '2027-01-01T00:00:00.000Z' };
    const finding = { ...known, exception, version: known.version + 1 };
    await world.held.commit({ finding, events: [] });

    expect(await end()).toMatchObject({
      kind: 'nothing',
      because: expect.stringContaining('config/drawbridge.yml'),
    });
  });

  it('is a responder', async () => {
    const world = await aWorld();
    await accept(world);
    expect(await lift(world.door, world.finding.key, clickOf(ann))).toMatchObject({
      kind: 'refused',
      who: 'responder',
    });
    expect((await record(world)).exception).toBeDefined();
  });
});

it('a remediation that ends meanwhile leaves an exception alone', async () => {
  const world = await aWorld();
  const { id } = await world.request();
  await accept(world);

  await world.play(id, 'remediate', { people: async () => void (await world.vote(id)) });

  expect((await world.stored(id)).status.state).toBe('done');
  expect((await record(world)).finding.workflow).toBe('suppressed');
  expect(world.source.written.map(({ workflow }) => workflow)).not.toContain('RESOLVED');
});

it('a new request forgets what the control said of the last remediation', async () => {
  const world = await aWorld();
  await remediate(world);
  const known = await record(world);
  const opened = { ...known.finding, workflow: 'new' as const };
  const said = { passedAt: '2026-03-02T00:00:00.000Z', doubtedAt: '2026-03-02T00:00:00.000Z' };
  const finding = { ...known, finding: opened, ...said, version: known.version + 1 };
  await world.held.commit({ finding, events: [] });

  await world.request();

  expect(await record(world)).not.toHaveProperty('passedAt');
  expect(await record(world)).not.toHaveProperty('doubtedAt');
});
