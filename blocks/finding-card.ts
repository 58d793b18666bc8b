import type { KnownBlock } from '@slack/types';
import type { Finding } from '../src/domain/finding';
import { accountLabel } from '../src/domain/policy';
import { isOpen } from '../src/domain/remediation';
import { severitySign, type CaseView } from './case-view';
import { encodeClick } from './intent';
import {
  bold,
  buttons,
  clean,
  code,
  divider,
  header,
  inert,
  line,
  note,
  plain,
  rich,
  t,
} from './parts';
import { remediationPart } from './remediation-part';

export interface Card {
  /** What notifications and screen readers say. */
  text: string;
  blocks: KnownBlock[];
}

/** The one message of a case: it is updated in place, so its state can always be read from it. */
export const findingCard = (view: CaseView): Card => {
  const { finding } = view.record;
  return {
    text: inert(
      `${finding.severity} · ${stateOf(view)} · ${finding.title} · ${finding.resources[0]?.id ?? ''}`,
    ),
    blocks: [
      header(`${severitySign[finding.severity]} ${capital(finding.severity)} · ${finding.title}`),
      ...about(view),
      ...offerPart(view),
      ...remediationPart(view),
      note(...footer(view)),
    ],
  };
};

const about = ({ record: { finding }, policy }: CaseView): KnownBlock[] => {
  const [resource] = finding.resources;
  const more = finding.resources.length - 1;
  return [
    rich(
      line(
        bold('Where'),
        code(resource ? lastPart(resource.id) : 'no resource named', 120),
        t(
          `${resource?.kind ?? ''} in ${accountLabel(policy, finding.account)}, ${finding.region ?? 'no region'}`,
        ),
        ...(more > 0 ? [t(`and ${more} more`)] : []),
      ),
      line(bold('What'), t(finding.description, 600)),
      line(bold('Owner'), t(ownerOf(finding) ?? 'no owner tag', 80)),
    ),
  ];
};

/** Remediate buttons stand as long as the finding is open and nothing runs for it. */
const offerPart = ({ record, offers, remediation }: CaseView): KnownBlock[] => {
  if (remediation && isOpen(remediation.status.state)) return [];
  return offers.slice(0, 5).flatMap(({ offer, target }, index): KnownBlock[] => [
    divider,
    rich(line(bold(offer.title), t(`· ${offer.risk} risk, undoable`)), line(t(offer.summary, 400))),
    buttons({
      type: 'button',
      text: plain(index === 0 ? 'Remediate…' : `Remediate ${clean(target.id, 40)}…`, 75),
      style: 'primary',
      accessibility_label: clean(`${offer.title} on ${target.id}: shows the plan first`, 75),
      ...encodeClick(
        {
          kind: 'remediation.preview',
          finding: record.finding.key,
          playbook: offer.id,
          target: target.id,
        },
        index,
      ),
    }),
  ]);
};

const footer = ({ record, policy }: CaseView): string[] => {
  const { finding, count, firstAt, lastAt } = record;
  const times = count === 1 ? 'seen once' : `seen ${count} times, last ${utc(lastAt)}`;
  return [
    `${policy.environment.toUpperCase()} · ${finding.product}${finding.control ? ` ${finding.control}` : ''} · ${stateWords(finding)} · since ${utc(firstAt)}, ${times}`,
    ...(finding.sample ? ['Sample finding: nothing real happened'] : []),
  ];
};

const stateOf = ({ record, remediation }: CaseView): string =>
  remediation?.status.state ?? record.finding.workflow;

const stateWords = ({ record, workflow, compliance }: Finding): string =>
  record === 'archived' ? 'archived' : `${workflow}${compliance ? `, ${compliance}` : ''}`;

const ownerOf = ({ resources }: Finding): string | undefined => {
  const tags = resources.flatMap(({ tags }) => Object.entries(tags));
  return tags.find(([key]) => key.toLowerCase() === 'owner')?.[1];
};

const lastPart = (id: string): string => id.split(':').at(-1) ?? id;
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const utc = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;
