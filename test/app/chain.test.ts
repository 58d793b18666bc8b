import { reference } from '../../src/domain/chain';
import { planHash } from '../../src/domain/plan';
import { aWorldOfEngines, run, shut, through } from '../support/engine';

const ticket = reference(1, 'Ticket');

describe('the output of a step', () => {
  it('is stored, and stands in the input of a later step', async () => {
    const world = await aWorldOfEngines([
      run({ name: 'a', seconds: 20, gives: { Ticket: 'T-1', Host: 'web' } }),
      run({ name: `for ${ticket}` }, { chained: true }),
    ]);

    const { remediation, steps } = await through(world);

    expect(remediation.status.state).toBe('done');
    expect(steps[0]?.output).toEqual({ Ticket: 'T-1', Host: 'web' });
    expect(world.engine.started.map(({ name }) => name)).toEqual(['a', 'for T-1']);
  });

  it('is told in the trail: five values, 200 characters each', async () => {
    const gives = Object.fromEntries([...'abcdefg'].map((name) => [name, name.repeat(300)]));
    const world = await aWorldOfEngines([run({ name: 'a', gives })]);

    const { remediation, steps } = await through(world);

    const trail = await world.held.trail(remediation.case);
    const facts = trail.find(({ event }) => event.type === 'step.applied')?.event.facts;
    expect(facts).toEqual({
      step: 'Run a',
      ...Object.fromEntries([...'abcde'].map((name) => [`output.${name}`, name.repeat(200)])),
    });
    expect(steps[0]?.output).toEqual(gives);
  });

  it('is data for the next step, whatever it looks like', async () => {
    const sly = `${reference(1, 'Ticket')} $$ {{target.id}}`;
    const world = await aWorldOfEngines([
      run({ name: 'a', gives: { Ticket: sly } }),
      run({ name: ticket, gives: { Ticket: 'T-2' } }, { chained: true }),
      run({ name: reference(2, 'Ticket') }, { chained: true }),
    ]);

    await through(world);

    expect(world.engine.started.map(({ name }) => name)).toEqual(['a', sly, 'T-2']);
  });

  it('that is missing ends the run before its step is begun, in words', async () => {
    const world = await aWorldOfEngines([
      shut(),
      run({ name: reference(1, 'Ticket') }, { chained: true }),
    ]);

    const { remediation } = await through(world);

    expect(remediation.status).toMatchObject({
      state: 'rolled back',
      because: '“Ticket” of step 1 is needed here, and it gave nothing.',
    });
    expect(world.engine.started).toEqual([]);
    expect(world.engine.door.to).toBe('open');
  });

  it('is looked for only in steps that say so: text from outside is left alone', async () => {
    const world = await aWorldOfEngines([run({ name: `${ticket} costs $$5` })]);

    await through(world);

    expect(world.engine.started).toMatchObject([{ name: `${ticket} costs $$5` }]);
  });
});

it('a decision is bound to the plan with its references, since outputs are not known yet (law 2)', async () => {
  const world = await aWorldOfEngines([
    run({ name: 'a', gives: { Ticket: 'T-1' } }),
    run({ name: ticket }, { chained: true }),
  ]);

  const { remediation } = await through(world);

  expect(remediation.proposal?.hash).toBe(planHash(world.plan));
  expect(remediation.proposal?.plan.steps[1]?.input).toEqual({ name: ticket });
});
