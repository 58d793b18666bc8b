import type { ModalView } from '@slack/types';
import { encodeClick, type Click } from './intent';
import { modal } from './modals';
import { bullets, buttons, clean, line, plain, rich, some, t } from './parts';

export interface Choice {
  /** What tells it from the others; from outside. */
  words: string;
  /** Of its button. */
  label: string;
  click: Click;
}

/** More buttons nobody reads: whoever sees them types one more character. */
const most = 5;

/** Words, a button for each of the things that may be meant, and what the answer is not certain of. */
export const choiceModal = (
  title: string,
  words: string,
  choices: readonly Choice[],
  notes: readonly string[],
): ModalView =>
  modal(title, [
    rich(line(t(words, 600))),
    ...choices.slice(0, most).flatMap(({ words: each, label, click }, index) => [
      rich(line(t(each, 300))),
      buttons({
        type: 'button' as const,
        text: plain(`${title} ${label}…`, 75),
        accessibility_label: clean(`${title} ${label}: shows the plan first`, 75),
        ...encodeClick(click, index),
      }),
    ]),
    ...(choices.length > most
      ? [rich(line(t(`and ${choices.length - most} more: name more of the id.`)))]
      : []),
    ...(notes.length > 0
      ? [
          rich(
            ...bullets(some(notes, { lines: 10, letters: 2500 }, (note) => line(t(`⚠️ ${note}`)))),
          ),
        ]
      : []),
  ]);
