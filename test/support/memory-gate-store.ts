import type {
  GateBatches,
  GateChange,
  GateLists,
  GateLock,
  GateStore,
} from '../../src/app/gate/ports';
import type { Committed } from '../../src/app/ports';
import { link, type Link } from '../../src/domain/audit';
import type { GateDecision } from '../../src/domain/gate/decision';
import { isLive, type GateRun } from '../../src/domain/gate/run';
import type { Found, Held, Proof } from '../../src/domain/gate/verdict';
import type { GateRunId } from '../../src/domain/ids';
import type { Effect } from './memory-gate-buckets';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The gate's store and its lists in memory: atomic changes, versions, locks, chains; the first list stands. */
export class MemoryGateStore {
  readonly runs = new Map<GateRunId, GateRun>();
  readonly locks = new Map<GateLock, GateRunId>();
  readonly decided = new Map<GateRunId, GateDecision[]>();
  readonly held = new Map<GateRunId, Map<string, Held>>();
  readonly due = new Map<GateRunId, string>();
  readonly chains = new Map<GateRunId, Link[]>();
  readonly events = new Set<string>();
  readonly lists = new Map<string, unknown>();
  /** Each version that started a workflow. */
  readonly woken: { run: GateRunId; version: number }[] = [];

  commit({ run, decision, ended = [], take, release, due, events }: GateChange): Committed {
    const holder = take && this.locks.get(take);
    if (holder && holder !== run.id) return 'locked';
    if (run.version !== (this.runs.get(run.id)?.version ?? 0) + 1) return 'conflict';
    if (events.some(({ id }) => this.events.has(id))) return 'already';
    if (ended.length > 20) throw new RangeError('too many for one transaction');
    this.runs.set(run.id, run);
    if (run.woken === run.version) this.woken.push({ run: run.id, version: run.version });
    if (decision) this.decided.set(run.id, [...(this.decided.get(run.id) ?? []), decision]);
    for (const each of ended) this.#heldOf(run.id).set(each.ref, each);
    if (take) this.locks.set(take, run.id);
    for (const lock of release ?? []) if (this.locks.get(lock) === run.id) this.locks.delete(lock);
    if (due && 'at' in due) this.due.set(run.id, due.at);
    if (due && 'done' in due) this.due.delete(run.id);
    for (const event of events) {
      const chain = this.chains.get(run.id) ?? [];
      this.chains.set(run.id, [...chain, link(chain.at(-1), event)]);
      this.events.add(event.id);
    }
    return 'done';
  }

  #heldOf(id: GateRunId): Map<string, Held> {
    const held = this.held.get(id) ?? new Map<string, Held>();
    this.held.set(id, held);
    return held;
  }

  store(effect: Effect): GateStore {
    return {
      run: async (id) => {
        await effect();
        const run = this.runs.get(id);
        return run && copy(run);
      },
      runs: async (most) => {
        const all = [...this.runs.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
        return copy(all.filter((each, index) => isLive(each) || index < most));
      },
      commit: async (change) => {
        await effect();
        const outcome = this.commit(copy(change));
        await effect();
        return outcome;
      },
      holder: async (lock) => {
        await effect();
        return this.locks.get(lock);
      },
      free: async (lock, holder) => {
        if (this.locks.get(lock) === holder) this.locks.delete(lock);
      },
      decisions: async (id) => copy(this.decided.get(id) ?? []),
      hold: async (id, all) => {
        for (const each of all) {
          await effect();
          const held = this.#heldOf(id);
          if (!held.get(each.ref)?.end) held.set(each.ref, copy(each));
        }
        await effect();
      },
      held: async (id, after, most) => {
        await effect();
        return [...this.#heldOf(id).values()]
          .sort((a, b) => (a.ref < b.ref ? -1 : 1))
          .filter(({ ref }) => after === undefined || ref > after)
          .slice(0, most)
          .map(copy);
      },
      trail: async (id) => copy(this.chains.get(id) ?? []),
    };
  }

  batches(effect: Effect): GateBatches {
    const nameOf = (...parts: (string | number)[]): string => parts.join('|');
    return {
      put: async (run, list, batch, value, part = '') => {
        await effect();
        const name = nameOf(run, list, batch, part);
        const first = list === 'taken' || list === 'staged' || list === 'judged';
        if (!first || !this.lists.has(name)) this.lists.set(name, copy(value));
        await effect();
      },
      get: async <K extends keyof GateLists>(run: GateRunId, list: K, batch: number) => {
        await effect();
        const value = this.lists.get(nameOf(run, list, batch, ''));
        return value === undefined ? undefined : (copy(value) as GateLists[K]);
      },
      parts: async <K extends 'proofs' | 'found'>(run: GateRunId, list: K, batch: number) => {
        await effect();
        const begin = `${nameOf(run, list, batch)}|`;
        const parts = [...this.lists].filter(([name]) => name.startsWith(begin));
        return parts.flatMap(([, value]) => copy(value) as (Found | Proof)[]) as GateLists[K];
      },
    };
  }
}
