import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { judge } from '../src/app/gate/judge';
import type { GateDeps, GateStore } from '../src/app/gate/ports';
import { stage } from '../src/app/gate/stage';
import type { Step } from '../src/app/gate/write';
import { gateBatches } from '../src/aws/gate/batches';
import { gateMacie } from '../src/aws/gate/macie';
import { gateObjects } from '../src/aws/gate/objects';
import { GateRun, noCounts } from '../src/domain/gate/run';
import { GateRunId } from '../src/domain/ids';
import { Gate } from '../src/domain/policy/gate';
import { aPolicy } from '../test/support/builders';
import { lazyMacie, lazyS3, stageBucket, type Lazy } from './gate-lazy';

const run = GateRunId.parse('gate-0000000000');
const rule = Gate.parse({ channel: 'C0GATE' });
const unasked = async (): Promise<never> => {
  throw new Error('not asked for here');
};
/** Only the run itself is written, and whoever works on it has it. */
const store: GateStore = {
  commit: async () => 'done',
  run: unasked,
  runs: unasked,
  holder: unasked,
  free: unasked,
  decisions: unasked,
  hold: unasked,
  held: unasked,
  trail: unasked,
};

const depsOf = (lazy: Lazy): GateDeps => {
  const s3 = lazyS3(lazy);
  const buckets = { raw: 'raw', stage: stageBucket, review: 'review', released: 'released' };
  const settings = { stageBucket, resultsBucket: 'results', account: '111111111111' };
  return {
    gate: store,
    objects: gateObjects(s3, { ...buckets, quarantine: 'quarantine' }),
    batches: gateBatches(s3, 'results'),
    macie: gateMacie(lazyMacie(lazy), s3, { ...settings, identifiers: rule.identifiers }),
    policy: aPolicy({ gate: { channel: 'C0GATE' } }),
    people: { person: unasked, isShared: unasked },
    now: () => new Date('2026-03-01T12:00:00.000Z'),
    random: () => '0'.repeat(20),
    hasTime: () => false,
  };
};

const runOf = (step: Step): GateRun => {
  if ('run' in step) return step.run;
  throw new Error('the run did not move');
};

/** From the first list to the last verdict, one step at a time, looking after each. */
const through = async (deps: GateDeps, look: () => void): Promise<GateRun> => {
  const at = '2026-03-01T12:00:00.000Z';
  let now = GateRun.parse({
    id: run,
    channel: 'C0GATE',
    prefix: '',
    start: { kind: 'schedule' },
    startedAt: at,
    movedAt: at,
    status: { state: 'staging', batch: 1 },
    batches: 0,
    counts: noCounts,
    decisions: 0,
    carried: 0,
    woken: 1,
    version: 1,
  });
  while (now.status.state === 'staging') {
    now = runOf(await stage(deps, now, now.status));
    look();
  }
  now = { ...now, status: { state: 'judging', job: 'job', sorted: false, batch: 1 } };
  while (now.status.state === 'judging') {
    now = runOf(await judge(deps, now, now.status));
    look();
  }
  return now;
};

export interface Heap {
  /** Most bytes in the heap after a collection, and how many of them are above the start. */
  most: number;
  above: number;
  seconds: number;
}

/** The heap after garbage collection, at its highest, while so many objects go through. */
export const heapOf = async (objects: number): Promise<Heap> => {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('no garbage collection on demand');
  const used = (): number => {
    Reflect.apply(collect, undefined, []);
    return process.memoryUsage().heapUsed;
  };
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-gate-'));
  try {
    const deps = depsOf({ run, objects, folder });
    const before = used();
    const began = performance.now();
    let most = before;
    let steps = 0;
    const { counts } = await through(deps, () => {
      steps += 1;
      if (steps % 5 === 1) most = Math.max(most, used());
    });
    const { taken, clean, sensitive, unproven } = counts;
    if (taken !== objects || clean + sensitive !== objects || unproven > 0)
      throw new Error(`not all objects went through: ${JSON.stringify(counts)}`);
    return { most, above: most - before, seconds: (performance.now() - began) / 1000 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
