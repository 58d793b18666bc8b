import type { AuditEvent, AuditType, Link } from '../domain/audit';
import type { Json } from '../domain/canonical';
import type { Finding } from '../domain/finding';
import type { GroupId } from '../domain/group';
import type {
  CaseId,
  ChannelId,
  FindingKey,
  GateRunId,
  RemediationId,
  SlackUserId,
  WatchId,
} from '../domain/ids';
import type { Person } from '../domain/person';
import type { Offer } from '../domain/playbook';
import type { Policy } from '../domain/policy';
import type { Remediation, StepRecord } from '../domain/remediation';
import type { Target } from '../domain/target';
import type { Aws } from '../operations/aws';
import type { Operation } from '../operations/operation';
import type { Listed } from '../playbooks';

/** A finding as it stands with us: what was read last, how often it came, and where its card is routed. */
export interface FindingRecord {
  finding: Finding;
  count: number;
  firstAt: string;
  lastAt: string;
  channel: ChannelId;
  /** It was worth a card at least once; from then on the card follows it, also to its end. */
  loud: boolean;
  /** The workflow status that we wrote ourselves: its echo is no news. */
  wrote?: Finding['workflow'];
  /** What stood there before, and since when ours stands: an event of before may still be on its way. */
  over?: { workflows: Finding['workflow'][]; at: string };
  /** What the source still has to be told. */
  tell?: Wish;
  /** The source was told of the card. Until then it is told again. */
  announced?: true;
  /** Who has taken notice, and who sees to it. */
  acknowledged?: { by: SlackUserId; name: string; at: string };
  assignee?: { id: SlackUserId; name: string };
  /** Accepted for a time: suppressed here and at the source, and open again when it ends. Without `by` the policy says so. */
  exception?: { by?: { id: SlackUserId; name: string }; reason: string; until: string };
  /** Shown in a group's card instead of one of its own. `soon`: that card is made at once. */
  group?: { id: GroupId; shown: 'soon' | 'later' };
  /** When the control itself said PASSED after the latest remediation. */
  passedAt?: string;
  /** When it still said FAILED, long enough after the latest remediation was done. */
  doubtedAt?: string;
  /** The latest remediation asked for it. */
  remediation?: RemediationId;
  version: number;
}

/** A workflow status with the note beside it, as the source is to have them. */
export interface Wish {
  workflow: Finding['workflow'];
  note: string;
  /** Only over one of these: what a person set meanwhile stands. Without it, whatever stands there. */
  from?: readonly Finding['workflow'][];
  /** The fact that it becomes once it is written. */
  becomes?: { type: AuditType; mark: string };
  /** How often it could not be written. */
  failed?: number;
}

/** One atomic write. The record, its lock and its audit events are stored together or not at all. */
export interface Change {
  finding?: FindingRecord;
  remediation?: Remediation;
  take?: { lock: string; by: RemediationId };
  release?: string;
  /** A delivery that is counted once. */
  delivery?: string;
  /** When housekeeping has to look at this remediation, finding or isolation. */
  due?: DueChange | readonly DueChange[];
  events: readonly AuditEvent[];
}

export type Due = RemediationId | FindingKey | WatchId | GateRunId;
export type DueChange = { id: Due; at: string } | { id: Due; done: true };

/** `already`: the same change was stored before. `conflict`: somebody else wrote in between. */
export type Committed = 'done' | 'already' | 'conflict' | 'locked';

export interface Store {
  finding(key: FindingKey): Promise<FindingRecord | undefined>;
  remediation(id: RemediationId): Promise<Remediation | undefined>;
  steps(id: RemediationId): Promise<StepRecord[]>;
  openOn(lock: string): Promise<RemediationId | undefined>;
  commit(change: Change): Promise<Committed>;
  /** Stores the first `before` for good and answers with the stored one (law 1). */
  saveBefore(id: RemediationId, index: number, before: Json): Promise<Json>;
  /** What is not named stays as it is. */
  saveStep(
    id: RemediationId,
    step: Pick<StepRecord, 'index'> & Partial<Omit<StepRecord, 'before'>>,
  ): Promise<void>;
  saveToken(id: RemediationId, token: string): Promise<void>;
  token(id: RemediationId): Promise<string | undefined>;
  /** Remediations whose time has come, then isolations, runs of the gate and findings; each soonest first, at most 50. */
  due(now: string): Promise<Due[]>;
  /**
   * Takes a place for a run without a person, and says how many others took one less than an hour apart from it. Where
   * those are `most` already, it takes none. Two at once see each other: too few may run, never too many.
   */
  automaticBeside(id: RemediationId, at: string, most: number): Promise<number>;
  trail(of: CaseId): Promise<Link[]>;
  /** Writes down what a person waits for; the relay has it made. The same id is the same wish. */
  ask(id: string, task: Json): Promise<void>;
  /** Keeps what could not be read, for 90 days; it is told by the relay. */
  keepUnread(id: string, because: string, raw: string): Promise<void>;
}

export interface People {
  /** Asks Slack anew for destructive decisions; up to five minutes old otherwise. */
  person(id: string, fresh: boolean): Promise<Person>;
  isShared(channel: string): Promise<boolean>;
}

export interface Workflow {
  /** Starting twice under one name is starting once. */
  start(name: string, input: Json): Promise<void>;
  /** Waking a callback that is over is no error. */
  resume(token: string): Promise<void>;
}

/** The estate: a session in the target's account, limited to the calls named. */
export interface Estate {
  session(
    target: Target,
    calls: readonly string[],
    who: { name: string; remediation: string },
  ): Promise<Aws>;
}

export interface FindingSource {
  /**
   * Writes workflow and note where the finding came from; `unsupported` where that source has none. What `from` does not
   * name is left as it stands there, and told.
   */
  write(
    finding: Finding,
    wish: Pick<Wish, 'workflow' | 'note' | 'from'>,
  ): Promise<'written' | 'unsupported' | { stands: Finding['workflow'] }>;
}

export interface Deps {
  store: Store;
  people: People;
  workflow: Workflow;
  estate: Estate;
  source: FindingSource;
  /** Facts of every playbook: what can be offered. */
  offers: readonly Offer[];
  playbooks: readonly Listed[];
  operationOf: (kind: string) => Operation;
  policy: Policy;
  now: () => Date;
  /** Random text for new ids, 20 characters of 0–9 and a–z. */
  random: () => string;
}

/** What the Slack door has: no way into the estate, to the source or to the workflow. It writes down what was asked for. */
export type DoorDeps = Omit<Deps, 'estate' | 'source' | 'workflow' | 'operationOf' | 'playbooks'>;
