import type { KnownBlock } from '@slack/types';
import type { FindingRecord } from '../src/app/ports';
import type { Offered } from '../src/domain/playbook';
import { answer, type Answer } from './answers';
import { severitySign } from './case-view';
import { encodeClick, fitsClick } from './intent';
import { bold, bullets, buttons, clean, code, divider, line, plain, rich, t } from './parts';

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
  const fitting = offers
    .map(({ offer, target }) => ({
      offer,
      target,
      click: {
        kind: 'remediation.preview',
        finding: finding.key,
        playbook: offer.id,
        target: target.id,
      } as const,
    }))
    .filter(({ click }) => fitsClick(click));
  const shown = fitting.slice(0, most.buttons);
  const more = offers.length - shown.length;
  return [
    divider,
    rich(
      line(
        t(severitySign[finding.severity]),
        bold(finding.title, 150),
        code(finding.resources[0]?.id ?? 'no resource', 200),
      ),
      ...bullets(
        shown.map(({ offer, target }) =>
          line(bold(offer.title, 100), code(target.id, 100), t(`· ${offer.risk} risk`)),
        ),
        shown.length === 1 ? 'bullet' : 'ordered',
      ),
      line(t(wordsOf(shown.length, more))),
    ),
    ...(shown.length > 0
      ? [
          buttons(
            ...shown.map(({ offer, target, click }, index) => ({
              type: 'button' as const,
              text: plain(shown.length === 1 ? 'Remediate…' : `Remediate ${index + 1}…`, 75),
              accessibility_label: clean(
                `${offer.title} on ${target.id}: shows the plan first`,
                75,
              ),
              ...encodeClick(click, place * most.buttons + index),
            })),
          ),
        ]
      : []),
  ];
};

const wordsOf = (shown: number, more: number): string => {
  if (shown === 0) return 'No playbook can be offered here.';
  const others = more > 0 ? ` ${more} more ${more === 1 ? 'has' : 'have'} no button here.` : '';
  return `Nothing changes before you have seen the plan.${others}`;
};
