import { previewUndo } from '../../src/app/undo-look';
import { awsError } from '../support/memory-aws';
import { aWorldOfEngines, run, shut, through } from '../support/engine';
import { play } from '../support/play';

const refused = () => awsError('AccessDenied', { $fault: 'client' });
const lost = () => new Error('socket hang up');

describe('a step without a way back', () => {
  it('stays when a later one fails, and the words say so; the others are taken back', async () => {
    const world = await aWorldOfEngines([
      shut(),
      run({ name: 'a' }),
      run({ name: 'b', fails: 'No such host' }),
    ]);

    const { remediation, steps } = await through(world);

    expect(remediation.status).toMatchObject({
      state: 'held',
      because:
        'No such host. Step 2 (Run a) was done and cannot be taken back: nobody knows what it changed. ' +
        'Step 3 (Run b) may have done a part of its work, which cannot be taken back: nobody knows what it changed.',
    });
    expect(steps.map(({ status }) => status)).toEqual(['undone', 'applied', 'failed']);
    expect(world.engine.door.to).toBe('open');
    expect(await world.trail()).toEqual(
      expect.arrayContaining(['remediation.rolling-back', 'step.undone', 'remediation.held']),
    );
    expect(world.source.written).toEqual([]);
    expect(world.held.held.locks.size).toBe(0);
  });

  it('that was refused before it began leaves nothing behind', async () => {
    const world = await aWorldOfEngines([shut(), run({ name: 'a' })]);
    world.engine.failing.before.push(refused());

    const { remediation } = await through(world);

    expect(remediation.status).toMatchObject({
      state: 'rolled back',
      because: 'AccessDenied: AccessDenied from AWS',
    });
    expect(world.engine.started).toEqual([]);
    expect(world.engine.door.to).toBe('open');
  });

  it('is never believed unbegun because a second try was refused', async () => {
    const world = await aWorldOfEngines([run({ name: 'a', fails: 'Broken.' })]);
    world.engine.failing.before.push(lost(), refused());

    const { remediation } = await through(world);

    expect(remediation.status).toMatchObject({
      state: 'held',
      because: expect.stringContaining('may have done a part of its work'),
    });
  });

  it('whose answer was lost is found again, not begun again', async () => {
    const world = await aWorldOfEngines([run({ name: 'a', seconds: 60 })]);
    world.engine.failing.after.push(lost());

    const { remediation } = await through(world);

    expect(remediation.status.state).toBe('done');
    expect(world.engine.started).toHaveLength(1);
  });

  it('is not what an undo shows', async () => {
    const world = await aWorldOfEngines([shut(), run({ name: 'a' })]);
    const { remediation } = await through(world);

    const preview = await previewUndo(world.deps, remediation.id);

    expect(preview?.restores).toEqual(['Set the door to shut']);
  });

  it('ends an undo of the rest as held, with words, whatever the plan promised', async () => {
    const world = await aWorldOfEngines([shut(), run({ name: 'a' })]);
    const { remediation } = await through(world);

    await world.undo(remediation.id);
    await play(world.deps, remediation.id, 'undo');

    expect((await world.stored(remediation.id)).status).toMatchObject({
      state: 'held',
      because: 'Step 2 (Run a) was done and cannot be taken back: nobody knows what it changed.',
    });
    expect(world.engine.door.to).toBe('open');
  });
});

it('a plan without a way back takes no undo, and the refusal is in the trail (law 3)', async () => {
  const world = await aWorldOfEngines([run({ name: 'a' })], { not: 'a tool does it.' });
  const { remediation } = await through(world);

  const answer = await world.undo(remediation.id);

  expect(answer).toMatchObject({
    kind: 'refused',
    because: 'This cannot be undone: a tool does it.',
  });
  expect(await world.trail()).toContain('undo.refused');
});
