import type { Finding } from './finding';
import type { Planned } from './plan';
import { lockOf, targetOf, type Target } from './target';

/**
 * What every playbook is: facts about itself, a read-only look at its target, and a pure plan. The runner does the rest,
 * so a playbook knows nothing of people, storage, messages or undo.
 * @template Facts what `read` found, the only thing besides the request that the plan depends on
 * @template Aws the calls that `read` may make; the runner gives it a session limited to `permissions`
 */
export interface Playbook<Facts, Aws> {
  /** `verb-service-resource`, the name of its folder. */
  id: string;
  /** Starts with a verb; stands on the button's card. */
  title: string;
  /** One or two sentences: what will change, what will not. */
  summary: string;
  answers: readonly string[];
  /** The command that asks for it without a finding: `/isolate`. */
  command?: string;
  /** The playbook that takes its evidence alone: at once, where a rule lets that run by itself. */
  evidence?: string;
  /** ASFF kind of the resource that it changes. */
  target: string;
  risk: 'low' | 'medium' | 'high';
  onFailure: 'roll back' | 'hold';
  /** What people may choose when they ask; the plan that others decide on shows what was chosen. */
  options?: readonly Option[];
  /** Exact IAM actions of `read`. */
  permissions: readonly string[];
  read(aws: Aws, asked: Asked): Promise<Facts>;
  plan(facts: Facts, asked: Asked): Planned;
}

/** A checkbox beside the plan. `id` is short, of a–z and dashes. */
export interface Option {
  id: string;
  label: string;
  /** What it does, and what it costs. */
  hint: string;
  default: boolean;
}

/**
 * What a plan answers: one target, the control that the finding named, where a finding started it, and the time, for
 * plans about age. What time does to a plan must show in its steps: a hash never changes merely because time passes.
 */
export interface Asked {
  target: Target;
  control?: string;
  /** The finding itself, for tools that are told of it and for what its type decides. Its words come from outside. */
  finding?: Pick<
    Finding,
    'id' | 'title' | 'severity' | 'type' | 'account' | 'region' | 'product' | 'resources'
  >;
  /** Ids of the options that were chosen; absent where nobody was asked. */
  options?: readonly string[];
  /** ISO 8601, UTC. */
  now: string;
}

/** What was chosen of what this playbook offers; the defaults where nobody was asked. */
export const chosen = (
  { options = [] }: Pick<Playbook<never, never>, 'options'>,
  asked: readonly string[] | undefined,
): string[] =>
  options.filter((each) => asked?.includes(each.id) ?? each.default).map(({ id }) => id);

/** What the catalogue shows of a playbook, whatever its facts are. */
export type Offer = Pick<
  Playbook<never, never>,
  | 'id'
  | 'title'
  | 'summary'
  | 'answers'
  | 'command'
  | 'evidence'
  | 'target'
  | 'risk'
  | 'onFailure'
  | 'options'
>;

/** A playbook whose target is known: what a button on the card stands for. */
export interface Offered {
  offer: Offer;
  target: Target;
}

/** Which playbooks fit this finding: it is open, it is answered, and a resource of the right kind is named. */
export const offersFor = (catalogue: readonly Offer[], finding: Finding): Offered[] => {
  if (!isActionable(finding)) return [];
  const fitting = catalogue.filter(({ answers }) =>
    answers.some((answer) => isAnswer(answer, finding)),
  );
  const offered = fitting.flatMap((offer) =>
    finding.resources
      .filter(({ kind }) => kind === offer.target)
      .flatMap((resource) => targetOf(finding, resource) ?? [])
      .map((target) => ({ offer, target })),
  );
  return [...new Map(offered.map((each) => [lockOf(each.offer.id, each.target), each])).values()];
};

/** A control id, or `product:type` of a finding, where a `*` at the end stands for any rest. */
const isAnswer = (answer: string, { control, product, type }: Finding): boolean => {
  if (answer === control) return true;
  const [, of, start, any] = /^([a-z0-9-]+):(.*?)(\*?)$/.exec(answer) ?? [];
  if (of !== product.toLowerCase().replaceAll(' ', '-') || start === undefined) return false;
  return any ? type.startsWith(start) : type === start;
};

/** Archived, passed, resolved and suppressed findings are history: they are kept, and nobody is called. */
export const isActionable = ({ record, workflow, compliance }: Finding): boolean =>
  record === 'active' && compliance !== 'passed' && (workflow === 'new' || workflow === 'notified');
