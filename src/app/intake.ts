import { hash } from '../domain/canonical';
import type { Finding } from '../domain/finding';
import { isActionable } from '../domain/playbook';
import { routeFor, routeOf } from '../domain/policy';
import { noted } from './events';
import { isEcho, seenAgain } from './follow';
import { grouped, type Grouping } from './groups';
import { ungrouped } from './own-card';
import type { Deps, FindingRecord } from './ports';
import { withVerdict, type News } from './verdict';
import { dueOf, excepted, reopened, type Exception } from './wish';

export interface IntakeDeps extends Pick<Deps, 'store' | 'policy' | 'now'>, Grouping {
  /** The exception that the policy itself makes for this finding now, if any. */
  exceptionFor?: (finding: Finding, now: Date) => Pick<Exception, 'reason' | 'until'> | undefined;
}

/** Another writer may win this often before the delivery goes back to the queue. */
const tries = 5;

/**
 * Takes one delivery of one finding: the first makes its record, later ones update it. The same delivery again, in any
 * order, changes nothing (law 4).
 * @param delivery id of the event that carried it
 * @param via `custom action`: a person at Security Hub wants it shown, whatever it is
 */
export const takeIn = async (
  deps: IntakeDeps,
  finding: Finding,
  delivery: string,
  via: 'import' | 'custom action' = 'import',
): Promise<'new' | 'seen again' | 'known'> => {
  const sent = via === 'custom action';
  for (let left = tries; left > 0; left -= 1) {
    const stored = await deps.store.finding(finding.key);
    if (stored && !sent && isEcho(stored, finding)) return 'known';
    const at = deps.now();
    const taken = stored
      ? await again(deps, stored, seenAgain(stored, finding, at, sent), at)
      : first(deps, finding, at);
    const { record, events } = sent
      ? shown(taken, at)
      : { ...taken, record: await grouped(deps, stored, taken.record) };
    const outcome = await deps.store.commit({
      finding: record,
      delivery: `${delivery}/${finding.key}`,
      events,
      ...(record.tell !== stored?.tell || record.exception !== stored?.exception
        ? dueOf(record, at)
        : {}),
    });
    if (outcome === 'done') return stored ? 'seen again' : 'new';
    if (outcome === 'already') return 'known';
  }
  throw new Error(`finding ${finding.key} is written by too many at once`);
};

const first = (deps: IntakeDeps, finding: Finding, at: Date): News => {
  const record: FindingRecord = {
    finding,
    count: 1,
    firstAt: at.toISOString(),
    lastAt: at.toISOString(),
    channel: routeOf(deps.policy, finding),
    loud: isActionable(finding),
    version: 1,
  };
  const event = noted(record, 'finding.received', at, {
    product: finding.product,
    severity: finding.severity,
    title: finding.title,
    content: hash(finding),
  });
  return underPolicy(deps, { record, events: [event] }, at);
};

const again = async (
  deps: IntakeDeps,
  stored: FindingRecord,
  record: FindingRecord,
  at: Date,
): Promise<News> => {
  const { exception: _, ...open } = record;
  // Somebody opened it at its source, or it is resolved there: then there is nothing left to except.
  const over = record.exception && record.finding.workflow !== 'suppressed';
  const changed = changes(stored, record, at);
  const fresh: News = { record: over ? open : record, events: changed };
  // What a person opens at the source stays open until the source has something new to say.
  const isNewer = record.finding.updatedAt > stored.finding.updatedAt;
  const ruled = isNewer || fresh.record.exception ? underPolicy(deps, fresh, at, stored) : fresh;
  const { remediation, finding } = ruled.record;
  const asked = finding.compliance && remediation;
  const shown = { ...ruled, record: risen(deps, stored, ruled.record) };
  return withVerdict(shown, asked && (await deps.store.remediation(asked)), at);
};

/** What becomes critical waits in no list, and is one of many no more. */
const risen = ({ policy }: IntakeDeps, stored: FindingRecord, record: FindingRecord) =>
  record.finding.severity === 'critical' &&
  stored.finding.severity !== 'critical' &&
  routeFor(policy, record.finding).show === 'cards'
    ? ungrouped(record)
    : record;

/** A delivery by hand: it has a card of its own from now on, and the channel sees that somebody sent it. */
const shown = ({ record: { group: _, ...record }, events }: News, at: Date): News => ({
  record: { ...record, loud: true },
  events: [...events, noted(record, 'finding.sent', at, {}, { mark: record.version })],
});

/** What the policy excepts is quiet, and what it no longer excepts is open again. People's exceptions are theirs. */
const underPolicy = (
  { exceptionFor }: IntakeDeps,
  { record, events }: News,
  at: Date,
  stored?: FindingRecord,
): News => {
  const { exception, version }: FindingRecord = record;
  if (!exceptionFor || exception?.by) return { record, events };
  const rule = exceptionFor(record.finding, at);
  if (!rule && !exception) return { record, events };
  if (!rule) {
    const because = 'the policy no longer makes an exception of it.';
    const event = noted(record, 'finding.reopened', at, { because }, { mark: version });
    return { record: reopened(record, because, at), events: [...events, event] };
  }
  if (exception?.until === rule.until && exception.reason === rule.reason)
    return { record, events };
  if (!exception && !isActionable(record.finding)) return { record, events };
  const { reason, until } = rule;
  const quiet = { ...excepted(record, { reason, until }, at), loud: stored?.loud ?? false };
  const facts = { reason, until, by: 'the policy' };
  const event = noted(record, 'finding.suppressed', at, facts, { mark: version });
  return { record: quiet, events: [...events, event] };
};

/** What people would call a change of the finding; its text and times are not. */
const face = ({ record, workflow, severity, compliance }: Finding): string =>
  [record, workflow, severity, compliance ?? ''].join(', ');

const changes = (stored: FindingRecord, record: FindingRecord, at: Date): News['events'] => {
  const [from, to] = [face(stored.finding), face(record.finding)];
  if (from === to) return [];
  const ended = stored.exception && isActionable(record.finding);
  return [
    ended
      ? noted(
          record,
          'finding.reopened',
          at,
          { because: 'opened at its source', from, to },
          { mark: record.version },
        )
      : noted(record, 'finding.changed', at, { from, to }, { mark: record.version }),
  ];
};
