import type {
  ActionsBlock,
  Button,
  ContextBlock,
  KnownBlock,
  PlainTextElement,
  RichTextBlock,
  RichTextElement,
  RichTextSection,
} from '@slack/types';

/**
 * The few shapes that all cards are made of. None of them is mrkdwn: text stands in rich-text leaves and plain text, which
 * Slack shows literally, so nothing from outside can become a link, a mention or formatting (law 11).
 */
export type Leaf = RichTextElement;

/** Control, bidirectional and zero-width characters: they hide or reorder what people read. A line break stays. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Visible text only, cut by code points. An empty leaf is an error in Slack, so nothing becomes a dash. */
export const clean = (text: string, max = 300): string => {
  const points = [...text.replace(unseen, '')];
  const cut = points.length > max ? `${points.slice(0, max - 1).join('')}…` : points.join('');
  return cut.trim() === '' ? '–' : cut;
};

/** For the one place that is always parsed as mrkdwn: the fallback `text` of a message. */
export const inert = (text: string, max = 300): string =>
  clean(text.replaceAll('\n', ' '), max)
    .replaceAll('`', "'")
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

export const t = (text: string, max?: number): Leaf => ({ type: 'text', text: clean(text, max) });
export const bold = (text: string, max?: number): Leaf => ({
  type: 'text',
  text: clean(text, max),
  style: { bold: true },
});
export const code = (text: string, max?: number): Leaf => ({
  type: 'text',
  text: clean(text, max),
  style: { code: true },
});
export const plainSpace = (text: string): Leaf => ({ type: 'text', text });

/** A mention, only of what is really a user id; anything else is text. */
export const person = (id: string, name = id): Leaf =>
  /^[UW][A-Z0-9]{2,}$/.test(id) ? { type: 'user', user_id: id } : t(name);

export const group = (id: string): Leaf => ({ type: 'usergroup', usergroup_id: id });

/** The moment in the reader's own time zone, with UTC as fallback. */
export const moment = (iso: string): Leaf => {
  const timestamp = Math.floor(Date.parse(iso) / 1000);
  if (Number.isNaN(timestamp)) return t(iso);
  return { type: 'date', timestamp, format: '{date_short_pretty} {time}', fallback: iso };
};

export const line = (...leaves: Leaf[]): RichTextSection => ({
  type: 'rich_text_section',
  elements: leaves.flatMap((leaf, index) => (index === 0 ? [leaf] : [plainSpace(' '), leaf])),
});

export const rich = (...elements: RichTextBlock['elements']): RichTextBlock => ({
  type: 'rich_text',
  elements,
});

export const bullets = (
  items: readonly RichTextSection[],
  style: 'bullet' | 'ordered' = 'bullet',
): RichTextBlock['elements'] =>
  items.length === 0 ? [] : [{ type: 'rich_text_list', style, elements: [...items] }];

/** The first `max` of a list, and how many more there are. */
export const some = <T>(
  items: readonly T[],
  max: number,
  show: (item: T) => RichTextSection,
): RichTextSection[] => [
  ...items.slice(0, max).map(show),
  ...(items.length > max ? [line(t(`and ${items.length - max} more`))] : []),
];

export const plain = (text: string, max: number): PlainTextElement => ({
  type: 'plain_text',
  text: clean(text, max),
  emoji: true,
});

export const header = (text: string): KnownBlock => ({ type: 'header', text: plain(text, 150) });

export const note = (...texts: string[]): ContextBlock => ({
  type: 'context',
  elements: texts.slice(0, 10).map((text) => plain(text, 500)),
});

export const buttons = (...elements: Button[]): ActionsBlock => ({ type: 'actions', elements });

export const divider: KnownBlock = { type: 'divider' };
