import { callGate, GateCall } from '../../../src/slack/gate/calls';
import { aGate } from '../../support/memory-gate';
import { aGateDesk } from '../support/gate-desk';
import { startSlack, type FakeSlack } from '../support/slack';

let slack: FakeSlack;
beforeAll(async () => void (slack = await startSlack()));
afterAll(() => slack.close());

const log = { error: () => undefined };
/** The gate's function over a gate in memory. */
const calling = async () => {
  const gate = aGate();
  const { deps: desk } = await aGateDesk(slack);
  const call = async (event: unknown) =>
    callGate({ ...desk, ...gate.deps() }, GateCall.parse(event), log, 'ref-1');
  return { gate, call };
};

describe('a call of the gate', () => {
  it('by the schedule begins a run, and is no failure where there is nothing to take', async () => {
    const { gate, call } = await calling();
    expect(await call({ task: 'start' })).toEqual({ next: 'end' });
    gate.upload('a', 'clean');
    await call({ task: 'start' });
    expect([...gate.store.runs.values()]).toMatchObject([{ start: { kind: 'schedule' } }]);
  });

  it('by the schedule fails aloud where nothing could ever be proven', async () => {
    const { gate, call } = await calling();
    gate.upload('a', 'clean');
    gate.macie.exportIsOn = false;
    await expect(call({ task: 'start' })).rejects.toThrow('does not export its results');
  });

  it('by its workflow moves a run on, and its net holds one that fell', async () => {
    const { gate, call } = await calling();
    gate.upload('a', 'card');
    const run = await gate.begin();
    expect(await call({ task: 'advance', run })).toMatchObject({ next: 'wait' });
    await call({ task: 'net', run });
    expect(gate.run(run).status.state).toBe('held');
  });

  it.each([{}, { task: 'advance' }, { task: 'net', run: '../x' }, { task: 'delete' }])(
    'that is none of these is refused before anything happens: %j',
    async (event) => {
      const { call } = await calling();
      await expect(call(event)).rejects.toThrow(/Invalid/);
    },
  );
});
