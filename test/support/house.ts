import { planHash, type Plan, type Step } from '../../src/domain/plan';
import type { StepRecord } from '../../src/domain/remediation';
import type { Reversible } from '../../src/operations/operation';
import type { Listed } from '../../src/playbooks';
import { aPlan } from './builders';
import { aWorld } from './world';

type Input = { readonly name: string; readonly to: string };
type Verb = 'read' | 'apply' | 'undo';

/** A house of doors: the smallest estate, for runs of several steps. Each verb at each door can be made to fail. */
export const aHouse = (names: readonly string[]) => {
  const doors = new Map(names.map((name) => [name, 'open']));
  const failing = new Map<string, Error[]>();
  const done: string[] = [];
  const act = (verb: Verb, name: string): void => {
    const error = failing.get(`${verb} ${name}`)?.shift();
    if (error) throw error;
    done.push(`${verb} ${name}`);
  };
  const operation: Reversible<Input, string> = {
    kind: 'test.set',
    describe: ({ name, to }) => `Set ${name} to ${to}`,
    async read(_, { name }) {
      act('read', name);
      return doors.get(name) ?? 'gone';
    },
    holds: (state, { to }) => state === to,
    async apply(_, { name, to }) {
      act('apply', name);
      doors.set(name, to);
    },
    async undo(_, { name }, before) {
      act('undo', name);
      doors.set(name, before);
    },
    restored: (state, _, before) => state === before,
    drift: (after, now) => (after === now ? [] : [`${after} became ${now}`]),
    permissions: { read: [], apply: [], undo: [] },
  };
  return {
    doors,
    operation: operation as Reversible,
    /** Fails a verb at a door with these errors, one after the other. */
    fail: (verb: Verb, name: string, ...errors: Error[]) =>
      void failing.set(`${verb} ${name}`, errors),
    changes: () => done.filter((each) => !each.startsWith('read')),
  };
};

interface Door {
  phase?: Step['phase'];
  optional?: boolean;
}

/** A world whose one playbook shuts these doors in order. */
export const aWorldOfDoors = async (
  wanted: Record<string, Door>,
  onFailure: 'roll back' | 'hold' = 'roll back',
) => {
  const world = await aWorld();
  const house = aHouse(Object.keys(wanted));
  const plan: Plan = aPlan({
    steps: Object.entries(wanted).map(([name, { phase = 'change', ...more }]) => ({
      operation: 'test.set',
      input: { name, to: 'shut' },
      phase,
      ...more,
    })),
  });
  const playbook: Listed = {
    ...world.deps.playbooks[0]!,
    onFailure,
    permissions: [],
    look: async () => ({ kind: 'plan', plan }),
  };
  const deps = { ...world.deps, playbooks: [playbook], operationOf: () => house.operation };
  return { ...world, ...house, deps, hash: planHash(plan) };
};
export type WorldOfDoors = Awaited<ReturnType<typeof aWorldOfDoors>>;

/** The states of the steps, in order. */
export const statesOf = (records: readonly StepRecord[]): string[] =>
  records.map(({ status }) => status);
