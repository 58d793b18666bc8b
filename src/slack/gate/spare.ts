import type { ModalView } from '@slack/types';
import * as z from 'zod/mini';
import { sparePreview, spareAt } from '../../../blocks/gate-spare';
import { count } from '../../../blocks/gate-words';
import { reasonAt, wordsModal } from '../../../blocks/modals';
import { maySpare, spareAs, wouldHide, type Spare, type WouldHide } from '../../app/gate/spare';
import type { GateRunId } from '../../domain/ids';
import type { GateDeskDeps } from './deps';
import type { Filled, GateTask } from './task';
import { no, refused } from './windows';

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const reason = text(300);
const Shape = z.discriminatedUnion('how', [
  z.object({ how: z.literal('allow list'), regex: text(512), reason }),
  z.object({
    how: z.literal('filter'),
    category: text(200),
    extension: z.optional(z.string().check(z.regex(/^[a-z0-9]{1,20}$/))),
    reason,
  }),
]);

type Sent = Extract<GateTask, { what: 'form' }>;

/** Slack keeps so much of what a form carries. */
const mostCarried = 3000;

/** What it would have hidden, before it is made. */
export const previewed = async (
  deps: GateDeskDeps,
  id: GateRunId,
  { click }: Sent,
  filled: Filled,
): Promise<ModalView> => {
  const may = await maySpare(deps, id, click);
  if (may.kind === 'refused') return refused(deps, may);
  const category = may.run.summary?.detected[Number(filled[spareAt.category] || NaN)]?.type;
  const extension = (filled[spareAt.extension] ?? '').toLowerCase().replace(/^\./, '');
  const spare = Shape.safeParse({
    how: filled[spareAt.how],
    reason: filled[reasonAt.block],
    regex: filled[spareAt.regex],
    category,
    ...(extension && { extension }),
  });
  if (!spare.success)
    return no(
      filled[spareAt.how] === 'filter'
        ? 'A findings filter needs a category; the end of a file is letters and digits.'
        : 'An allow list needs a regular expression.',
    );
  const would = await wouldHide(deps, spare.data, filled[spareAt.sample] ?? '');
  if (would.kind === 'refused') return no(`Macie does not take it: ${would.because}`);
  const view = sparePreview({ id }, spare.data, wouldWords(would), click.channel);
  return (view.private_metadata ?? '').length > mostCarried
    ? no('The regular expression and the reason are too long together.')
    : view;
};

const wouldWords = (would: Exclude<WouldHide, { kind: 'refused' }>): string => {
  switch (would.kind) {
    case 'findings':
      return `It would have hidden ${would.more ? 'more than ' : ''}${count(would.count, 'finding')} of the last 30 days.`;
    case 'matches':
      return `It matches ${count(would.count, 'time')} in your text.`;
    case 'untried':
      return 'It was tried on no text: Macie cannot say what an allow list would have hidden.';
  }
};

const asked = (carried: string | undefined): Spare | undefined => {
  try {
    return Shape.safeParse(JSON.parse(carried ?? '')).data;
  } catch {
    return undefined;
  }
};

export const created = async (
  deps: GateDeskDeps,
  id: GateRunId,
  { click }: Sent,
  filled: Filled,
): Promise<ModalView> => {
  const spare = asked(filled['text']);
  if (!spare) return no('This form cannot be read any more. Begin anew.');
  const made = await spareAs(deps, id, spare, click);
  if (made.kind === 'refused') return refused(deps, made);
  return wordsModal(
    'Created',
    spare.how === 'filter'
      ? `🧩 Macie archives such findings from now on (filter ${made.id}). Objects of archived findings still wait for a person here, as suppressed.`
      : `🧩 The allow list ${made.id} is made. Propose it in config/drawbridge.yml under gate, identifiers, allowLists: from then on the gate’s jobs use it.`,
  );
};
