import type { Button, KnownBlock, StaticSelect } from '@slack/types';
import type { FindingRecord } from '../src/app/ports';
import { accountLabel, type Policy } from '../src/domain/policy';
import type { Answer } from './answers';
import { severitySign } from './case-view';
import { encodeClick } from './intent';
import { clean, inert, line, note, plain, rich, t } from './parts';

const cell = (text: string, max: number) => ({
  type: 'raw_text' as const,
  text: clean(text, max),
});

const head = ['#', 'Severity', 'Finding', 'Where', 'Account', 'Last seen (UTC)', 'State'];

/** A table to read, a menu to open one, and a button to go on. */
export const findingsList = (
  { rows, next }: { rows: readonly FindingRecord[]; next?: string },
  asked: string,
  policy: Policy,
): Answer => {
  const shown = rows.slice(0, 20);
  const words = asked === '' ? 'Open findings' : `Findings for “${clean(asked, 100)}”`;
  if (shown.length === 0)
    return {
      text: inert('No finding fits.'),
      blocks: [
        rich(
          line(
            t(`☀️ ${words}: ${next ? 'none so far; there are more to look through.' : 'none.'}`),
          ),
        ),
        ...(next ? [more(asked, next)] : []),
      ],
    };
  return {
    text: inert(`${words}: ${shown.length}`),
    blocks: [
      rich(line(t(`${words}, worst first`))),
      {
        type: 'table',
        column_settings: [{ align: 'right' }, {}, { is_wrapped: true }, { is_wrapped: true }],
        rows: [
          head.map((each) => cell(each, 30)),
          ...shown.map((record, index) => rowOf(record, index + 1, policy)),
        ],
      },
      { type: 'actions', elements: [menuOf(shown), ...(next ? [moreButton(asked, next)] : [])] },
      note('Only you see this. Open one for its details, its history and what can be done.'),
    ],
  };
};

const rowOf = (
  { finding, lastAt, assignee, exception }: FindingRecord,
  n: number,
  policy: Policy,
) => [
  cell(String(n), 5),
  cell(`${severitySign[finding.severity]} ${finding.severity}`, 20),
  cell(`${finding.control ? `${finding.control} ` : ''}${finding.title}`, 110),
  cell(lastPart(finding.resources[0]?.id ?? 'no resource'), 60),
  cell(accountLabel(policy, finding.account), 40),
  cell(lastAt.slice(0, 16).replace('T', ' '), 20),
  cell(
    exception
      ? `until ${exception.until.slice(0, 10)}`
      : assignee
        ? assignee.name
        : finding.workflow,
    40,
  ),
];

const menuOf = (rows: readonly FindingRecord[]): StaticSelect => ({
  type: 'static_select',
  placeholder: plain('Open a finding…', 150),
  action_id: encodeClick({ kind: 'finding.details', finding: rows[0]!.finding.key }).action_id,
  options: rows.map(({ finding }, index) => ({
    text: plain(`${index + 1} · ${clean(finding.title, 60)}`, 75),
    value: encodeClick({ kind: 'finding.details', finding: finding.key }).value,
  })),
});

const moreButton = (text: string, from: string): Button => ({
  type: 'button',
  text: plain('Next', 75),
  accessibility_label: 'Shows the next findings in place of these',
  ...encodeClick({ kind: 'findings.page', text, from }),
});

const more = (text: string, from: string): KnownBlock => ({
  type: 'actions',
  elements: [moreButton(text, from)],
});

const lastPart = (id: string): string => id.split(/[/:]/).at(-1) ?? id;
