import type { KnownBlock, ModalView, PlainTextOption, StaticSelect } from '@slack/types';
import type { Fate } from '../src/domain/gate/decision';
import { filterText, heldKinds, type HeldFilter, type HeldKind } from '../src/domain/gate/filter';
import type { GateRun } from '../src/domain/gate/run';
import type { Held } from '../src/domain/gate/verdict';
import { option } from './gate-inputs';
import { endOf, harmlessInput, seenIn, type GateForm } from './gate-modals';
import { count, heldLine, verdictWord } from './gate-words';
import { encodeClick, encodeForm, gateActs, type Click } from './intent';
import { modal, reasonInput } from './modals';
import { bold, bullets, buttons, clean, code, divider, line, plain, rich, t } from './parts';

/** Objects of one page: as many as checkboxes can be. */
export const perPage = 10;

export interface HeldPage {
  run: GateRun;
  filter: HeldFilter;
  rows: readonly { held: Held; fate: Fate }[];
  /** The object after which this page and the next one begin. */
  at?: string;
  next?: string;
  /** The search ended before the list did: there may be more, further on. */
  partial?: boolean;
}

/** Where the choices stand in a submitted form. */
export const pickedAt = { block: 'picked', action: 'refs' } as const;
export const verdictAt = { block: 'verdict', action: 'said' } as const;

/** Held objects, a page of them: filters, what is known of each, and a decision for those that are ticked. */
export const chooseModal = (page: HeldPage, channel: string, deletion: boolean): ModalView => {
  const { run, filter, at } = page;
  const open = run.status.state === 'review' ? page.rows.filter(isOpen) : [];
  const form: GateForm = {
    kind: 'gate',
    run: run.id,
    act: 'choose',
    channel,
    filter: filterText(filter),
    ...(at && { at }),
    ...seenIn(run),
  };
  const blocks = [
    rich(line(bold('Held objects'), t('of'), code(run.id), t(`· ${wordsOf(page)}`))),
    { type: 'actions' as const, elements: menus(page, channel) },
    ...(page.rows.length > 0
      ? [
          rich(
            ...bullets(
              page.rows.map(({ held, fate }) => heldLine(held, fate)),
              'ordered',
            ),
          ),
        ]
      : []),
    ...pager(page, 'choose', channel),
  ];
  if (open.length === 0) return modal('Choose', blocks);
  return modal('Choose', [...blocks, divider, ...inputs(page, open, deletion)], {
    submit: plain('Decide', 24),
    ...encodeForm(form),
  });
};

type Row = HeldPage['rows'][number];

const isOpen = ({ held, fate }: Row): boolean => held.end === undefined && fate.kind === 'open';

const wordsOf = ({ rows, next, partial }: HeldPage): string => {
  if (rows.length === 0) return partial ? 'none so far fits: go on' : 'none fits';
  return `${count(rows.length, 'object')}${next ? ', and more' : ''}`;
};

const inputs = (
  { rows, at = '' }: HeldPage,
  open: readonly Row[],
  deletion: boolean,
): KnownBlock[] => [
  {
    type: 'input',
    // A name of its own for each page: what was ticked on another one is not taken along.
    block_id: `${pickedAt.block}${at}`,
    label: plain('Which of them?', 2000),
    element: {
      type: 'checkboxes',
      action_id: pickedAt.action,
      options: open.slice(0, perPage).map((row): PlainTextOption => ({
        text: plain(`${rows.indexOf(row) + 1}. ${endOf(row.held.key, 68)}`, 75),
        description: plain(verdictWord(row.held.verdict), 75),
        value: row.held.ref,
      })),
    },
  },
  {
    type: 'input',
    block_id: verdictAt.block,
    label: plain('What becomes of them?', 2000),
    element: {
      type: 'radio_buttons',
      action_id: verdictAt.action,
      options: [
        option('Approve', 'They are released under their own keys', 'approve'),
        option('Deny', 'They are kept out: quarantine', 'deny'),
        ...(deletion ? [option('Delete for good', 'Takes a second person too', 'delete')] : []),
      ],
    },
  },
  harmlessInput,
  reasonInput('Why?', 'The thread and the audit trail keep it.'),
];

type Gate = Extract<Click, { kind: 'gate' }>;

/** Three menus, each of which changes one thing of the filter. */
const menus = ({ run, filter }: HeldPage, channel: string): StaticSelect[] => {
  const click = (to: HeldFilter): Gate => ({
    kind: 'gate',
    run: run.id,
    act: 'choose',
    filter: filterText(to),
    channel,
  });
  const categories = (run.summary?.detected ?? []).slice(0, 12);
  const { category: _, ...any } = filter;
  return [
    menu(
      1,
      'Verdict',
      filter.kind,
      kinds.map((kind) => ({
        key: kind,
        words: heldKinds[kind],
        click: click({ ...filter, kind }),
      })),
    ),
    menu(2, 'Decided', String(filter.open), [
      { key: 'true', words: 'undecided only', click: click({ ...filter, open: true }) },
      { key: 'false', words: 'decided too', click: click({ ...filter, open: false }) },
    ]),
    ...(categories.length > 0
      ? [
          menu(3, 'Category', String(filter.category ?? 'any'), [
            { key: 'any', words: 'all categories', click: click(any) },
            ...categories.map(({ type }, category) => ({
              key: String(category),
              words: type,
              click: click({ ...filter, category }),
            })),
          ]),
        ]
      : []),
  ];
};

const kinds = Object.keys(heldKinds) as HeldKind[];

const menu = (
  place: number,
  label: string,
  chosen: string,
  choices: readonly { key: string; words: string; click: Gate }[],
): StaticSelect => {
  const options = choices.map(({ words, click }): PlainTextOption => ({
    text: plain(words, 75),
    value: encodeClick(click).value,
  }));
  const now = options[choices.findIndex(({ key }) => key === chosen)];
  return {
    type: 'static_select',
    action_id: encodeClick(choices[0]!.click, gateActs.length + place).action_id,
    placeholder: plain(label, 150),
    options,
    ...(now && { initial_option: now }),
  };
};

/** On to the next page, and back to the first: the list is read forwards only. */
export const pager = (
  { run, filter, at, next }: HeldPage,
  act: 'choose' | 'samples',
  channel: string,
): KnownBlock[] => {
  const click: Gate = { kind: 'gate', run: run.id, act, channel, filter: filterText(filter) };
  const button = (words: string, to: Gate, place: number) => ({
    type: 'button' as const,
    text: plain(words, 75),
    accessibility_label: clean(`${words} of held objects`, 75),
    ...encodeClick(to, place),
  });
  const all = [
    ...(at ? [button('⏮ First page', click, 0)] : []),
    ...(next ? [button('Next page ▶', { ...click, at: next }, 1)] : []),
  ];
  return all.length > 0 ? [buttons(...all)] : [];
};
