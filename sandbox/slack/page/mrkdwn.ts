import type { Json } from '../json';

/** What Slack itself does with message text: mrkdwn becomes rich text, whose leaves are literal. */
export function richTextOf(text: string, as: 'mrkdwn' | 'plain_text' = 'mrkdwn'): Json {
  if (as === 'plain_text') return block([sectionOf(emojiOnly(text))]);
  const parts = text.split(/```/);
  // An odd fence at the end fences nothing.
  if (parts.length % 2 === 0) parts.push(`\`\`\`${parts.pop() ?? ''}`);
  const elements = parts.flatMap((part, index) => {
    if (index % 2 === 1) return [preformatted(part)];
    // A fence ends its line by itself.
    const start = index === 0 ? part : part.replace(/^\n/, '');
    return quotesAndText(index === parts.length - 1 ? start : start.replace(/\n$/, ''));
  });
  return block(elements);
}

const block = (elements: Json[]): Json => ({ type: 'rich_text', elements });
const sectionOf = (elements: Json[]): Json => ({ type: 'rich_text_section', elements });
const leaf = (text: string, style: Json): Json => ({
  type: 'text',
  text,
  ...(Object.keys(style).length > 0 ? { style } : {}),
});

const preformatted = (text: string): Json => ({
  type: 'rich_text_preformatted',
  elements: [leaf(decode(text.replace(/^\n|\n$/g, '')), {})],
});

const quoted = /^(?:>|&gt;) ?/;

function quotesAndText(text: string): Json[] {
  const groups: { quote: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quote = quoted.test(line);
    const last = groups.at(-1);
    if (last?.quote === quote) last.lines.push(line);
    else groups.push({ quote, lines: [line] });
  }
  return groups
    .filter(({ quote, lines }) => quote || lines.join('').trim() !== '')
    .map(({ quote, lines }) => {
      const inner = lines.map((line) => (quote ? line.replace(quoted, '') : line)).join('\n');
      return { type: quote ? 'rich_text_quote' : 'rich_text_section', elements: inline(inner, {}) };
    });
}

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** Once only: `&amp;lt;` is the text `&lt;`. */
const decode = (text: string): string =>
  text.replace(/&(?:lt|gt|amp);/g, (found) => entities[found] ?? found);

const around = (mark: string): string =>
  `(?<![\\w${mark}])\\${mark}(?=\\S)((?:\`[^\`\\n]+\`|[^${mark}\\n\`])+?)(?<=\\S)\\${mark}(?![\\w${mark}])`;
/** Not inside a word: `arn:aws:s3` holds no emoji. */
const emoji = "(?<![\\w:]):([a-z0-9_+'-]+):(?![\\w:])";
const spans = [
  '`([^`\\n]+)`',
  '<([^<>\\n]+)>',
  around('*'),
  around('_'),
  around('~'),
  emoji,
  '(https?://[^\\s<>|`]+[^\\s<>|`.,;:!?)\\]])',
].join('|');

function inline(text: string, style: Json): Json[] {
  const leaves: Json[] = [];
  let from = 0;
  for (const found of text.matchAll(new RegExp(spans, 'g'))) {
    if (found.index > from) leaves.push(leaf(decode(text.slice(from, found.index)), style));
    leaves.push(...span(found, style));
    from = found.index + found[0].length;
  }
  if (from < text.length) leaves.push(leaf(decode(text.slice(from)), style));
  return leaves;
}

function span(found: RegExpExecArray, style: Json): Json[] {
  const [whole, code, token, bold, italic, strike, name, url] = found;
  if (code !== undefined) return [leaf(decode(code), { ...style, code: true })];
  if (token !== undefined) return [tokenLeaf(token, style) ?? leaf(decode(whole), style)];
  if (bold !== undefined) return inline(bold, { ...style, bold: true });
  if (italic !== undefined) return inline(italic, { ...style, italic: true });
  if (strike !== undefined) return inline(strike, { ...style, strike: true });
  if (name !== undefined) return [{ type: 'emoji', name }];
  return [{ type: 'link', url: decode(url ?? ''), style }];
}

/** What stands between angle brackets: a mention, a date or a link. */
function tokenLeaf(token: string, style: Json): Json | undefined {
  const bar = token.indexOf('|');
  const target = bar < 0 ? token : token.slice(0, bar);
  const label = bar < 0 ? undefined : decode(token.slice(bar + 1));
  if (/^@[UW]\w+$/.test(target)) return { type: 'user', user_id: target.slice(1), style };
  if (/^#C\w+$/.test(target)) return { type: 'channel', channel_id: target.slice(1), style };
  const group = /^!subteam\^(S\w+)$/.exec(target)?.[1];
  if (group) return { type: 'usergroup', usergroup_id: group, style };
  const range = /^!(here|channel|everyone)$/.exec(target)?.[1];
  if (range) return { type: 'broadcast', range };
  const date = /^!date\^(\d+)\^([^^]+)(?:\^(.+))?$/.exec(target);
  if (date) {
    const [, timestamp, format, link] = date;
    const more = link === undefined ? {} : { url: link };
    return { type: 'date', timestamp: Number(timestamp), format, fallback: label ?? '', ...more };
  }
  if (!/^(https?:\/\/|mailto:)/.test(target)) return undefined;
  return { type: 'link', url: decode(target), ...(label ? { text: label } : {}), style };
}

function emojiOnly(text: string): Json[] {
  return text.split(new RegExp(emoji)).map((part, index) => {
    return index % 2 === 1 ? { type: 'emoji', name: part } : leaf(decode(part), {});
  });
}
