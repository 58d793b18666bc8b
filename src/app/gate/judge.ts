import { judge as judgeOne } from '../../domain/gate/judge';
import type { GateRun, Status } from '../../domain/gate/run';
import { counting, shortened, summarise } from '../../domain/gate/summary';
import type { Judged } from '../../domain/gate/verdict';
import { grouped } from './abreast';
import type { GateDeps } from './ports';
import { sort } from './sort';
import { gateEvent, keepFirst, put, type Step } from './write';

type Judging = Extract<Status, { state: 'judging' }>;

/** Each batch gets its verdicts. They are stored, all of them, before anything moves (D10). */
export const judge = async (deps: GateDeps, run: GateRun, status: Judging): Promise<Step> => {
  if (!status.sorted) return sort(deps, run, status);
  const { batch } = status;
  if (batch > run.batches) return { run: await endJudging(deps, run) };
  const judged = await judgeBatch(deps, run, status);
  return {
    run: await put(deps, run, {
      status: { ...status, batch: batch + 1 },
      summary: summarise(run.summary, judged),
      counts: counting(run.counts, judged),
    }),
  };
};

const judgeBatch = async (
  { batches }: GateDeps,
  { id }: GateRun,
  { batch, failed }: Judging,
): Promise<Judged[]> => {
  const [taken = [], staged = {}, proofs, found] = await Promise.all([
    batches.get(id, 'taken', batch),
    batches.get(id, 'staged', batch),
    batches.parts(id, 'proofs', batch),
    batches.parts(id, 'found', batch),
  ]);
  const proofsOf = grouped(proofs, (proof) => proof.staged);
  const foundOf = grouped(found, (finding) => finding.staged);
  const judged = taken
    .filter(({ overwritten }) => !overwritten)
    .map((each) => {
      const end = staged[each.ref];
      const key = end && 'version' in end ? end.version.key : '';
      return judgeOne({
        taken: each,
        staged: end,
        proofs: proofsOf.get(key) ?? [],
        found: foundOf.get(key) ?? [],
        ...(failed !== undefined && { failed }),
      });
    });
  return keepFirst({ batches }, id, 'judged', batch, judged);
};

const endJudging = (deps: GateDeps, run: GateRun): Promise<GateRun> => {
  const { clean, sensitive, suppressed, unproven, left } = run.counts;
  const summary = shortened(run.summary ?? summarise(undefined, []));
  const facts = { clean, sensitive, suppressed, unproven, left, hash: summary.hash };
  const event = gateEvent(run, 'gate.judged', deps.now(), facts, { mark: run.version });
  const status: Status = { state: 'moving', batch: 1 };
  return put(deps, run, { status, summary }, { events: [event] });
};
