import type { GateRun, Status } from '../../domain/gate/run';
import { MovedMeanwhile } from '../move';
import { hold } from './hold';
import type { GateDeps, JobLook, Next } from './ports';
import { gateEvent, put, ruleOf, type Step } from './write';

type Scanning = Extract<Status, { state: 'scanning' }>;

const shortest = 30;
/** A job may take hours: it is looked at four times an hour then (D14). */
const longest = 900;

const pauseAfter = (looks: number): Next => ({
  next: 'wait',
  seconds: Math.min(longest, shortest * 2 ** Math.min(looks, 10)),
});

/** The job is made once and looked at until it ends; each of its states has an answer (D11). */
export const scan = async (deps: GateDeps, run: GateRun, status: Scanning): Promise<Step> => {
  const { job } = status;
  if (!job) return begin(deps, run, status);
  const look = await deps.macie.look(job);
  switch (look.kind) {
    case 'complete':
      return { run: await settle(deps, run, job, look.failed) };
    case 'cancelled':
      return hold(
        deps,
        run,
        'The job was cancelled in Macie. Aborting the run puts its objects back.',
      );
    case 'running':
    case 'paused':
      return wait(deps, run, status, look);
  }
};

const begin = async (deps: GateDeps, run: GateRun, status: Scanning): Promise<Step> => {
  const job = await deps.macie.createJob(run.id);
  const facts = { job, objects: run.counts.taken };
  const event = gateEvent(run, 'gate.scanning', deps.now(), facts, { mark: run.version });
  try {
    await put(deps, run, { job, status: { ...status, job } }, { events: [event] });
  } catch (error) {
    // Whoever aborted the run at this moment did not know of the job (D20).
    if (error instanceof MovedMeanwhile) await cancelIfOver(deps, run, job);
    throw error;
  }
  return pauseAfter(0);
};

const cancelIfOver = async (deps: GateDeps, { id }: GateRun, job: string): Promise<void> => {
  const state = (await deps.gate.run(id))?.status.state;
  if (state === 'aborting' || state === 'aborted') await deps.macie.cancel(job);
};

const settle = (
  deps: GateDeps,
  run: GateRun,
  job: string,
  failed: string | undefined,
): Promise<GateRun> => {
  const at = deps.now();
  const event = gateEvent(
    run,
    'gate.scanned',
    at,
    { job, ...(failed !== undefined && { failed }) },
    { mark: run.version },
  );
  const status: Status = {
    state: 'settling',
    job,
    since: at.toISOString(),
    looks: 0,
    ...(failed !== undefined && { failed }),
  };
  return put(deps, run, { status }, { events: [event] });
};

const wait = async (
  deps: GateDeps,
  run: GateRun,
  status: Scanning,
  { kind, said, left }: Extract<JobLook, { kind: 'running' | 'paused' }>,
): Promise<Step> => {
  const at = deps.now();
  if (at.getTime() >= Date.parse(status.since) + ruleOf(deps).scanWithin)
    return hold(deps, run, `The scan took longer than the policy allows; Macie says ${said}.`);
  // Paused is told once, and again after it went on (D14).
  const isNews = kind === 'paused' && status.said !== said;
  const events = isNews
    ? [gateEvent(run, 'gate.scan-paused', at, { said }, { mark: run.version })]
    : [];
  const { left: _, ...rest } = status;
  const looked = { ...rest, looks: status.looks + 1, said, ...(left !== undefined && { left }) };
  await put(deps, run, { status: looked }, { events });
  return kind === 'paused' ? { next: 'wait', seconds: longest } : pauseAfter(looked.looks);
};
