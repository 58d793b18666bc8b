import type { KnownBlock, ModalView } from '@slack/types';
import type { Samples } from '../src/app/gate/lookers';
import { filterText } from '../src/domain/gate/filter';
import type { Held } from '../src/domain/gate/verdict';
import { pager, type HeldPage } from './gate-choose';
import { sizeOf, verdictWord, whyWords } from './gate-words';
import { encodeClick } from './intent';
import { modal } from './modals';
import { bold, bullets, buttons, clean, code, line, note, plain, rich, some, t } from './parts';

/** Held objects in which something was found, each with a button that shows samples of it. */
export const samplesModal = (page: HeldPage, channel: string): ModalView =>
  modal('Samples', [
    rich(
      line(bold('Masked samples'), t('of'), code(page.run.id)),
      line(
        t(
          page.rows.length === 0
            ? 'No held object with findings is on this page.'
            : 'Only you see them, and they are kept nowhere. That you looked stands in the trail.',
        ),
      ),
    ),
    ...page.rows.map(({ held }, index) => rowOf(page, held, index, channel)),
    ...pager(page, 'samples', channel),
  ]);

/** Above those of the pager. */
const firstPlace = 10;

const rowOf = (
  { run, filter }: HeldPage,
  held: Held,
  index: number,
  channel: string,
): KnownBlock => ({
  type: 'section',
  text: plain(
    `${clean(held.key, 220)} · ${sizeOf(held.size)} · ${verdictWord(held.verdict)} · ${whyWords(held.verdict)}`,
    700,
  ),
  accessory: {
    type: 'button',
    text: plain('Show', 75),
    accessibility_label: clean(`Show masked samples of ${held.key}`, 75),
    ...encodeClick(
      {
        kind: 'gate',
        run: run.id,
        act: 'sample',
        at: held.ref,
        filter: filterText(filter),
        channel,
      },
      firstPlace + index,
    ),
  },
});

/** Samples of one object, masked; or why Macie gives none. */
export const sampleModal = (
  { run, ref, key }: { run: string; ref: string; key: string },
  found: Samples,
  channel: string,
): ModalView => {
  const back = { kind: 'gate', run, act: 'samples', channel } as const;
  return modal('Samples', [
    rich(line(code(key, 300), t(`· ${ref}`)), ...(found.kind === 'shown' ? values(found) : [])),
    ...(found.kind === 'shown'
      ? [note('Masked. Only you see this, and it is kept nowhere.')]
      : [rich(line(t(`Macie shows no samples: ${found.because}.`, 600)))]),
    buttons({
      type: 'button',
      text: plain('◀ All objects', 75),
      accessibility_label: 'Back to all held objects with findings',
      ...encodeClick(back),
    }),
  ]);
};

const values = ({ samples }: Extract<Samples, { kind: 'shown' }>) =>
  samples.length === 0
    ? [line(t('Macie located no occurrence of what it found.'))]
    : samples
        .slice(0, 12)
        .flatMap(({ type, masked }) => [
          line(bold(type, 130)),
          ...bullets(some(masked, { lines: 10, letters: 1000 }, (value) => line(code(value, 100)))),
        ]);
