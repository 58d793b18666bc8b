import type {
  ActionsBlock,
  Button,
  ContextBlock,
  KnownBlock,
  PlainTextElement,
  RichTextBlock,
  RichTextElement,
  RichTextPreformatted,
  RichTextSection,
} from '@slack/types';

/**
 * The few shapes that all cards are made of. None of them is mrkdwn: text stands in rich-text leaves and plain text, which
 * Slack shows literally, so nothing from outside can become a link, a mention or formatting (law 11).
 */
export type Leaf = RichTextElement;

/** Control, bidirectional, zero-width and blank characters, and halves of characters: they hide or reorder words. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\u115f\u1160\u3164\uffa0\u2800]/gu;

/**
 * Visible text on one line, so that a name cannot write a line of its own into a card. Cut to `max` UTF-16 units, as Slack
 * counts, but never inside a character. An empty leaf is an error in Slack, so nothing becomes a dash.
 */
export const clean = (text: string, max = 300): string => {
  // A huge text is not walked to its end.
  const visible = text
    .slice(0, 20 * max)
    .replace(/\s+/g, ' ')
    .replace(unseen, '')
    .trim();
  if (visible === '') return '–';
  if (visible.length <= max) return visible;
  let cut = '';
  for (const character of visible) {
    if (cut.length + character.length >= max) break;
    cut += character;
  }
  return `${cut}…`;
};

/** For the one place that is always parsed as mrkdwn: the fallback `text` of a message. */
export const inert = (text: string, max = 300): string =>
  clean(text, max)
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
export const person = (id: string | undefined, name = id ?? '–'): Leaf =>
  id && /^[UW][A-Z0-9]{2,}$/.test(id) ? { type: 'user', user_id: id } : t(name);

export const group = (id: string): Leaf => ({ type: 'usergroup', usergroup_id: id });

/** The moment in the reader's own time zone, with UTC as fallback. */
export const moment = (iso: string): Leaf => {
  const timestamp = Math.floor(Date.parse(iso) / 1000);
  if (Number.isNaN(timestamp)) return t(iso);
  return { type: 'date', timestamp, format: '{date_short_pretty} {time}', fallback: iso };
};

/** A link that Slack or our own code made: never one from outside (law 11). */
export const link = (url: string, words: string): Leaf => ({ type: 'link', url, text: words });

/** “in 3 hours”, “5 minutes ago”: Slack counts it for each reader. */
export const ago = (iso: string): Leaf => {
  const timestamp = Math.floor(Date.parse(iso) / 1000);
  if (Number.isNaN(timestamp)) return t(iso);
  return { type: 'date', timestamp, format: '({ago})', fallback: iso };
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

/** Lines to be copied as they are; only what cannot be seen is left out. */
export const preformatted = (...lines: string[]): RichTextPreformatted => ({
  type: 'rich_text_preformatted',
  elements: [
    { type: 'text', text: lines.map((each) => each.replace(unseen, '').slice(0, 3000)).join('\n') },
  ],
});

/** The first of a list, at most so many lines and letters, and how many more there are. */
export const some = <T>(
  items: readonly T[],
  most: { lines: number; letters: number },
  show: (item: T) => RichTextSection,
): RichTextSection[] => {
  const shown: RichTextSection[] = [];
  let left = most.letters;
  for (const item of items.slice(0, most.lines)) {
    const next = show(item);
    left -= letters(next);
    if (left < 0) break;
    shown.push(next);
  }
  const more = items.length - shown.length;
  return more > 0 ? [...shown, line(t(`and ${more} more`))] : shown;
};

/** Characters of all texts at any depth: Slack takes about 13,000 in one message. */
export const letters = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + letters(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, each]) =>
      sum + (key === 'text' && typeof each === 'string' ? each.length : letters(each)),
    0,
  );
};

/** Without `emoji`, since `:aws:` of an ARN would become a picture where a workspace has one of that name. */
export const plain = (text: string, max: number): PlainTextElement => ({
  type: 'plain_text',
  text: clean(text, max),
  emoji: false,
});

export const header = (text: string): KnownBlock => ({ type: 'header', text: plain(text, 150) });

export const note = (...texts: string[]): ContextBlock => ({
  type: 'context',
  elements: texts.slice(0, 10).map((text) => plain(text, 500)),
});

export const buttons = (...elements: Button[]): ActionsBlock => ({ type: 'actions', elements });

export const divider: KnownBlock = { type: 'divider' };
