import { isLive, type GateRun } from '../../domain/gate/run';
import type { GateDeps, GateLock, Next } from './ports';
import { put, record, type Step } from './write';

/** No call of the function lasts longer, in milliseconds: whoever has a lock for longer without a sign of life is dead. */
export const callLasts = 15 * 60_000;

/** A lock that somebody else has is asked for again after so many seconds. */
const patience = 30;

/**
 * One call at a time works under this lock, also of one run: a decision starts a second workflow beside the first. A call
 * that died holds it until it must be over.
 */
export const under = async (
  deps: GateDeps,
  run: GateRun,
  lock: GateLock,
  work: (run: GateRun) => Promise<Step>,
): Promise<Step> => {
  const wait = await obstacle(deps, run, lock);
  if (wait) return wait;
  const ours = await put(deps, run, {}, { take: lock });
  try {
    const step = await work(ours);
    return 'run' in step ? { run: (await letGo(deps, ours, lock)) ?? step.run } : step;
  } finally {
    await letGo(deps, ours, lock);
  }
};

const obstacle = async (
  { gate, now }: GateDeps,
  run: GateRun,
  lock: GateLock,
): Promise<Next | undefined> => {
  const holder = await gate.holder(lock);
  if (holder === undefined) return undefined;
  if (holder !== run.id) {
    const other = await gate.run(holder);
    return other && isLive(other) ? { next: 'wait', seconds: patience } : freed(gate, other, lock);
  }
  const left = Date.parse(run.movedAt) + callLasts - now().getTime();
  return left > 0
    ? { next: 'wait', seconds: Math.min(patience, Math.ceil(left / 1000)) }
    : undefined;
};

/** Its holder is over and did not let go. */
const freed = async (
  gate: GateDeps['gate'],
  over: GateRun | undefined,
  lock: GateLock,
): Promise<Next> => {
  if (over)
    await gate.commit({
      run: { ...over, version: over.version + 1 },
      release: [lock],
      events: [],
    });
  return over ? { next: 'again' } : { next: 'wait', seconds: patience };
};

const letGo = async (
  deps: GateDeps,
  { id }: GateRun,
  lock: GateLock,
): Promise<GateRun | undefined> => {
  if ((await deps.gate.holder(lock)) !== id) return undefined;
  return record(deps, id, () => ({ run: {}, more: { release: [lock] } }));
};
