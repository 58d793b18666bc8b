import type { AuditEvent, AuditType, Facts } from '../../domain/audit';
import { Told } from '../../domain/errors';
import type { GateRun, Status } from '../../domain/gate/run';
import { CaseId, type GateRunId } from '../../domain/ids';
import type { Actor } from '../../domain/person';
import type { Gate } from '../../domain/policy/gate';
import { bot } from '../events';
import { MovedMeanwhile } from '../move';
import type { GateChange, GateDeps, GateLists, Next } from './ports';

type Writes = Pick<GateDeps, 'gate' | 'now'>;
export type More = Partial<Omit<GateChange, 'run'>>;

/** An audit event of a run. `mark` tells apart events of one type. */
export const gateEvent = (
  { id }: Pick<GateRun, 'id'>,
  type: AuditType,
  at: Date,
  facts: Facts,
  { by = bot, mark = '' }: { by?: Actor; mark?: string | number } = {},
): AuditEvent => ({
  id: `${id}/${type}/${mark}`,
  type,
  case: CaseId.parse(id),
  at: at.toISOString(),
  actor: by,
  facts,
});

/** Writes the run as it is next, if it is still the one that was read. */
export const put = async (
  { gate, now }: Writes,
  run: GateRun,
  next: Partial<Omit<GateRun, 'id' | 'version'>> & { status?: Status },
  more: More = {},
): Promise<GateRun> => {
  const written: GateRun = {
    ...run,
    ...next,
    movedAt: now().toISOString(),
    version: run.version + 1,
  };
  const outcome = await gate.commit({ events: [], ...more, run: written });
  if (outcome === 'done') return written;
  throw new MovedMeanwhile(`${run.id} was not written: ${outcome}`);
};

/** More writers of one run than can be there at once. */
const tries = 20;

/**
 * Writes what has been done already, whoever else writes the run at this moment: it is read again and said of that one.
 * Answers `undefined` where `next` does not want to any more.
 */
export const record = async (
  deps: Writes,
  id: GateRunId,
  next: (run: GateRun) => { run: Partial<Omit<GateRun, 'id' | 'version'>>; more: More } | undefined,
): Promise<GateRun | undefined> => {
  for (let left = tries; left > 0; left -= 1) {
    const run = await deps.gate.run(id);
    const wanted = run && next(run);
    if (!wanted) return undefined;
    const written: GateRun = {
      ...run,
      ...wanted.run,
      movedAt: deps.now().toISOString(),
      version: run.version + 1,
    };
    const outcome = await deps.gate.commit({ events: [], ...wanted.more, run: written });
    if (outcome === 'done') return written;
    if (outcome === 'already') return run;
  }
  throw new Error(`${id} is written by too many at once`);
};

/** Tells something of a run that does not move by it: once, however often it is told. */
export const note = async (
  { gate }: Writes,
  id: GateRunId,
  events: readonly AuditEvent[],
): Promise<void> => {
  for (let left = tries; left > 0; left -= 1) {
    const run = await gate.run(id);
    if (!run) return;
    const outcome = await gate.commit({ run: { ...run, version: run.version + 1 }, events });
    if (outcome !== 'conflict') return;
  }
  throw new Error(`${id} is written by too many at once`);
};

export const later = (at: Date, ms: number): string => new Date(at.getTime() + ms).toISOString();

/** The gate's part of the policy. A run that finds none any more stops and waits for a person. */
export const ruleOf = ({ policy }: Pick<GateDeps, 'policy'>): Gate => {
  if (policy.gate) return policy.gate;
  throw new Told('The policy has no gate any more.');
};

/** Writes a list unless one stands there, and answers with what stands (two calls at once work on the same). */
export const keepFirst = async <K extends 'taken' | 'staged' | 'judged'>(
  { batches }: Pick<GateDeps, 'batches'>,
  run: GateRunId,
  list: K,
  batch: number,
  value: GateLists[K],
): Promise<GateLists[K]> => {
  await batches.put(run, list, batch, value);
  return (await batches.get(run, list, batch)) ?? value;
};

export type Step = Next | { run: GateRun };
