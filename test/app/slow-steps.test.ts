import { advance } from '../../src/app/advance';
import { awsError } from '../support/memory-aws';
import { aWorldOfEngines, run, shut, through, waiting } from '../support/engine';
import { play } from '../support/play';

const throttled = () => awsError('ThrottlingException');
const times = (count: number, make: () => Error) => Array.from({ length: count }, make);

describe('a slow step', () => {
  it('is begun once, waited for, and done when it was read back', async () => {
    const world = await aWorldOfEngines([run({ name: 'a', seconds: 500 })]);

    const { remediation, steps, waits } = await through(world);

    expect(remediation.status.state).toBe('done');
    expect(world.engine.started).toHaveLength(1);
    expect(steps).toMatchObject([{ status: 'applied', after: { is: 'done' } }]);
    expect(waits.length).toBeGreaterThan(5);
    expect(await world.trail()).toContain('step.applied');
  });

  it('is looked at often first and ever less, at least once a minute', async () => {
    const world = await aWorldOfEngines([run({ name: 'a', seconds: 7000, patience: 7200 })]);

    const { waits } = await through(world);

    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect([waits[0], waits.at(-1)]).toEqual([1, 60]);
    expect(waits.length).toBeLessThan(150);
  });

  it('says meanwhile what it is busy with, and is shown as going on', async () => {
    const world = await aWorldOfEngines([run({ name: 'a', seconds: 30 })]);
    const { id } = await world.request();
    await play(world.deps, id);
    await world.vote(id);

    const looks = [
      await advance(world.deps, await world.stored(id), () => 60_000),
      await advance(world.deps, await world.stored(id), () => 60_000),
    ];

    expect(looks).toEqual([
      { next: 'wait', seconds: 1 },
      { next: 'wait', seconds: 1 },
    ]);
    expect(await world.held.steps(id)).toMatchObject([{ status: 'applying', doing: 'a turns' }]);
    expect((await world.stored(id)).status.state).toBe('applying');
  });

  it('that fails ends in the words of what ran it', async () => {
    const world = await aWorldOfEngines([run({ name: 'a', seconds: 20, fails: 'No such host.' })]);

    const { remediation, steps } = await through(world);

    expect(remediation.status).toMatchObject({
      state: 'held',
      because: expect.stringMatching(/^No such host\. Step 1 \(Run a\) may have done a part/),
    });
    expect(steps).toMatchObject([{ status: 'failed', error: 'No such host.' }]);
  });

  it.each([
    [undefined, '10 minutes', 600],
    [60, '1 minute', 60],
  ])('with a patience of %s is given up after %s, in words', async (patience, words, seconds) => {
    const work = { name: 'a', seconds: 9999, ...(patience !== undefined && { patience }) };
    const world = await aWorldOfEngines([run(work)]);

    const { remediation, waits } = await through(world);

    expect(remediation.status).toMatchObject({
      state: 'held',
      because: expect.stringContaining(
        `It did not end within ${words} (a turns), and may still be running.`,
      ),
    });
    expect(waits.reduce((sum, each) => sum + each, 0)).toBe(seconds);
    expect(world.engine.started).toHaveLength(1);
  });

  it('forgets hiccups of its looks as soon as a look succeeds', async () => {
    const world = await aWorldOfEngines([run({ name: 'a', seconds: 100 })]);
    // Two of three looks meet throttling: far more in all than a step may be tried.
    world.engine.failing.look.push(
      ...times(10, throttled).flatMap((error) => [error, error, undefined]),
    );

    const { remediation } = await through(world);

    expect(remediation.status.state).toBe('done');
    expect(world.engine.failing.look.length).toBeLessThan(18);
  });

  it('whose looks fail on and on is a failure like any other', async () => {
    const world = await aWorldOfEngines([run({ name: 'a', seconds: 100 })]);
    world.engine.failing.look.push(...times(50, throttled));

    const { remediation } = await through(world);

    expect(remediation.status).toMatchObject({
      state: 'rolled back',
      because: 'ThrottlingException: ThrottlingException from AWS',
    });
  });
});

describe('a slow change that can be undone', () => {
  it('is waited for on its way back as well, and moved once in each direction', async () => {
    const world = await aWorldOfEngines([shut(), run({ name: 'a', fails: 'Broken.' })]);
    world.engine.door.takes = [90, 90];

    const { remediation, steps } = await through(world);

    expect(world.engine.door.moves).toEqual(['shut', 'open']);
    expect(steps.map(({ status }) => status)).toEqual(['undone', 'failed']);
    expect(remediation.status.state).toBe('held');
  });

  it('is turned back only when it has ended, where it was given up half-way', async () => {
    const world = await aWorldOfEngines([shut()]);
    world.engine.door.takes = [700, 30];

    const { remediation } = await through(world);

    expect(world.engine.door.moves).toEqual(['shut', 'open']);
    expect(remediation.status).toMatchObject({
      state: 'rolled back',
      because: expect.stringMatching(/^It did not end within 10 minutes \(the door moves\)/),
    });
  });

  it('gets its whole patience again when an undo is asked for anew', async () => {
    const world = await aWorldOfEngines([shut()]);
    world.engine.door.takes = [700, 3600];
    const { remediation } = await through(world);
    const { id } = remediation;
    world.clock.pass(3000 * 1000);
    const { waits, wait } = waiting(world);

    await world.undo(id);
    await play(world.deps, id, 'undo', { wait });

    expect(remediation.status).toMatchObject({
      state: 'held',
      because: expect.stringMatching(/^Step 1 could not be taken back: It did not end within 10/),
    });
    expect(waits.length).toBeGreaterThan(0);
    expect(world.engine.door.moves).toEqual(['shut', 'open']);
    expect((await world.stored(id)).status.state).toBe('undone');
  });
});
