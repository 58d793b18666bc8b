import type { GateRun, Status } from '../../domain/gate/run';
import type { GateDeps } from './ports';
import { put, type Step } from './write';

type Settling = Extract<Status, { state: 'settling' }>;

const every = 30;

/** Where there is no result at all, the export may be late: it is waited for this often. */
const patience = 10;

/** Macie's last findings and results come after it says COMPLETE: they are counted until two counts agree (D5). */
export const settle = async (deps: GateDeps, run: GateRun, status: Settling): Promise<Step> => {
  const { job, looks, failed } = status;
  const [files, findings] = [await countFiles(deps, job), await countFindings(deps, job)];
  const seen = `${files}/${findings}`;
  const isLate = files === 0 && failed === undefined && looks + 1 < patience;
  if (seen !== status.seen || isLate) {
    await put(deps, run, { status: { ...status, looks: looks + 1, seen } });
    return { next: 'wait', seconds: every };
  }
  const next: Status = {
    state: 'judging',
    job,
    sorted: false,
    batch: 1,
    ...(failed !== undefined && { failed }),
  };
  return { run: await put(deps, run, { status: next }) };
};

const countFiles = async ({ macie }: GateDeps, job: string): Promise<number> => {
  let count = 0;
  let after: string | undefined;
  do {
    const files = await macie.resultFiles(job, after);
    count += files.length;
    after = files.at(-1);
  } while (after !== undefined);
  return count;
};

const countFindings = async ({ macie }: GateDeps, job: string): Promise<number> => {
  let count = 0;
  let next: string | undefined;
  do {
    const page = await macie.findings(job, next);
    count += page.found.length;
    ({ next } = page);
  } while (next !== undefined);
  return count;
};
