import { asList, isJson, objects, type Json } from '../json';
import { validateMessage, type MessageMethod } from '../validate';
import type { Args } from './args';
import { refuseProblems, SlackError } from './errors';
import { randomBytes } from 'node:crypto';

export interface Content {
  text: string | undefined;
  blocks: Json[] | undefined;
  attachments: Json[] | undefined;
}

/** Text, blocks and attachments of a call, checked; undefined is "not given". */
export function readContent(args: Args, method: MessageMethod): Content {
  const blocks = args.json('blocks');
  const attachments = args.json('attachments');
  const markdown = args.text('markdown_text');
  const text = args.text('text') ?? markdown;
  if (markdown !== undefined && (blocks !== undefined || args.text('text') !== undefined)) {
    throw new SlackError('markdown_text_conflict');
  }
  refuseProblems(validateMessage({ text, blocks, attachments }, method));
  return {
    text,
    blocks: blocks === undefined ? undefined : withBlockIds(objects(blocks)),
    attachments: attachments === undefined ? undefined : objects(attachments).map(withIds),
  };
}

/** Slack's `no_text` means: no text and nothing instead of it. */
export function needSomething(content: Content): void {
  if (content.text || content.blocks?.length || content.attachments?.length) return;
  throw new SlackError('no_text');
}

/** Slack gives each block an id, and each element an action_id, when the app gave none. */
export const withBlockIds = (blocks: Json[]): Json[] =>
  blocks.map((block) => {
    const named: Json = { block_id: shortId(), ...block };
    for (const key of ['elements', 'accessory', 'element']) {
      const value = block[key];
      if (block['type'] === 'rich_text') continue;
      if (Array.isArray(value)) named[key] = value.map(withActionId);
      else if (value !== undefined) named[key] = withActionId(value);
    }
    return named;
  });

const silent = new Set(['image', 'plain_text', 'mrkdwn']);

const withActionId = (element: unknown): unknown =>
  isJson(element) && !silent.has(String(element['type']))
    ? { action_id: shortId(), ...element }
    : element;

const shortId = (): string => randomBytes(4).toString('base64url').slice(0, 5);

const withIds = (attachment: Json, index: number): Json => ({
  id: index + 1,
  ...attachment,
  ...(attachment['blocks'] === undefined
    ? {}
    : { blocks: withBlockIds(objects(attachment['blocks'])) }),
});

/** What a notification says when blocks come without text. */
export function fallbackText(blocks: readonly Json[]): string {
  const texts = blocks.flatMap((block) => [block['text'], ...asList(block['fields'])]);
  const words = texts.flatMap((one) => (isJson(one) ? [String(one['text'])] : []));
  return words.join(' ') || "This content can't be displayed.";
}
