import type { Step } from '../../src/domain/plan';
import type { Remediation, StepRecord } from '../../src/domain/remediation';
import type { Irreversible, Reversible } from '../../src/operations/operation';
import { playbooks, type Listed } from '../../src/playbooks';
import { aPlan } from './builders';
import { play } from './play';
import { aWorld } from './world';

type Work = {
  readonly name: string;
  /** Seconds that it takes; 0 is over at once. */
  readonly seconds?: number;
  /** It ends so, in the tool's words. */
  readonly fails?: string;
  readonly gives?: Readonly<Record<string, string>>;
  readonly patience?: number;
};
type Standing = {
  readonly is: 'none' | 'running' | 'done' | 'failed';
  readonly words: string;
  readonly output: Readonly<Record<string, string>>;
};
/** What the next calls meet, one after the other. */
type Errors = (Error | undefined)[];

/** An engine that runs things once per key and takes its time, and a door beside it that opens and shuts slowly. */
export const anEngine = (now: () => Date) => {
  const runs = new Map<string, { work: Work; at: number }>();
  const started: Work[] = [];
  // `takes`: the seconds of its next moves.
  const door = {
    is: 'open',
    to: 'open',
    at: 0,
    seconds: 0,
    takes: [] as number[],
    moves: [] as string[],
  };
  const failing = { before: [] as Errors, after: [] as Errors, look: [] as Errors };
  const since = (at: number) => (now().getTime() - at) / 1000;
  return {
    runs,
    started,
    door,
    failing,
    async look(run: string): Promise<Standing> {
      const error = failing.look.shift();
      if (error) throw error;
      const found = runs.get(run);
      if (!found) return { is: 'none', words: '', output: {} };
      const { seconds = 0, fails, gives = {}, name } = found.work;
      if (since(found.at) < seconds) return { is: 'running', words: `${name} turns`, output: {} };
      if (fails) return { is: 'failed', words: fails, output: {} };
      return { is: 'done', words: '', output: gives };
    },
    async start(run: string, work: Work): Promise<void> {
      const before = failing.before.shift();
      if (before) throw before;
      if (!runs.has(run)) {
        runs.set(run, { work, at: now().getTime() });
        started.push(work);
      }
      const after = failing.after.shift();
      if (after) throw after;
    },
    async doorIs(): Promise<string> {
      return since(door.at) < door.seconds ? `${door.is}, moving` : door.to;
    },
    async move(to: string): Promise<void> {
      if (since(door.at) < door.seconds) throw new Error('The door is moving.');
      Object.assign(door, {
        is: door.to,
        to,
        at: now().getTime(),
        seconds: door.takes.shift() ?? 0,
      });
      door.moves.push(to);
    },
  };
};
export type Engine = ReturnType<typeof anEngine>;

type Calls = Pick<Engine, 'look' | 'start' | 'doorIs' | 'move'>;

const running = (calls: Calls): Irreversible<Work, Standing> => ({
  kind: 'test.run',
  describe: ({ name }) => `Run ${name}`,
  read: (_aws, _input, run) => calls.look(run),
  holds: ({ is }) => is === 'done',
  apply: (_aws, input, _now, run) => calls.start(run, input),
  pending({ is, words }) {
    if (is === 'running') return { running: words };
    return is === 'failed' ? { failed: words } : undefined;
  },
  patience: ({ patience = 600 }) => patience,
  output: ({ output }) => output,
  drift: () => [],
  irreversible: 'nobody knows what it changed',
  permissions: { read: [], apply: [] },
});

const moving = (calls: Calls): Reversible<{ to: string }, string> => ({
  kind: 'test.door',
  describe: ({ to }) => `Set the door to ${to}`,
  read: () => calls.doorIs(),
  holds: (state, { to }) => state === to,
  apply: (_, { to }) => calls.move(to),
  undo: (_aws, _input, before) => calls.move(before),
  restored: (state, _, before) => state === before,
  pending: (state) => (state.endsWith('moving') ? { running: 'the door moves' } : undefined),
  drift: () => [],
  permissions: { read: [], apply: [], undo: [] },
});

export const run = (work: Work, more: Partial<Step> = {}): Step => ({
  operation: 'test.run',
  input: { ...work },
  phase: 'change',
  ...more,
});

export const shut = (more: Partial<Step> = {}): Step => ({
  operation: 'test.door',
  input: { to: 'shut' },
  phase: 'change',
  ...more,
});

/** A world whose one playbook is these steps. `wrap` goes around the engine too. */
export const aWorldOfEngines = async (
  steps: readonly Step[],
  { not }: { not?: string } = {},
  wrap: <T extends object>(target: T) => T = (target) => target,
) => {
  const world = await aWorld({ wrap });
  const engine = anEngine(world.clock.now);
  const calls = wrap<Calls>(engine);
  const kinds = new Map(
    [running(calls), moving(calls)].map((each) => [each.kind, each as Reversible]),
  );
  const plan = aPlan({
    steps: [...steps],
    ...(not !== undefined && { reversible: { not } }),
  });
  const playbook: Listed = {
    ...playbooks[0]!,
    onFailure: 'roll back',
    permissions: [],
    look: async () => ({ kind: 'plan', plan }),
  };
  const deps = {
    ...world.deps,
    playbooks: [playbook],
    operationOf: (kind: string) => kinds.get(kind)!,
  };
  return { ...world, engine, deps, plan };
};
export type WorldOfEngines = Awaited<ReturnType<typeof aWorldOfEngines>>;

/** Lets the clock go on while the workflow waits, and keeps how long it did, in seconds. */
export const waiting = ({ clock }: Pick<WorldOfEngines, 'clock'>) => {
  const waits: number[] = [];
  const wait = (seconds: number): void => {
    waits.push(seconds);
    clock.pass(seconds * 1000);
  };
  return { waits, wait };
};

/** From the request to the end. */
export const through = async (
  world: WorldOfEngines,
  begin: (state: string) => void = () => {},
): Promise<{ remediation: Remediation; steps: StepRecord[]; waits: number[] }> => {
  const { id } = await world.request();
  const { waits, wait } = waiting(world);
  const people = async (): Promise<void> => void (await world.vote(id));
  await play(world.deps, id, 'remediate', { relay: world.held, begin, people, wait });
  return { remediation: await world.stored(id), steps: await world.held.steps(id), waits };
};
