import { decide, type GateDecided, type GateVote } from '../../src/app/gate/decide';
import type { GateRunId } from '../../src/domain/ids';
import type { MemoryGate } from './memory-gate';
import { clickOf, type rita } from './people';

/** A click in the channel of the gate. */
export const clickIn = (person: typeof rita) => clickOf(person, { channel: 'C0GATE' });

/** A person decides as they see the run at this moment. */
export const voteOn = (
  gate: MemoryGate,
  run: GateRunId,
  person: typeof rita,
  more: Partial<GateVote> = {},
): Promise<GateDecided> => {
  const seen = gate.run(run).summary?.hash ?? '';
  const said = { verdict: 'approve', scope: { kind: 'all' }, reason: 'looked at it' } as const;
  return decide(gate.deps(), { run, seen, ...said, ...more }, clickIn(person));
};

/** The ref under which a key is held. */
export const refOf = (gate: MemoryGate, run: GateRunId, key: string) => {
  const held = [...(gate.store.held.get(run)?.values() ?? [])].find((each) => each.key === key);
  if (!held) throw new Error(`${key} is not held`);
  return held.ref;
};
