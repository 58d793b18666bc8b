import { housekeep } from '../../../src/app/housekeep';
import { GateRunId } from '../../../src/domain/ids';
import { aWorld } from '../../support/world';

describe('housekeeping', () => {
  it('reminds of runs of the gate whose time has come, where there is a gate', async () => {
    const { deps, held: store } = await aWorld();
    const id = GateRunId.parse('gate-0mlabcdefaaaaaaaaaaa');
    store.held.due.set(id, '2026-01-01T00:00:00.000Z');
    const reminded: GateRunId[] = [];
    const house = {
      ...deps,
      groups: { due: async () => [], settle: async () => {} },
      groupOf: async () => undefined,
      showGroup: async () => {},
    };
    expect((await housekeep(house)).failures).toEqual([]);
    const nudgeGate = async (run: GateRunId) => void reminded.push(run);
    expect(await housekeep({ ...house, nudgeGate })).toEqual({ due: 1, failures: [] });
    expect(reminded).toEqual([id]);
  });
});
