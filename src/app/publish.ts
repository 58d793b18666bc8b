import type { Link } from '../domain/audit';
import type { Cards } from '../domain/card';
import { consoleLinks } from '../domain/console-links';
import { FindingKey } from '../domain/ids';
import { Outcome } from '../domain/outcome';
import { heardOf, type HeardName } from '../domain/outcome-name';
import type { Policy } from '../domain/policy';
import type { Remediation } from '../domain/remediation';
import type { FindingRecord, Store } from './ports';

/** Where other systems hear of outcomes. */
export interface Outcomes {
  publish(outcome: Outcome): Promise<void>;
}

interface Needs {
  store: Store;
  cards: Pick<Cards, 'get'>;
  policy: Pick<Policy, 'environment' | 'team'>;
  outcomes: Outcomes;
  /** Where a link stands in the audit bucket, `s3://…`. */
  objectOf: (link: Link) => string;
}

/** Tells other systems of a link that is an outcome. Told twice it is the same message under the same id (law 4). */
export const publish = async (deps: Needs, link: Link): Promise<void> => {
  const { type, case: of, remediation: id } = link.event;
  const name = heardOf(type);
  if (!name) return;
  const remediation = id && (await deps.store.remediation(id));
  const key = FindingKey.safeParse(remediation?.finding ?? of);
  const record = key.success ? await deps.store.finding(key.data) : undefined;
  const card = await deps.cards.get(of);
  await deps.outcomes.publish(outcomeFrom(deps, link, name, { remediation, record, card }));
};

interface Known {
  remediation: Remediation | undefined;
  record: FindingRecord | undefined;
  card: Awaited<ReturnType<Cards['get']>>;
}

const outcomeFrom = (
  { policy, objectOf }: Needs,
  link: Link,
  outcome: HeardName,
  { remediation, record, card }: Known,
): Outcome => {
  const { seq, hash, event } = link;
  const because = textIn(event.facts, 'because') ?? textIn(event.facts, 'reason');
  const until = outcome === 'suppressed' ? textIn(event.facts, 'until') : undefined;
  const channel = card?.channel ?? record?.channel ?? remediation?.channel ?? '';
  return Outcome.parse({
    schema: 'drawbridge.outcome/1',
    id: event.id,
    outcome,
    at: event.at,
    environment: policy.environment,
    by: byOf(link),
    ...(because && { because }),
    ...(until && { until }),
    ...(record && { finding: findingPart(record) }),
    ...(remediation && { remediation: remediationPart(remediation, outcome) }),
    audit: { case: event.case, seq, hash, object: objectOf(link) },
    slack: {
      team: policy.team,
      channel,
      ...(card && { message: card.ts }),
      url: `https://slack.com/app_redirect?team=${policy.team}&channel=${channel}`,
    },
    links: record ? consoleLinks(record.finding) : [],
  });
};

/** An undo ends by Drawbridge’s hand, but a person asked for it. */
const byOf = ({ event: { type, actor, facts } }: Link): Outcome['by'] => {
  if (actor.kind === 'person') return { kind: 'person', id: actor.id, name: actor.name };
  const asked = type === 'undo.done' && textIn(facts, 'by');
  return asked ? { kind: 'person', id: asked } : { kind: 'drawbridge' };
};

/** What names the finding; its description and what was found in the data stay where they are (law 12). */
const findingPart = ({ finding, firstAt }: FindingRecord): Outcome['finding'] => {
  const { key, id, productArn, product, control, type, title, severity, account, region } = finding;
  return {
    key,
    id,
    ...(productArn && { productArn }),
    product,
    ...(control && { control }),
    type,
    title,
    severity,
    account,
    ...(region && { region }),
    receivedAt: firstAt,
  };
};

const remediationPart = (
  { id, playbook, title, target, requester, requestedAt, reason, proposal, status }: Remediation,
  outcome: HeardName,
): Outcome['remediation'] => ({
  id,
  playbook,
  title,
  target,
  requestedBy: requester,
  requestedAt,
  reason,
  ...(proposal && {
    plan: {
      hash: proposal.hash,
      effects: proposal.plan.effects.length,
      steps: proposal.plan.steps.length,
    },
  }),
  approvedBy: (proposal?.decisions ?? [])
    .filter(({ verdict }) => verdict === 'approve')
    .map(({ by, name, at }) => ({ id: by, name, at })),
  ...(outcome === 'done' && status.state === 'done' && { undoUntil: status.undoUntil }),
});

const textIn = (facts: Link['event']['facts'], name: string): string | undefined => {
  const value = facts[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
