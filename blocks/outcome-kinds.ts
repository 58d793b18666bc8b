import type { OutcomeName } from '../src/domain/outcome-name';
import type { Colour, patterns } from './picture/canvas';

/** What belongs together when outcomes are counted, and how it looks: a colour and a pattern each. */
export interface Kind {
  words: string;
  of: readonly OutcomeName[];
  colour: Colour;
  pattern: keyof typeof patterns;
}

/** From the bottom of a bar to its top. The colours are Okabe and Ito's, told apart by all eyes. */
export const kinds: readonly Kind[] = [
  { words: 'done', of: ['done'], colour: [0, 158, 115], pattern: 'plain' },
  { words: 'undone', of: ['undone'], colour: [134, 142, 150], pattern: 'falling' },
  {
    words: 'denied or refused',
    of: ['denied', 'refused', 'cancelled'],
    colour: [86, 180, 233],
    pattern: 'dots',
  },
  { words: 'nobody decided', of: ['expired'], colour: [230, 159, 0], pattern: 'level' },
  { words: 'failed', of: ['rolled-back', 'held'], colour: [213, 94, 0], pattern: 'rising' },
];
