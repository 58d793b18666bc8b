import type { Button, KnownBlock, RichTextSection } from '@slack/types';
import { isActionable } from '../src/domain/playbook';
import { isOpen } from '../src/domain/remediation';
import type { CaseView } from './case-view';
import { encodeClick, type Click } from './intent';
import { bold, buttons, clean, line, moment, person, plain, t } from './parts';

/** What people decided about the finding itself: who has seen it, who sees to it, who accepted it and how long. */
export const triageLines = ({ record }: CaseView): RichTextSection[] => {
  const { acknowledged, assignee, exception } = record;
  return [
    ...(acknowledged
      ? [
          line(
            t('👀 Acknowledged by'),
            person(acknowledged.by, acknowledged.name),
            moment(acknowledged.at),
          ),
        ]
      : []),
    ...(assignee ? [line(t('👤 Assigned to'), person(assignee.id, assignee.name))] : []),
    ...(exception
      ? [
          line(
            bold('🔕 Suppressed until'),
            moment(exception.until),
            t('by'),
            exception.by ? person(exception.by.id, exception.by.name) : t('the policy'),
            t(`· “${clean(exception.reason)}”`, 300),
          ),
        ]
      : []),
  ];
};

/** The row of buttons for the finding itself, as many as there is room for, one at least: what matters most goes last. */
export const triageButtons = (view: CaseView, room: number): KnownBlock[] => {
  const wanted = wantedOf(view);
  const kept = new Set(
    importance.filter((kind) => wanted.some((each) => each.kind === kind)).slice(0, room),
  );
  const shown = wanted.filter(({ kind }) => kept.has(kind));
  return [buttons(...shown.map((each) => buttonOf(view, each)))];
};

type Kind = Extract<
  Click['kind'],
  `finding.${'acknowledge' | 'assign' | 'suppress' | 'lift' | 'details'}`
>;

const importance: readonly Kind[] = [
  'finding.details',
  'finding.lift',
  'finding.suppress',
  'finding.acknowledge',
  'finding.assign',
];

interface Wanted {
  kind: Kind;
  words: string;
  /** For those who do not see the card around it. */
  says: string;
}

const wantedOf = ({ record, remediation }: CaseView): Wanted[] => {
  const { finding, acknowledged, exception } = record;
  const isBusy = remediation !== undefined && isOpen(remediation.status.state);
  const isLive = isActionable(finding);
  const all: (Wanted | false)[] = [
    // Whoever asked for a remediation has taken notice.
    isLive &&
      !acknowledged &&
      !remediation && { kind: 'finding.acknowledge', words: 'Acknowledge', says: 'Acknowledge' },
    isLive && { kind: 'finding.assign', words: 'Assign…', says: 'Choose who sees to' },
    isLive &&
      !isBusy && { kind: 'finding.suppress', words: 'Suppress…', says: 'Accept for a time' },
    // What the policy excepts ends in the policy.
    exception?.by !== undefined && {
      kind: 'finding.lift',
      words: 'End exception',
      says: 'Open again',
    },
    { kind: 'finding.details', words: 'Details…', says: 'Everything about' },
  ];
  return all.filter((each) => each !== false);
};

const buttonOf = ({ record: { finding } }: CaseView, { kind, words, says }: Wanted): Button => ({
  type: 'button',
  text: plain(words, 75),
  accessibility_label: clean(`${says}: ${finding.title}`, 75),
  ...(kind === 'finding.lift' && {
    confirm: {
      title: plain('End the exception?', 100),
      text: plain('The finding is open again, here and at its source.', 300),
      confirm: plain('End it', 30),
      deny: plain('Not yet', 30),
    },
  }),
  ...encodeClick({ kind, finding: finding.key }),
});
