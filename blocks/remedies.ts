import type { KnownBlock } from '@slack/types';
import type { FindingRecord } from '../src/app/ports';
import type { Offered } from '../src/domain/playbook';
import { answer, type Answer } from './answers';
import { severitySign } from './case-view';
import { encodeClick, fitsClick } from './intent';
import { bold, buttons, clean, code, line, plain, rich, t } from './parts';

/** A finding with what answers it. */
export interface Remediable {
  record: FindingRecord;
  offers: readonly Offered[];
}

const most = { findings: 5, buttons: 4 };

/** What can be done about what was named: each offer's button shows the plan first. */
export const remediateText = (said: string, found: readonly Remediable[]): Answer => {
  const more = found.length - most.findings;
  return answer(
    `What can be done about ${said}`,
    rich(line(bold(`What can be done about ${said}`, 150))),
    ...found.slice(0, most.findings).flatMap(remedies),
    ...(more > 0
      ? [rich(line(t(`and ${more} more finding${more === 1 ? '' : 's'}: /findings shows them`)))]
      : []),
  );
};

const remedies = ({ record: { finding }, offers }: Remediable, place: number): KnownBlock[] => {
  const clicks = offers
    .map(({ offer, target }) => ({
      words: `${offer.title}: ${clean(target.id, 30)}…`,
      click: {
        kind: 'remediation.preview',
        finding: finding.key,
        playbook: offer.id,
        target: target.id,
      } as const,
    }))
    .filter(({ click }) => fitsClick(click));
  const shown = clicks.slice(0, most.buttons);
  const more = offers.length - shown.length;
  return [
    rich(
      line(t(severitySign[finding.severity]), bold(finding.title, 150)),
      line(
        code(finding.resources[0]?.id ?? 'no resource', 200),
        t(
          shown.length === 0
            ? '· no playbook can be offered here'
            : '· nothing changes before you have seen the plan',
        ),
        ...(shown.length > 0 && more > 0 ? [t(`· ${more} more have no button here`)] : []),
      ),
    ),
    ...(shown.length > 0
      ? [
          buttons(
            ...shown.map(({ words, click }, index) => ({
              type: 'button' as const,
              text: plain(words, 75),
              accessibility_label: clean(`${words} shows the plan first`, 75),
              ...encodeClick(click, place * most.buttons + index),
            })),
          ),
        ]
      : []),
  ];
};
