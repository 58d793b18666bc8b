import type { KnownBlock } from '@slack/types';
import type { Finding } from '../src/domain/finding';
import { isActionable, type Offer } from '../src/domain/playbook';
import { accountLabel, rulingFor, type Policy } from '../src/domain/policy';
import { isOpen, type State } from '../src/domain/remediation';
import type { Target } from '../src/domain/target';
import { severitySign, type CaseView } from './case-view';
import { encodeClick, fitsClick } from './intent';
import {
  bold,
  buttons,
  clean,
  code,
  divider,
  header,
  inert,
  line,
  moment,
  note,
  plain,
  rich,
  t,
} from './parts';
import { remediationPart } from './remediation-part';
import { triageButtons, triageLines } from './triage-part';

export interface Card {
  /** What notifications and screen readers say. */
  text: string;
  blocks: KnownBlock[];
}

/** More buttons nobody reads, least of all on a phone. Two of them are kept for the finding itself. */
const most = { buttons: 5, forRemediation: 3 };

/** The one message of a case: it is updated in place, so its state can always be read from it. */
export const findingCard = (view: CaseView): Card => {
  const { finding } = view.record;
  const remediation = remediationPart(view);
  const offers = offerPart(view, Math.max(1, most.forRemediation - buttonsIn(remediation)));
  return {
    text: inert(
      `${finding.severity} · ${stateOf(view)} · ${clean(finding.title, 150)} · ${finding.resources[0]?.id ?? ''}`,
    ),
    blocks: [
      header(`${headline(finding)} · ${finding.title}`),
      about(view),
      ...remediation,
      ...offers,
      ...triageButtons(view, most.buttons - buttonsIn([...remediation, ...offers])),
      note(...footer(view)),
    ],
  };
};

const buttonsIn = (blocks: readonly KnownBlock[]): number =>
  blocks.reduce((sum, block) => sum + (block.type === 'actions' ? block.elements.length : 0), 0);

/** What is over does not shout. */
const headline = (finding: Finding): string =>
  isActionable(finding)
    ? `${severitySign[finding.severity]} ${capital(finding.severity)}`
    : `☑️ ${capital(endOf(finding))} (was ${finding.severity})`;

const endOf = ({ record, workflow }: Finding): string => {
  if (record === 'archived') return 'archived';
  return workflow === 'resolved' || workflow === 'suppressed' ? workflow : 'passed';
};

/** What, where, since when, and whose it is: the lines that are read first. */
const about = (view: CaseView): KnownBlock => {
  const { record, policy } = view;
  const { finding, count, firstAt, lastAt } = record;
  const [resource] = finding.resources;
  const more = finding.resources.length - 1;
  return rich(
    line(
      bold('Where'),
      code(resource ? lastPart(resource.id) : 'no resource named', 120),
      t(
        `${resource ? `${kindWords(resource.kind)} in ` : ''}${accountLabel(policy, finding.account)}, ${finding.region ?? 'no region'}`,
      ),
      ...(more > 0 ? [t(`and ${more} more`)] : []),
    ),
    line(
      bold('Since'),
      moment(firstAt),
      ...(count > 1 ? [t(`· seen ${count} times, last`), moment(lastAt)] : []),
      t('·'),
      bold('Owner'),
      t(ownerOf(finding) ?? 'no owner tag', 80),
    ),
    line(bold('What'), t(finding.description, 600)),
    ...triageLines(view),
  );
};

/** Remediate buttons stand as long as the finding is open and nothing runs for it. */
const offerPart = (view: CaseView, most: number): KnownBlock[] => {
  const { record, offers, remediation, policy } = view;
  if (remediation && isOpen(remediation.status.state)) return [];
  // A target whose name does not fit into a button cannot be offered by one.
  const fitting = offers
    .map(({ offer, target }) => ({
      offer,
      target,
      click: {
        kind: 'remediation.preview',
        finding: record.finding.key,
        playbook: offer.id,
        target: target.id,
      } as const,
    }))
    .filter(({ click }) => fitsClick(click));
  const verb =
    remediation && worthAnotherTry.includes(remediation.status.state) ? 'Retry' : 'Remediate';
  const shown = fitting.slice(0, most);
  const more = offers.length - shown.length;
  return [
    ...shown.flatMap(({ offer, target, click }, index): KnownBlock[] => [
      divider,
      rich(
        line(
          bold(offer.title, 100),
          t(`· ${offer.risk} risk · ${whoWords(policy, offer, target, record.finding)}`, 400),
        ),
        line(t(offer.summary, 400)),
      ),
      buttons({
        type: 'button',
        text: plain(shown.length === 1 ? `${verb}…` : `${verb} ${clean(target.id, 40)}…`, 75),
        style: 'primary',
        accessibility_label: clean(`${offer.title} on ${target.id}: shows the plan first`, 75),
        ...encodeClick(click, index),
      }),
    ]),
    ...(more > 0
      ? [
          rich(
            line(
              t(
                `${more} more could be remediated and ${more === 1 ? 'has' : 'have'} no button here`,
              ),
            ),
          ),
        ]
      : []),
  ];
};

/** Ends after which the same is worth another try. */
export const worthAnotherTry: readonly State[] = ['rolled back', 'held', 'expired'];

/** Who would have to say yes, as the policy stands now. */
const whoWords = (policy: Policy, playbook: Offer, target: Target, finding: Finding): string => {
  const ruling = rulingFor(policy, { playbook, target, finding });
  switch (ruling.run) {
    case 'never':
      return `not here: ${ruling.because}`;
    case 'automatic':
      return 'runs by a rule of the policy';
    case 'approval': {
      const { approvals, from, separate } = ruling.rule;
      const people = `${approvals} ${from}${approvals === 1 ? '' : 's'}`;
      return `nothing changes before ${people}${separate ? ' other than the requester' : ''} ${approvals === 1 ? 'agrees' : 'agree'}`;
    }
  }
};

const footer = ({ record: { finding }, policy }: CaseView): string[] => [
  `${policy.environment.toUpperCase()} · ${finding.product}${finding.control ? ` ${finding.control}` : ''} · ${stateWords(finding)}`,
  ...(finding.sample ? ['Sample finding: nothing real happened'] : []),
];

const stateOf = ({ record, remediation }: CaseView): string =>
  remediation?.status.state ?? record.finding.workflow;

const stateWords = ({ record, workflow, compliance }: Finding): string =>
  record === 'archived' ? 'archived' : `${workflow}${compliance ? `, ${compliance}` : ''}`;

const ownerOf = ({ resources }: Finding): string | undefined => {
  const tags = resources.flatMap(({ tags }) => Object.entries(tags));
  return tags.find(([key]) => key.toLowerCase() === 'owner')?.[1];
};

/** `AwsEc2SecurityGroup` → `Ec2 Security Group`. */
export const kindWords = (kind: string): string =>
  clean(kind.replace(/^Aws/, '').replace(/([a-z0-9])([A-Z])/g, '$1 $2'), 60);
const lastPart = (id: string): string => id.slice(id.lastIndexOf(':') + 1);
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
