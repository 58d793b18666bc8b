import type { AuditEvent, Link } from '../../domain/audit';
import type { GateDecision } from '../../domain/gate/decision';
import type { ObjectRef, Taken, Version } from '../../domain/gate/object';
import type { GateRun } from '../../domain/gate/run';
import type { Found, Held, Judged, Proof } from '../../domain/gate/verdict';
import type { GateRunId } from '../../domain/ids';
import type { Policy } from '../../domain/policy';
import type { Committed, People } from '../ports';

/** The gate's buckets, by what lies in them. */
export type Place = 'raw' | 'stage' | 'review' | 'released' | 'quarantine';

/** Held by one run at a time: who takes from the raw bucket, and who writes to the released one. */
export type GateLock = 'gate-raw' | 'gate-released';

/** One version to copy. */
export interface Copy {
  source: Version;
  size: number;
  storageClass?: string;
  to: string;
  /** Merged with the object's own tags; ours win where there is no room for all ten (D24). */
  tags?: Readonly<Record<string, string>>;
}

export type Copied =
  /** `dropped`: the names of tags of its own that had no room. */
  | { kind: 'copied'; version: Version; dropped?: readonly string[] }
  /** The source is gone, or is not these bytes any more. */
  | { kind: 'gone' }
  /** S3 does not give it: no permission, its key is not usable, it is archived. */
  | { kind: 'refused'; because: string };

/** A version in the raw bucket, as listed. */
export type RawVersion = Omit<Taken, 'ref' | 'overwritten'> & { latest: boolean };

export interface Cursor {
  key: string;
  versionId: string;
}

export interface GateObjects {
  /** Versions in order of keys, newest first within one; whole keys only. Delete markers hide their key. */
  listRaw(
    prefix: string,
    after: Cursor | undefined,
    most: number,
  ): Promise<{ versions: RawVersion[]; next?: Cursor }>;
  /**
   * Copies in parallel; tags, metadata and storage class come along. Answers in order. Throws only where trying again may
   * help. `again`: an earlier try may have copied some, so the target is looked at first, and what is there is not copied twice.
   */
  copy(from: Place, to: Place, copies: readonly Copy[], again: boolean): Promise<Copied[]>;
  /** Deletes exactly these versions; what is gone already is no error. */
  remove(from: Place, versions: readonly Version[]): Promise<void>;
  /** The tag `drawbridge:object` of what stands there now, `undefined` where nothing or nothing of ours does. */
  markOf(place: Place, key: string): Promise<string | undefined>;
  /** Run prefixes that have objects in the stage or the review bucket. */
  prefixes(place: 'stage' | 'review'): Promise<string[]>;
  /** The newest version below a prefix is older than this; the quiet time of uploads. */
  quietSince(prefix: string): Promise<string | undefined>;
}

/**
 * Working lists of a run, in the results bucket. Of `taken`, `staged` and `judged` the first that is written stands, whoever
 * writes later (If-None-Match: *): two calls at once then work on the same list. Read what stands after writing.
 */
export interface GateLists {
  taken: Taken[];
  staged: Record<ObjectRef, { version: Version } | { refused: string }>;
  proofs: Proof[];
  found: Found[];
  judged: Judged[];
}

export interface GateBatches {
  put<K extends keyof GateLists>(
    run: GateRunId,
    list: K,
    batch: number,
    value: GateLists[K],
    part?: string,
  ): Promise<void>;
  get<K extends 'taken' | 'staged' | 'judged'>(
    run: GateRunId,
    list: K,
    batch: number,
  ): Promise<GateLists[K] | undefined>;
  /** All parts of a batch together. */
  parts<K extends 'proofs' | 'found'>(
    run: GateRunId,
    list: K,
    batch: number,
  ): Promise<GateLists[K]>;
}

export type JobLook =
  | { kind: 'running'; said: string; left?: number }
  /** PAUSED (the month's quota is used up) or USER_PAUSED. */
  | { kind: 'paused'; said: string; left?: number }
  | { kind: 'complete'; failed?: string }
  | { kind: 'cancelled' };

/** Macie, in the hub's account and Region. */
export interface GateMacie {
  /** One job per run, however often it is asked for (D21). Scope: the run's staged objects. */
  createJob(run: GateRunId): Promise<string>;
  look(job: string): Promise<JobLook>;
  /** Ending a job that is over is no error (D20). */
  cancel(job: string): Promise<void>;
  /** A page of findings of the job, active and archived. */
  findings(job: string, next?: string): Promise<{ found: Found[]; next?: string }>;
  /** Objects of discovery results in order of their keys, after `after`, at most 50. */
  resultFiles(job: string, after?: string): Promise<string[]>;
  readResults(file: string): Promise<Proof[]>;
  /** Is the results export on? Without it nothing can ever be proven. */
  exportIsOn(): Promise<boolean>;
}

/** One atomic write: the run, its locks, a decision and the audit events. */
export interface GateChange {
  run: GateRun;
  decision?: GateDecision;
  /** Held objects that have come to their `end`, at most 20. */
  ended?: readonly Held[];
  /** A lock that it has already is no obstacle. */
  take?: GateLock;
  /** Only those that it has are freed. */
  release?: readonly GateLock[];
  /** When housekeeping has to look at it next. */
  due?: { at: string } | { done: true };
  events: readonly AuditEvent[];
}

export interface GateStore {
  run(id: GateRunId): Promise<GateRun | undefined>;
  /** Newest first: all live ones, and of the others the latest, `most` or a few more. */
  runs(most: number): Promise<GateRun[]>;
  /** `conflict` for another version, `locked` where another run has the lock, `already` where an event is told already. */
  commit(change: GateChange): Promise<Committed>;
  holder(lock: GateLock): Promise<GateRunId | undefined>;
  /** Takes a lock from a holder that does not exist. */
  free(lock: GateLock, holder: GateRunId): Promise<void>;
  decisions(run: GateRunId): Promise<GateDecision[]>;
  /** Writes or overwrites by ref; an `end` that is stored stays. */
  hold(run: GateRunId, held: readonly Held[]): Promise<void>;
  /** In order of refs, after `after`, at most `most`. */
  held(run: GateRunId, after: ObjectRef | undefined, most: number): Promise<Held[]>;
  trail(run: GateRunId): Promise<Link[]>;
}

export interface GateDeps {
  gate: GateStore;
  objects: GateObjects;
  batches: GateBatches;
  macie: GateMacie;
  policy: Policy;
  people: People;
  now: () => Date;
  /** Random text for new ids, 20 characters of 0–9 and a–z. */
  random: () => string;
  /** True while there is time for one more batch; a call of the function ends by itself. */
  hasTime: () => boolean;
}

/** What a call of the gate's function says to its workflow. */
export type Next =
  | { next: 'again' }
  | { next: 'wait'; seconds: number }
  /** People are asked, or it is over. A decision starts the workflow anew. */
  | { next: 'end' };
