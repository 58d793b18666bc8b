import * as z from 'zod/mini';
import { ChannelId, GateRunId, SlackUserId } from '../ids';
import { severities } from './verdict';

/** Why a run is there. */
export const Start = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('schedule') }),
  z.object({ kind: z.literal('uploads') }),
  z.object({ kind: z.literal('manifest'), key: z.string() }),
  z.object({ kind: z.literal('person'), id: SlackUserId, name: z.string() }),
]);
export type Start = z.infer<typeof Start>;

/** How many objects and bytes; lists are in batches, never here (D18). */
export const Counts = z.object({
  /** Objects in batches, and their bytes. */
  taken: z.int(),
  bytes: z.int(),
  overwritten: z.int(),
  /** Left in the raw bucket, since S3 did not give them. */
  left: z.int(),
  clean: z.int(),
  sensitive: z.int(),
  suppressed: z.int(),
  unproven: z.int(),
  /** Where they are by now. */
  released: z.int(),
  keptOut: z.int(),
  deleted: z.int(),
  /** Approved, but a newer upload of the same key had been released before: kept out. */
  outdated: z.int(),
  returned: z.int(),
});
export type Counts = z.infer<typeof Counts>;

/** What the card says of the held objects. */
export const Summary = z.object({
  /** Of all verdicts, in order of batches: decisions are bound to it (law 2). */
  hash: z.string(),
  severities: z.record(z.enum(severities), z.int()),
  /** Most frequent first, at most 12. `objects`: how many have it. */
  detected: z.array(z.object({ type: z.string(), count: z.int(), objects: z.int() })),
  /** Why unproven, with Macie's code where it gave one; at most 12. */
  unproven: z.array(z.object({ because: z.string(), objects: z.int() })),
  /** The largest held ones, at most 5. */
  largest: z.array(z.object({ key: z.string(), size: z.int() })),
});
export type Summary = z.infer<typeof Summary>;

const job = z.string();

/** The states in which something is done or waited for. `batch` is the next one to work on, from 1. */
const going = [
  /**
   * Batches are listed, copied and taken out of the raw bucket. `after`: the last version taken. An empty list `taken`
   * closes it: nothing more is taken.
   */
  z.object({
    state: z.literal('staging'),
    batch: z.int(),
    after: z.optional(z.object({ key: z.string(), versionId: z.string() })),
  }),
  /** The job is made and looked at. `said` is its last status in Macie's words; `left` objects to read. */
  z.object({
    state: z.literal('scanning'),
    job: z.optional(job),
    since: z.string(),
    looks: z.int(),
    said: z.optional(z.string()),
    left: z.optional(z.int()),
  }),
  /** Macie says that it is done: findings and results are counted until two counts agree (D5). */
  z.object({
    state: z.literal('settling'),
    job,
    since: z.string(),
    looks: z.int(),
    seen: z.optional(z.string()),
    /** COMPLETE with an error: nothing of it proves anything (D2). */
    failed: z.optional(z.string()),
  }),
  /**
   * Results are sorted to their batches (`results`: the last one sorted), then findings (`found`: the next page of them),
   * then each batch is judged.
   */
  z.object({
    state: z.literal('judging'),
    job: z.optional(job),
    failed: z.optional(z.string()),
    results: z.optional(z.string()),
    found: z.optional(z.object({ page: z.int(), next: z.optional(z.string()) })),
    sorted: z.boolean(),
    batch: z.int(),
  }),
  /** Clean ones go to the released bucket, all others to the review bucket. */
  z.object({ state: z.literal('moving'), batch: z.int() }),
  /** People decide. `until`: the end of their time. `reminded`: how often. */
  z.object({ state: z.literal('review'), until: z.string(), reminded: z.int() }),
  /** Taken back by a person: staged objects return to the raw bucket. */
  z.object({
    state: z.literal('aborting'),
    job: z.optional(job),
    by: z.object({ id: SlackUserId, name: z.string() }),
    batch: z.int(),
  }),
] as const;
const Going = z.discriminatedUnion('state', going);
export type Going = z.infer<typeof Going>;

/** Where a run is. Each state says all that going on needs, so that whoever takes it up after a death does the same again. */
export const Status = z.discriminatedUnion('state', [
  ...going,
  /** Nobody decided in time: what is held stays held. */
  z.object({ state: z.literal('expired'), at: z.string() }),
  z.object({ state: z.literal('done'), at: z.string() }),
  z.object({ state: z.literal('aborted'), at: z.string() }),
  /** Something needs a person: nothing moves. `from` is the state that it stopped in, `was` all of it. */
  z.object({
    state: z.literal('held'),
    because: z.string(),
    at: z.string(),
    from: z.string(),
    was: z.optional(Going),
  }),
]);
export type Status = z.infer<typeof Status>;

export const GateRun = z.object({
  id: GateRunId,
  channel: ChannelId,
  /** Of the keys that it takes; '' takes all. */
  prefix: z.string(),
  start: Start,
  startedAt: z.string(),
  /** When it last got anywhere: the sweeper looks for those that do not. */
  movedAt: z.string(),
  status: Status,
  /** How many batches there are. */
  batches: z.int(),
  counts: Counts,
  /** Macie's job of this run, once it is made. */
  job: z.optional(job),
  summary: z.optional(Summary),
  /** How many decisions were made; each wakes the run. `carried`: how many are carried out. */
  decisions: z.int(),
  carried: z.int(),
  /** The version at which something was asked of it last: the one that starts its workflow. */
  woken: z.optional(z.int()),
  version: z.int(),
});
export type GateRun = z.infer<typeof GateRun>;

export const noCounts: Counts = {
  taken: 0,
  bytes: 0,
  overwritten: 0,
  left: 0,
  clean: 0,
  sensitive: 0,
  suppressed: 0,
  unproven: 0,
  released: 0,
  keptOut: 0,
  deleted: 0,
  outdated: 0,
  returned: 0,
};

/** Before the first object is released all can go back. */
export const isReturnable = (state: string): boolean =>
  ['staging', 'scanning', 'settling', 'judging'].includes(state);

/** How many objects were held back for people. */
export const heldIn = ({ sensitive, suppressed, unproven }: Counts): number =>
  sensitive + suppressed + unproven;

/** How many of them have no end yet, once clean ones are moved: those are among the released and the outdated. */
export const waitingIn = (counts: Counts): number => {
  const { clean, released, outdated, keptOut, deleted } = counts;
  return heldIn(counts) - (released + outdated + keptOut + deleted - clean);
};

/** A run that is over frees nothing and holds nothing; one in review still does. */
export const isLive = ({ status }: Pick<GateRun, 'status'>): boolean =>
  !['done', 'aborted'].includes(status.state);
