import { advance } from '../../src/app/gate/advance';
import type { GateDeps, Next } from '../../src/app/gate/ports';
import { startRun } from '../../src/app/gate/start';
import type { Start } from '../../src/domain/gate/run';
import type { GateRunId } from '../../src/domain/ids';
import type { Policy } from '../../src/domain/policy';
import { aPolicy } from './builders';
import { MemoryBuckets, type Effect } from './memory-gate-buckets';
import { MemoryMacie } from './memory-gate-macie';
import { MemoryGateStore } from './memory-gate-store';
import { fakePeople } from './people';

type GateText = NonNullable<NonNullable<Parameters<typeof aPolicy>[0]>['gate']>;

export class Killed extends Error {}

export interface Call {
  /** Dies at this effect, counted from one: nothing of this call happens any more. */
  dies?: number;
  /** Has time for so many batches beyond the first. */
  time?: number;
}

const start = Date.parse('2026-03-01T12:00:00.000Z');
const quiet = 3_600_000;

/** The whole gate in memory: its buckets, Macie, the table, people, a clock, and calls that die. */
export const aGate = (gate: Partial<GateText> = {}) => {
  const buckets = new MemoryBuckets();
  const macie = new MemoryMacie(buckets);
  const store = new MemoryGateStore();
  const people = fakePeople();
  const world = {
    policy: aPolicy({ gate: { channel: 'C0GATE', ...gate } }),
    ms: start,
    effects: 0,
    runs: 0,
    uploads: 0,
    /** What happens before the nth effect of all: an upload, a decision. */
    happens: new Map<number, () => void | Promise<void>>(),
  };
  const now = (): Date => new Date((world.ms += 1));

  const deps = ({ dies, time = 100 }: Call = {}): GateDeps => {
    let [own, left] = [0, time];
    const effect: Effect = async () => {
      own += 1;
      if (dies !== undefined && own >= dies) throw new Killed();
      world.effects += 1;
      const event = world.happens.get(world.effects);
      world.happens.delete(world.effects);
      await event?.();
    };
    return {
      gate: store.store(effect),
      objects: buckets.objects(effect, now),
      batches: store.batches(effect),
      macie: macie.macie(effect),
      policy: world.policy,
      people,
      now,
      random: () =>
        String((world.runs += 1))
          .padStart(11, '0')
          .padEnd(20, '0'),
      hasTime: () => (left -= 1) >= 0,
    };
  };

  /** Uploaded some time ago, so that it is taken; its body is unique. Answers with the body. */
  const upload = (key: string, kind: string, tags: Record<string, string> = {}): string => {
    world.uploads += 1;
    const body = `${kind} ${String(world.uploads).padStart(4, '0')}`;
    const modified = new Date(now().getTime() - quiet).toISOString();
    buckets.put('raw', { key, body, modified, tags });
    return body;
  };

  const begin = async (why: Start = { kind: 'schedule' }, more = {}): Promise<GateRunId> => {
    const started = await startRun(deps(), why, more);
    if (started.kind !== 'started') throw new Error(JSON.stringify(started));
    return started.run.id;
  };

  const run = (id: GateRunId) => {
    const found = store.runs.get(id);
    if (!found) throw new Error(`no run ${id}`);
    return found;
  };
  /** One task, as the workflow gives it: waiting takes its time, a death ends it. */
  const turn = async (id: GateRunId, call: Call = {}): Promise<Next['next'] | 'died'> => {
    try {
      const next = await advance(deps(call), id);
      if (next.next === 'wait') world.ms += next.seconds * 1000;
      return next.next;
    } catch (error) {
      if (error instanceof Killed) return 'died';
      throw error;
    }
  };

  /** In turns, until each waits for people or is over. */
  const advanceAll = async (...ids: GateRunId[]): Promise<void> => {
    for (let rounds = 0; rounds < 1000; rounds += 1) {
      let isOver = true;
      for (const id of ids) isOver = (await turn(id)) === 'end' && isOver;
      if (isOver) return;
    }
    throw new Error(`they never end: ${ids.map((id) => JSON.stringify(run(id).status)).join()}`);
  };

  /** Bodies by bucket, in order of being written. */
  const bodies = (place: keyof MemoryBuckets['places']): string[] =>
    buckets.places[place].map(({ body }) => body);
  const told = (id: GateRunId): string[] =>
    (store.chains.get(id) ?? []).map(({ event }) => event.type);
  const setPolicy = (more: Partial<GateText>): Policy =>
    (world.policy = aPolicy({ gate: { channel: 'C0GATE', ...more } }));

  return {
    world,
    buckets,
    macie,
    store,
    people,
    deps,
    upload,
    begin,
    turn,
    advanceAll,
    bodies,
    run,
    told,
    now,
    setPolicy,
  };
};
export type MemoryGate = ReturnType<typeof aGate>;
