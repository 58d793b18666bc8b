import type { KnownBlock, PlainTextOption } from '@slack/types';
import { plain } from './parts';

interface Input {
  block: string;
  label: string;
  hint: string;
  most: number;
  optional?: true;
  multiline?: true;
  typed?: string;
}

/** A line or a text to be typed. What is too long to stand in it is left out. */
export const textInput = ({
  block,
  label,
  hint,
  most,
  optional,
  multiline,
  typed = '',
}: Input): KnownBlock => ({
  type: 'input',
  block_id: block,
  ...(optional && { optional }),
  label: plain(label, 2000),
  hint: plain(hint, 2000),
  element: {
    type: 'plain_text_input',
    action_id: 'text',
    max_length: most,
    ...(multiline && { multiline }),
    ...(typed && typed.length <= most && { initial_value: typed }),
  },
});

/** A choice with what it means below it. */
export const option = (words: string, says: string, value: string): PlainTextOption => ({
  text: plain(words, 75),
  description: plain(says, 75),
  value,
});
