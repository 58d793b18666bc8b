import * as z from 'zod/mini';
import { Json } from './canonical';
import { CaseId, ChannelId, FindingKey, RemediationId, SlackUserId } from './ids';
import { Plan } from './plan';
import { ApprovalRule } from './policy/rule';
import { Target } from './target';

const at = z.string();
const because = z.string();

/** What contains can be released for ever: it has no `undoUntil`. */
const Done = z.object({ state: z.literal('done'), at, undoUntil: z.optional(z.string()) });
const Held = z.object({ state: z.literal('held'), at, because });
const Ended = z.discriminatedUnion('state', [Done, Held]);

/** Where a remediation stands. Each state carries what only it can know. */
export const Status = z.discriminatedUnion('state', [
  z.object({ state: z.literal('preparing') }),
  z.object({ state: z.literal('awaiting approval') }),
  /** `opens`: it waits for its change window. */
  z.object({ state: z.literal('approved'), at, opens: z.optional(z.string()) }),
  z.object({ state: z.literal('applying') }),
  z.object({ state: z.literal('rolling back'), because }),
  z.object({
    state: z.literal('undoing'),
    by: SlackUserId,
    reason: z.string(),
    /** What was shown to the person: if it is not so any more, nothing is undone and `was` stands again (law 7). */
    seen: z.optional(z.string()),
    was: z.optional(Ended),
    /** Compared with what was shown; from here on the changes are ours. */
    begun: z.optional(z.literal(true)),
  }),
  z.object({ state: z.literal('compliant'), at, because }),
  z.object({ state: z.literal('refused'), at, because }),
  z.object({ state: z.literal('denied'), at, by: SlackUserId, because }),
  z.object({ state: z.literal('expired'), at }),
  z.object({ state: z.literal('cancelled'), at, by: SlackUserId }),
  Done,
  z.object({ state: z.literal('rolled back'), at, because }),
  Held,
  z.object({ state: z.literal('undone'), at, by: SlackUserId }),
]);
export type Status = z.infer<typeof Status>;
export type State = Status['state'];

export const Decision = z.object({
  by: SlackUserId,
  name: z.string(),
  verdict: z.enum(['approve', 'deny']),
  reason: z.optional(z.string()),
  at,
  /** The plan that this person saw. */
  hash: z.string(),
});
export type Decision = z.infer<typeof Decision>;

/** A plan as it was put before people, and what they said to it. A changed plan is a new proposal without decisions. */
export const Proposal = z.object({
  plan: Plan,
  hash: z.string(),
  revision: z.int(),
  rule: ApprovalRule,
  /** A rule of the policy decided, not people. */
  automatic: z.optional(z.literal(true)),
  /** Why people are asked although a rule would not. */
  asks: z.optional(z.string()),
  until: z.string(),
  /** The last call to those who may decide. */
  nudged: z.optional(z.enum(['reminded', 'escalated'])),
  decisions: z.array(Decision),
});
export type Proposal = z.infer<typeof Proposal>;

/** One run of a playbook against one target. */
export const Remediation = z.object({
  id: RemediationId,
  case: CaseId,
  finding: z.optional(FindingKey),
  /** The control that the finding named: it can narrow the plan. */
  control: z.optional(z.string()),
  playbook: z.string(),
  title: z.string(),
  target: Target,
  /** Ids of the playbook's options that were chosen; without it they are not asked for. */
  options: z.optional(z.array(z.string())),
  /** Without an id it is Drawbridge itself, by a rule of the policy. */
  requester: z.object({ id: z.optional(SlackUserId), name: z.string() }),
  reason: z.string(),
  requestedAt: z.string(),
  channel: ChannelId,
  proposal: z.optional(Proposal),
  status: Status,
  /** Rises by one with each write; a writer who read an older one is refused. */
  version: z.int(),
});
export type Remediation = z.infer<typeof Remediation>;

const ends: readonly State[] = [
  'compliant',
  'refused',
  'denied',
  'expired',
  'cancelled',
  'rolled back',
  'undone',
];

/** What may follow what. `done` and `held` are ends too, from which an undo can start. */
const follows: Record<State, readonly State[]> = {
  preparing: ['awaiting approval', 'approved', 'compliant', 'refused', 'held'],
  'awaiting approval': ['awaiting approval', 'approved', 'denied', 'expired', 'cancelled', 'held'],
  approved: [
    'awaiting approval',
    'approved',
    'applying',
    'compliant',
    'refused',
    'cancelled',
    'held',
  ],
  applying: ['done', 'rolling back', 'held'],
  'rolling back': ['rolled back', 'held'],
  undoing: ['undoing', 'undone', 'held', 'done'],
  done: ['undoing'],
  held: ['undoing'],
  compliant: [],
  refused: [],
  denied: [],
  expired: [],
  cancelled: [],
  'rolled back': [],
  undone: [],
};

export const mayFollow = (from: State, to: State): boolean => follows[from].includes(to);

/** Nothing runs and nothing is waited for: the target is free for another remediation. */
export const isOpen = (state: State): boolean =>
  state !== 'done' && state !== 'held' && !ends.includes(state);

/** What the runner keeps of each step. `before` is written once, before the step may change anything (law 1). */
export const StepRecord = z.object({
  index: z.int(),
  status: z.enum(['pending', 'applying', 'applied', 'skipped', 'failed', 'undone']),
  before: z.optional(Json),
  after: z.optional(Json),
  error: z.optional(z.string()),
  attempts: z._default(z.int(), 0),
  /** When it was first applied: slow steps are waited for from then on. */
  startedAt: z.optional(z.string()),
  /** What AWS or a tool is busy with, in its words. */
  doing: z.optional(z.string()),
  /** What it gives to later steps, 8 KB at most. */
  output: z.optional(z.record(z.string(), z.string())),
  /** It failed, and may have done a part of its work. */
  begun: z.optional(z.boolean()),
  /** How often somebody loosened it since, and a digest of what was told last; empty while it holds. */
  loosened: z.optional(z.object({ times: z.int(), seen: z.string() })),
  /** Since when it is being taken back, in which run, and why that run gave up on it. */
  back: z.optional(z.object({ mark: z.string(), at: z.string(), failed: z.optional(z.string()) })),
});
export type StepRecord = z.infer<typeof StepRecord>;

/** A step that was not begun has no record yet. */
export const recordOf = (records: readonly StepRecord[], index: number): StepRecord =>
  records.find((record) => record.index === index) ?? { index, status: 'pending', attempts: 0 };
