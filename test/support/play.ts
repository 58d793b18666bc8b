import machine from '../../infra/workflows/remediation.asl.json';
import { runOf } from '../../src/app/runs';
import type { RemediationId } from '../../src/domain/ids';
import { run, Task, type TaskDeps } from '../../src/slack/tasks';

interface State {
  Type: string;
  Next?: string;
  Default?: string;
  Choices?: { Variable: string; StringEquals: string; Next: string }[];
  Resource?: string;
  Parameters?: Record<string, unknown>;
  Retry?: { ErrorEquals: string[]; MaxAttempts: number }[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
}
const states: Record<string, State> = machine.States;

export interface Play {
  /** What people do while the workflow waits for them. Nothing decided after it is a time-out. */
  people?: () => Promise<void>;
  /** Called before each attempt of a task, with its state's name: a killed function starts anew. */
  begin?: (state: string) => void;
  left?: () => number;
  /** What the relay reads, which is another process: what kills a task does not kill it. */
  relay?: Pick<TaskDeps['store'], 'remediation'>;
  /** Called with the seconds that a Wait lasts. */
  wait?: (seconds: number) => void;
}

/** Plays infra/workflows/remediation.asl.json to its end, as Step Functions does. Answers with the states passed. */
export const play = async (
  deps: TaskDeps,
  id: RemediationId,
  task: 'remediate' | 'undo' = 'remediate',
  {
    people = async () => {},
    begin = () => {},
    left = () => 60_000,
    wait = () => {},
    relay = deps.store,
  }: Play = {},
): Promise<string[]> => {
  const passed: string[] = [];
  let name = machine.StartAt;
  let data: Record<string, unknown> = { task, id };
  for (let hops = 0; hops < 2000; hops += 1) {
    passed.push(name);
    const state = states[name];
    if (!state) throw new TypeError(`no state ${name}`);
    if (state.Type === 'Succeed' || state.Type === 'Fail') return passed;
    if (state.Type === 'Choice') name = choose(state, data);
    else if (state.Type === 'Wait') {
      wait(Number(at('$.result.next.seconds', data)));
      name = state.Next ?? '';
    } else {
      const outcome = await perform(deps, state, data, { begin: () => begin(name), left });
      if ('error' in outcome) name = caught(state, outcome.error);
      else {
        data = { ...data, result: { next: outcome.answer } };
        name = state.Next ?? '';
        if (isCallback(state) && !(await isWoken(relay, id, people)))
          name = caught(state, 'States.Timeout');
      }
    }
  }
  throw new Error(`no end after ${passed.slice(0, 12).join(' → ')} …`);
};

const isCallback = ({ Resource = '' }: State): boolean => Resource.endsWith('.waitForTaskToken');

/** The relay wakes the workflow for a stored state that `runOf` says so of. */
const isWoken = async (
  store: Pick<TaskDeps['store'], 'remediation'>,
  id: RemediationId,
  people: () => Promise<void>,
): Promise<boolean> => {
  await people();
  const remediation = await store.remediation(id);
  return remediation !== undefined && runOf(remediation).kind === 'wake';
};

type Outcome = { answer: unknown } | { error: string };

/** One task with its retries. Each error of ours is matched by `States.ALL` only. */
const perform = async (
  deps: TaskDeps,
  state: State,
  data: Record<string, unknown>,
  { begin, left }: { begin: () => void; left: () => number },
): Promise<Outcome> => {
  const payload = resolve(state.Parameters?.['Payload'], data);
  const retries = matching(state.Retry ?? [], 'States.ALL')?.MaxAttempts ?? 0;
  let error: unknown;
  for (let attempt = 0; attempt <= retries; attempt += 1) {
    begin();
    try {
      return { answer: await run(deps, Task.parse(payload), left, { error: () => {} }, 'ref-1') };
    } catch (thrown) {
      error = thrown;
    }
  }
  return { error: error instanceof Error ? error.name : 'Error' };
};

const matching = <T extends { ErrorEquals: string[] }>(rules: readonly T[], error: string) =>
  rules.find(
    ({ ErrorEquals }) => ErrorEquals.includes(error) || ErrorEquals.includes('States.ALL'),
  );

const caught = (state: State, error: string): string => {
  const rule = matching(state.Catch ?? [], error);
  if (!rule) throw new Error(`the workflow failed with ${error}`);
  return rule.Next;
};

const choose = ({ Choices = [], Default = '' }: State, data: object): string =>
  Choices.find(({ Variable, StringEquals }) => at(Variable, data) === StringEquals)?.Next ??
  Default;

const at = (path: string, data: object): unknown =>
  path
    .split('.')
    .slice(1)
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
      data,
    );

/** Members named `x.$` are paths into the input, or into the context for the task token. */
const resolve = (payload: unknown, data: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(payload ?? {}).map(([name, value]: [string, unknown]) => {
      if (!name.endsWith('.$')) return [name, value];
      const path = String(value);
      return [name.slice(0, -2), path.startsWith('$$') ? 'token-1' : at(path, data)];
    }),
  );
