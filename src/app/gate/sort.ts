import { hash } from '../../domain/canonical';
import { batchOfKey } from '../../domain/gate/object';
import type { GateRun, Status } from '../../domain/gate/run';
import { grouped } from './abreast';
import type { GateDeps } from './ports';
import { put, type Step } from './write';

type Judging = Extract<Status, { state: 'judging' }>;

/** Results, then findings, are put beside the batch that they speak of, so that no list ever grows with the run (D18). */
export const sort = async (deps: GateDeps, run: GateRun, status: Judging): Promise<Step> => {
  const { job } = status;
  if (!job) return { run: await sorted(deps, run, status) };
  if (!status.found) return sortResults(deps, run, status, job);
  const { page, next } = status.found;
  const read = await deps.macie.findings(job, next);
  await spread(run, read.found, (batch, found) =>
    deps.batches.put(run.id, 'found', batch, found, `page-${page}`),
  );
  if (read.next === undefined) return { run: await sorted(deps, run, status) };
  const found = { page: page + 1, next: read.next };
  return { run: await put(deps, run, { status: { ...status, found } }) };
};

const sortResults = async (
  deps: GateDeps,
  run: GateRun,
  status: Judging,
  job: string,
): Promise<Step> => {
  const files = await deps.macie.resultFiles(job, status.results);
  let last: string | undefined;
  for (const file of files) {
    await spread(run, await deps.macie.readResults(file), (batch, proofs) =>
      // The same file has the same name, so that sorting it twice is sorting it once.
      deps.batches.put(run.id, 'proofs', batch, proofs, hash(file).slice(0, 32)),
    );
    last = file;
    if (!deps.hasTime()) break;
  }
  const next: Judging =
    last === undefined ? { ...status, found: { page: 1 } } : { ...status, results: last };
  return { run: await put(deps, run, { status: next }) };
};

const sorted = (deps: GateDeps, run: GateRun, { found: _, ...status }: Judging): Promise<GateRun> =>
  put(deps, run, { status: { ...status, sorted: true } });

const spread = async <T extends { staged: string }>(
  run: GateRun,
  all: readonly T[],
  keep: (batch: number, those: T[]) => Promise<void>,
): Promise<void> => {
  for (const [batch, those] of grouped(all, ({ staged }) => batchOfKey(run.id, staged)))
    if (batch !== undefined) await keep(batch, those);
};
