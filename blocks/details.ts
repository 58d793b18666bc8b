import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { FindingRecord } from '../src/app/ports';
import type { Link } from '../src/domain/audit';
import { consoleLinks } from '../src/domain/console-links';
import { accountLabel, type Policy } from '../src/domain/policy';
import type { Remediation } from '../src/domain/remediation';
import { sayOf } from './audit-line';
import { severitySign } from './case-view';
import { encodeClick, type Click } from './intent';
import { modal } from './modals';
import {
  bold,
  bullets,
  buttons,
  code,
  divider,
  header,
  line,
  moment,
  person,
  plain,
  rich,
  some,
  t,
} from './parts';

/** Everything about one finding that fits into a window: what, where, whose, what happened, and where to look on. */
export const detailsModal = (
  record: FindingRecord,
  trail: readonly Link[],
  policy: Policy,
  channel: string,
): ModalView =>
  modal('Finding', [
    header(`${severitySign[record.finding.severity]} ${record.finding.title}`),
    rich(line(t(record.finding.description, 2500))),
    divider,
    about(record, policy),
    resources(record),
    investigate(record, channel),
    divider,
    history(trail),
  ]);

/** The same for a case that a command began. */
export const caseDetailsModal = (
  remediation: Remediation,
  trail: readonly Link[],
  policy: Policy,
  channel: string,
): ModalView => {
  const { id, title, target, status, requester, requestedAt, reason, options, proposal } =
    remediation;
  return modal('Case', [
    header(`${title}: ${target.id}`),
    rich(
      line(
        bold('State'),
        t(status.state),
        ...('because' in status ? [t(status.because, 1500)] : []),
      ),
      line(
        bold('Where'),
        code(target.id, 200),
        t(`${accountLabel(policy, target.account)}, ${target.region}`),
      ),
      line(bold('Asked by'), person(requester.id, requester.name), moment(requestedAt)),
      line(bold('Why'), t(`“${reason}”`, 300)),
      ...(options ? [line(bold('Chosen'), t(options.join(', ') || 'nothing besides', 300))] : []),
      ...(proposal ? [line(bold('Plan'), code(proposal.hash.slice(0, 12)))] : []),
      line(bold('Id'), code(id)),
    ),
    buttons(fileButton({ kind: 'finding.file', finding: id, channel })),
    history(trail),
  ]);
};

const about = ({ finding, firstAt, lastAt, count, ...record }: FindingRecord, policy: Policy) =>
  rich(
    line(bold('Severity'), t(finding.severity), t('·'), bold('State'), t(stateOf(finding))),
    line(
      bold('Where'),
      t(`${accountLabel(policy, finding.account)}, ${finding.region ?? 'no region'}`),
    ),
    line(bold('Source'), t(`${finding.product} · ${finding.type}`, 200)),
    ...(finding.control ? [line(bold('Control'), code(finding.control))] : []),
    count === 1
      ? line(bold('Seen'), t('once,'), moment(lastAt))
      : line(bold('Seen'), t(`${count} times, first`), moment(firstAt), t('last'), moment(lastAt)),
    ...(record.acknowledged
      ? [
          line(
            bold('Acknowledged'),
            person(record.acknowledged.by, record.acknowledged.name),
            moment(record.acknowledged.at),
          ),
        ]
      : []),
    ...(record.assignee
      ? [line(bold('Assigned to'), person(record.assignee.id, record.assignee.name))]
      : []),
    ...(record.exception
      ? [
          line(
            bold('Suppressed until'),
            moment(record.exception.until),
            t(`“${record.exception.reason}”`, 300),
          ),
        ]
      : []),
    line(bold('Id'), code(finding.key), code(finding.id, 300)),
  );

const stateOf = ({ record, workflow, compliance }: FindingRecord['finding']): string =>
  [record, workflow, ...(compliance ? [compliance] : [])].join(', ');

const resources = ({ finding }: FindingRecord): KnownBlock =>
  rich(
    line(bold(`Resources (${finding.resources.length})`)),
    ...bullets(
      some(finding.resources, { lines: 10, letters: 2500 }, ({ kind, id, region, tags }) =>
        line(
          t(kind, 60),
          code(id, 200),
          t(region ?? '', 30),
          ...Object.entries(tags)
            .slice(0, 4)
            .map(([key, value]) => t(`${key}=${value}`, 60)),
        ),
      ),
    ),
  );

/** Links made of checked parts, and the whole finding as a file for those who want everything. */
const investigate = ({ finding, group }: FindingRecord, channel: string): KnownBlock =>
  buttons(
    ...consoleLinks(finding).map(({ words, url }, index): Button => ({
      type: 'button',
      text: plain(words, 75),
      accessibility_label: plain(`${words}, opens the AWS console`, 75).text,
      url,
      action_id: `link:${index}`,
    })),
    ...(group
      ? [
          {
            type: 'button' as const,
            text: plain('Give it its own card', 75),
            accessibility_label: 'Posts a card of its own for this finding',
            ...encodeClick({ kind: 'finding.card', finding: finding.key, channel }),
          },
        ]
      : []),
    fileButton({ kind: 'finding.file', finding: finding.key, channel }),
  );

const fileButton = (click: Extract<Click, { kind: 'finding.file' }>): Button => ({
  type: 'button',
  text: plain('Post as file', 75),
  accessibility_label: 'Posts all that is known and its audit trail into the thread, as a file',
  ...encodeClick(click),
});

const history = (trail: readonly Link[]): KnownBlock =>
  rich(
    line(bold(`History (${trail.length})`)),
    ...bullets(
      some([...trail].reverse(), { lines: 12, letters: 1500 }, ({ seq, hash, event }) =>
        line(
          moment(event.at),
          event.actor.kind === 'person'
            ? person(event.actor.id, event.actor.name)
            : t('Drawbridge'),
          t(sayOf(event.type)),
          code(`#${seq} ${hash.slice(0, 8)}`),
        ),
      ),
    ),
  );
