import { aGateRun, gateStarted } from '../support/gate-builders';
import { aStream } from './streamed';

describe('what was stored of the gate', () => {
  it('starts its own workflow, and is shown with its thread in its channel', async () => {
    const stream = await aStream();
    const run = aGateRun();
    await stream.gate.commit({ run, take: 'gate-raw', events: [gateStarted(run)] });

    await stream.flow(2);

    expect([...stream.gateWorkflow.started]).toEqual([[run.id, { task: 'advance', run: run.id }]]);
    expect(stream.workflow.started.size).toBe(0);
    const kinds = stream.sent.map(({ channel, message }) => `${channel} ${message.kind}`);
    expect(new Set(kinds)).toEqual(new Set(['C0GATE card', 'C0GATE entry']));
    expect(stream.kept.at(-1)?.event.type).toBe('gate.started');
  });

  it('starts a workflow anew for what is asked of the run later, and for nothing else', async () => {
    const stream = await aStream();
    const run = aGateRun();
    await stream.gate.commit({ run, events: [] });
    await stream.gate.commit({ run: { ...run, version: 2 }, events: [] });
    await stream.gate.commit({ run: { ...run, woken: 3, version: 3 }, events: [] });
    await stream.gate.commit({ run: { ...run, woken: 3, version: 4 }, events: [] });

    await stream.flow();

    expect([...stream.gateWorkflow.started.keys()]).toEqual([run.id, `${run.id}-3`]);
  });

  it('is not shown for each of its thousands of batches', async () => {
    const stream = await aStream();
    for (let batch = 1; batch <= 100; batch += 1)
      await stream.gate.commit({
        run: { ...aGateRun(), status: { state: 'staging', batch }, version: batch },
        events: [],
      });

    await stream.flow();

    expect(stream.sent.length).toBe(19);
  });

  it('sends what people want of the gate to its workflow, and nothing else', async () => {
    const stream = await aStream();
    await stream.store.ask('a', { task: 'gate-desk', what: 'command' });
    await stream.store.ask('b', { task: 'desk' });

    await stream.flow();

    expect([...stream.gateWorkflow.started.keys()]).toEqual(['ask-a']);
    expect([...stream.workflow.started.keys()]).toEqual(['ask-b']);
  });
});
