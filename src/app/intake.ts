import { hash } from '../domain/canonical';
import type { Finding } from '../domain/finding';
import { isActionable } from '../domain/playbook';
import { routeOf } from '../domain/routing';
import { noted } from './events';
import type { Deps, FindingRecord } from './ports';

type Needs = Pick<Deps, 'store' | 'policy' | 'now'>;

/** Another writer may win this often before the delivery goes back to the queue. */
const tries = 5;

/**
 * Takes one delivery of one finding: the first makes its record, later ones update it. The same delivery again, in any
 * order, changes nothing (law 4).
 * @param delivery id of the event that carried it
 */
export const takeIn = async (
  deps: Needs,
  finding: Finding,
  delivery: string,
): Promise<'new' | 'seen again' | 'known'> => {
  for (let left = tries; left > 0; left -= 1) {
    const stored = await deps.store.finding(finding.key);
    if (stored && isEcho(stored, finding)) return 'known';
    const record = stored ? again(stored, finding, deps.now()) : first(deps, finding);
    const outcome = await deps.store.commit({
      finding: record,
      delivery: `${delivery}/${finding.key}`,
      events: eventsOf(stored, record, deps.now()),
    });
    if (outcome === 'done') return stored ? 'seen again' : 'new';
    if (outcome === 'already') return 'known';
  }
  throw new Error(`finding ${finding.key} is written by too many at once`);
};

const first = ({ policy, now }: Needs, finding: Finding): FindingRecord => ({
  finding,
  count: 1,
  firstAt: now().toISOString(),
  lastAt: now().toISOString(),
  channel: routeOf(policy, finding),
  loud: isActionable(finding),
  version: 1,
});

const again = (stored: FindingRecord, finding: Finding, now: Date): FindingRecord => {
  const newest =
    finding.updatedAt >= stored.finding.updatedAt
      ? follow(stored.finding, finding)
      : stored.finding;
  const { wrote, ...rest } = stored;
  // Somebody else moved the workflow on: what they set next is news, also if we wrote the same once.
  const moved = newest.workflow !== stored.finding.workflow && newest.workflow !== wrote;
  return {
    ...rest,
    ...(wrote && !moved && { wrote }),
    finding: newest,
    count: stored.count + 1,
    lastAt: now.toISOString(),
    // Of what came late too: whether a card stands must not hang on the order (law 4).
    loud: stored.loud || isActionable(follow(stored.finding, finding)),
    version: stored.version + 1,
  };
};

/** GuardDuty and Macie say “new” in each event: what Security Hub knows of the workflow outlasts them. */
const follow = (known: Finding, finding: Finding): Finding =>
  finding.source === 'guardduty' || finding.source === 'macie'
    ? {
        ...finding,
        workflow: known.workflow,
        ...(known.productArn && { productArn: known.productArn }),
      }
    : finding;

/** Our own write comes back as an import with the same time and the workflow that we wrote. */
const isEcho = ({ finding: known, wrote }: FindingRecord, finding: Finding): boolean =>
  wrote !== undefined && finding.workflow === wrote && finding.updatedAt === known.updatedAt;

/** What people would call a change of the finding; its text and times are not. */
const face = ({ record, workflow, severity, compliance }: Finding): string =>
  [record, workflow, severity, compliance ?? ''].join(', ');

const eventsOf = (stored: FindingRecord | undefined, record: FindingRecord, now: Date) => {
  const { finding } = record;
  if (!stored)
    return [
      noted(record, 'finding.received', now, {
        product: finding.product,
        severity: finding.severity,
        title: finding.title,
        content: hash(finding),
      }),
    ];
  const was = face(stored.finding);
  return was === face(finding)
    ? []
    : [
        noted(
          record,
          'finding.changed',
          now,
          { from: was, to: face(finding) },
          { mark: record.version },
        ),
      ];
};

/**
 * Its card stands in the channel now: the source is told, so that others see that it was announced. Marked before it is
 * written, since the echo can be fast; called again after it died in between, it goes on from the mark.
 */
export const announced = async (
  { store, source, now }: Pick<Deps, 'store' | 'source' | 'now'>,
  record: FindingRecord,
): Promise<void> => {
  const { finding, wrote } = record;
  if (finding.workflow !== 'new' || record.announced || (wrote && wrote !== 'notified')) return;
  const marked: FindingRecord = wrote
    ? record
    : { ...record, wrote: 'notified', version: record.version + 1 };
  if (!wrote) {
    const event = noted(record, 'finding.announced', now(), { channel: record.channel });
    if ((await store.commit({ finding: marked, events: [event] })) !== 'done') return;
  }
  await source.write(finding, 'NOTIFIED', 'Announced in Slack by Drawbridge.');
  const told: FindingRecord = { ...marked, announced: true, version: marked.version + 1 };
  await store.commit({ finding: told, events: [] });
};
