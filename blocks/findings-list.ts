import type { Button, StaticSelect, TableBlock } from '@slack/types';
import type { FindingRecord } from '../src/app/ports';
import { nameOf } from '../src/domain/finding';
import { accountLabel, type Policy } from '../src/domain/policy';
import type { Answer } from './answers';
import { severitySign } from './case-view';
import { encodeClick, fitsClick, type Click } from './intent';
import { bold, clean, inert, line, note, plain, rich, t } from './parts';

const cell = (text: string, max: number) => ({
  type: 'raw_text' as const,
  text: clean(text, max),
});

const onlyYou = 'Only you see this.';

const head = ['#', 'Severity', 'Finding', 'Where', 'Account', 'Last seen (UTC)', 'State'];

/**
 * A table to read, a menu to open one, and a button to go on.
 * @param words what these findings are: a heading
 * @param next what the button asks for; none on the last page
 */
export const findingsList = (
  words: string,
  rows: readonly FindingRecord[],
  next: Click | undefined,
  policy: Policy,
): Answer => {
  // What does not fit into a button is not gone on with: the words have to be fewer.
  const goesOn = next !== undefined && fitsClick(next);
  const none = `☀️ ${clean(words, 250)}: ${goesOn ? 'none so far' : 'none'}.`;
  const elements = [
    ...(rows.length > 0 ? [menuOf(rows)] : []),
    ...(goesOn ? [moreButton(next)] : []),
  ];
  return {
    text: inert(rows.length === 0 ? 'No finding fits.' : `${words}: ${rows.length}`),
    blocks: [
      rich(line(rows.length === 0 ? t(none, 300) : bold(words, 300))),
      ...(rows.length > 0 ? [tableOf(rows, policy)] : []),
      ...(elements.length > 0 ? [{ type: 'actions' as const, elements }] : []),
      note(rows.length === 0 ? onlyYou : `${onlyYou} Open one for its details and its history.`),
    ],
  };
};

const tableOf = (rows: readonly FindingRecord[], policy: Policy): TableBlock => ({
  type: 'table',
  column_settings: [{ align: 'right' }, {}, { is_wrapped: true }, { is_wrapped: true }],
  rows: [
    head.map((each) => cell(each, 30)),
    ...rows.map((record, index) => rowOf(record, index + 1, policy)),
  ],
});

const rowOf = (
  { finding, lastAt, assignee, exception }: FindingRecord,
  n: number,
  policy: Policy,
) => [
  cell(String(n), 5),
  cell(`${severitySign[finding.severity]} ${finding.severity}`, 20),
  cell(nameOf(finding), 110),
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
    text: plain(`${index + 1} · ${clean(nameOf(finding), 60)}`, 75),
    value: encodeClick({ kind: 'finding.details', finding: finding.key }).value,
  })),
});

const moreButton = (next: Click): Button => ({
  type: 'button',
  text: plain('Next', 75),
  accessibility_label: 'Shows the next findings in place of these',
  ...encodeClick(next),
});

const lastPart = (id: string): string =>
  id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf(':')) + 1);
