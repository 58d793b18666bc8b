import type { AuditType, Facts } from '../../domain/audit';
import { isReturnable, type GateRun, type Going, type Status } from '../../domain/gate/run';
import type { GateRunId } from '../../domain/ids';
import { actor, type Person } from '../../domain/person';
import type { Gate } from '../../domain/policy/gate';
import type { Click } from '../authority';
import { MovedMeanwhile } from '../move';
import { mayDo, needs, type Needs, type Refused } from './may';
import { nextCall } from './nudge';
import { gateEvent, later, put, type More } from './write';

export type ByHand = { kind: 'done'; run: GateRun } | Refused;

interface Act {
  what: string;
  type: AuditType;
  /** Why it cannot be done to a run in this state. */
  obstacle(status: Status): string | undefined;
  role(rule: Gate): Gate['start'];
  next(run: GateRun, rule: Gate, person: Person, now: Date): { status: Status; more?: More };
}

const underlying = (status: Status): Status | undefined =>
  status.state === 'held' ? status.was : status;

const jobOf = (status: Status | undefined): { job?: string } =>
  status && 'job' in status && status.job ? { job: status.job } : {};

const abort: Act = {
  what: 'abort',
  type: 'gate.aborting',
  role: ({ start }) => start,
  obstacle(status) {
    const state = underlying(status)?.state;
    if (state && isReturnable(state)) return undefined;
    return state === 'moving' || state === 'review'
      ? 'Its clean objects are released already: decide what is held instead.'
      : `It cannot be aborted: it is ${status.state}.`;
  },
  next: ({ status }, _, { id, name }) => ({
    status: {
      state: 'aborting',
      ...jobOf(underlying(status)),
      by: { id, name },
      batch: 1,
    },
    more: { due: { done: true } },
  }),
};

const resume: Act = {
  what: 'resume',
  type: 'gate.resumed',
  role: ({ start }) => start,
  obstacle: (status) =>
    status.state === 'held' && status.was
      ? undefined
      : `There is nothing to resume: it is ${status.state}.`,
  next({ status }, rule, _, now) {
    const was = status.state === 'held' && status.was ? status.was : undefined;
    if (!was) throw new MovedMeanwhile('nothing to resume');
    return {
      status: renewed(was, rule, now),
      ...(was.state === 'review' && dueOf(was, rule, now)),
    };
  },
};

/** Deadlines begin anew: whoever resumes knows that it stood still. */
const renewed = (was: Going, rule: Gate, now: Date): Going => {
  switch (was.state) {
    case 'scanning':
    case 'settling':
      return { ...was, since: now.toISOString(), looks: 0 };
    case 'review':
      return { ...was, until: later(now, rule.decideWithin) };
    default:
      return was;
  }
};

const dueOf = (
  review: Extract<Status, { state: 'review' }>,
  rule: Gate,
  now: Date,
): { more: More } => {
  const until = later(now, rule.decideWithin);
  return { more: { due: { at: nextCall({ ...review, until }, rule, now) } } };
};

const reopen: Act = {
  what: 'reopen',
  type: 'gate.reopened',
  role: (rule) => rule.decide,
  obstacle: ({ state }) =>
    state === 'expired' ? undefined : `It cannot be reopened: it is ${state}.`,
  next(_, rule, __, now) {
    const review = { state: 'review', until: later(now, rule.decideWithin), reminded: 0 } as const;
    return { status: review, ...dueOf(review, rule, now) };
  },
};

const doAs = async (
  deps: Needs,
  act: Act,
  id: GateRunId,
  reason: string,
  click: Click,
  left = 10,
): Promise<ByHand> => {
  const refusal = { type: 'gate.decision-refused', what: act.what } as const;
  const may = await mayDo(deps, id, click, refusal, ({ run, rule, person }) => {
    const lacking = needs(person, act.role(rule), `${act.what} a run`);
    if (lacking) return lacking;
    const because = act.obstacle(run.status);
    if (because) return { because };
    return reason.trim() === '' ? { because: 'This needs a reason.' } : undefined;
  });
  if (may.kind === 'refused') return may;
  const { run, rule, person } = may;
  const now = deps.now();
  const { status, more } = act.next(run, rule, person, now);
  const facts: Facts = {
    reason: reason.trim().slice(0, 1000),
    from: run.status.state,
    ...('until' in status && { until: status.until }),
  };
  const told = { by: actor(person), mark: run.version };
  const events = [gateEvent(run, act.type, now, facts, told)];
  try {
    const next = { status, woken: run.version + 1 };
    return { kind: 'done', run: await put(deps, run, next, { ...more, events }) };
  } catch (error) {
    if (error instanceof MovedMeanwhile && left > 1)
      return doAs(deps, act, id, reason, click, left - 1);
    throw error;
  }
};

type Done = (deps: Needs, id: GateRunId, reason: string, click: Click) => Promise<ByHand>;

/** Takes a run back: its job is cancelled and its objects return to the raw bucket. */
export const abortAs: Done = (deps, ...rest) => doAs(deps, abort, ...rest);
/** Lets a held run go on where it stopped. */
export const resumeAs: Done = (deps, ...rest) => doAs(deps, resume, ...rest);
/** Gives people time again to decide what was left undecided. */
export const reopenAs: Done = (deps, ...rest) => doAs(deps, reopen, ...rest);
