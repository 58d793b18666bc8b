import type { ModalView } from '@slack/types';
import { draftAt, draftLimits, identifierTried } from '../../../blocks/gate-identifier';
import { modal } from '../../../blocks/modals';
import { bullets, line, rich, t } from '../../../blocks/parts';
import type { IdentifierDraft } from '../../app/gate/lookers';
import type { GateDeskDeps } from './deps';
import type { Filled, GateTask } from './task';
import { mayTry, no, refused } from './windows';

/** Words with commas or lines between them, each once. */
const wordsIn = (text = ''): string[] => [
  ...new Set(
    text
      .split(/[,\n]/)
      .map((each) => each.trim())
      .filter(Boolean),
  ),
];

const unseen = /[\p{Cc}\p{Cf}]/u;

/** As it was typed, and what Macie would not take of it. */
export const draftOf = (filled: Filled): { draft: IdentifierDraft; wrong: string[] } => {
  const regex = filled[draftAt.regex] ?? '';
  const keywords = wordsIn(filled[draftAt.keywords]);
  const ignoreWords = wordsIn(filled[draftAt.ignore]);
  const typed = filled[draftAt.distance] ?? '';
  const distance = Number(typed);
  const { least, most } = draftLimits.distance;
  const isFar = !Number.isInteger(distance) || distance < least || distance > most;
  const fits = (word: string, shortest: number): boolean =>
    word.length >= shortest && word.length <= 90;
  const wrong = [
    regex === '' && 'There is no regular expression.',
    unseen.test(regex) && 'The regular expression has characters that nobody sees.',
    keywords.length > draftLimits.keywords && `At most ${draftLimits.keywords} keywords.`,
    !keywords.every((each) => fits(each, 3)) && 'A keyword has 3 to 90 characters.',
    ignoreWords.length > draftLimits.ignoreWords &&
      `At most ${draftLimits.ignoreWords} ignore words.`,
    !ignoreWords.every((each) => fits(each, 4)) && 'An ignore word has 4 to 90 characters.',
    typed !== '' && isFar && `The distance is a number from ${least} to ${most}.`,
  ].filter((each) => each !== false);
  const draft = { regex, keywords, ignoreWords, ...(typed !== '' && { distance }) };
  return { draft, wrong };
};

/** Tries it on the text, which is shown and kept nowhere. */
export const tried = async (
  deps: GateDeskDeps,
  { click }: Extract<GateTask, { what: 'form' }>,
  filled: Filled,
): Promise<ModalView> => {
  const { gate, hub } = deps.policy;
  if (!gate) return no('The policy has no gate.');
  const lacking = await mayTry(deps, gate, click);
  if (lacking) return refused(deps, lacking);
  const { draft, wrong } = draftOf(filled);
  if (wrong.length > 0)
    return modal('Not tried', [rich(...bullets(wrong.map((each) => line(t(each)))))]);
  const answer = await deps.identifiers.testIdentifier(draft, filled[draftAt.sample] ?? '');
  return answer.kind === 'matches'
    ? identifierTried(draft, answer.count, hub.region)
    : no(`Macie does not take it: ${answer.because}`);
};
