import type { ModalView } from '@slack/types';
import type { Spare } from '../src/app/gate/spare';
import type { GateRun } from '../src/domain/gate/run';
import { option, textInput } from './gate-inputs';
import type { GateForm } from './gate-modals';
import { encodeClick, encodeForm } from './intent';
import { modal, reasonInput } from './modals';
import { bold, bullets, buttons, code, line, plain, rich, t } from './parts';

/** Where each of its words stands in the submitted form. */
export const spareAt = {
  how: 'how',
  category: 'category',
  extension: 'extension',
  regex: 'regex',
  sample: 'sample',
} as const;

const ways = [
  option('An allow list', 'Text that matches is no finding any more', 'allow list'),
  option('A findings filter', 'Such findings are archived; objects still wait', 'filter'),
];

/** A false positive, so that it is none the next time. */
export const spareModal = ({ id, summary }: GateRun, channel: string): ModalView => {
  const form: GateForm = { kind: 'gate', run: id, act: 'spare', channel };
  const categories = (summary?.detected ?? []).slice(0, 12);
  return modal(
    'False positive',
    [
      rich(line(t('You see first what it would have hidden. Nothing is created by this step.'))),
      {
        type: 'input',
        block_id: spareAt.how,
        label: plain('What is made of it?', 2000),
        element: {
          type: 'radio_buttons',
          action_id: 'said',
          options: ways,
          initial_option: ways[0]!,
        },
      },
      textInput({
        block: spareAt.regex,
        label: 'For an allow list: the text that is harmless, as a regular expression',
        hint: 'The narrower the better: whatever matches is never found again in any object.',
        most: 512,
        optional: true,
      }),
      textInput({
        block: spareAt.sample,
        label: 'A text to try it on',
        hint: 'At most 1,000 characters. It is kept nowhere.',
        most: 1000,
        optional: true,
        multiline: true,
      }),
      ...(categories.length > 0
        ? [
            {
              type: 'input' as const,
              block_id: spareAt.category,
              optional: true,
              label: plain('For a findings filter: the category', 2000),
              element: {
                type: 'static_select' as const,
                action_id: 'said',
                options: categories.map(({ type }, index) => ({
                  text: plain(type, 75),
                  value: String(index),
                })),
              },
            },
            textInput({
              block: spareAt.extension,
              label: 'Only in files that end in',
              hint: 'Such as csv. Without it: in all files.',
              most: 20,
              optional: true,
            }),
          ]
        : []),
      reasonInput('Why is it harmless?', 'It stands in the description of what is made in Macie.'),
    ],
    { submit: plain('Preview', 24), ...encodeForm(form) },
  );
};

/** What it would have hidden, before it is made. */
export const sparePreview = (
  { id }: Pick<GateRun, 'id'>,
  spare: Spare,
  would: string,
  channel: string,
): ModalView => {
  const form: GateForm = {
    kind: 'gate',
    run: id,
    act: 'create',
    channel,
    text: JSON.stringify(spare),
  };
  return modal(
    'Preview',
    [
      rich(
        line(bold(spare.how === 'filter' ? 'A findings filter' : 'An allow list')),
        ...bullets([
          ...(spare.how === 'filter'
            ? [
                line(t('hides findings of'), code(spare.category, 200)),
                ...(spare.extension
                  ? [line(t('in files that end in'), code(spare.extension, 40))]
                  : []),
              ]
            : [line(t('hides text that matches'), code(spare.regex, 600))]),
          line(t(`because “${spare.reason}”`, 400)),
        ]),
        line(bold(would, 400)),
        line(
          t(
            spare.how === 'filter'
              ? '⚠️ A finding is archived whatever else it names. Objects of archived findings still wait for a person here, as suppressed.'
              : '⚠️ Text that matches is never found again, by any job that uses the list. Runs of the gate use it once the policy names it.',
            400,
          ),
        ),
      ),
    ],
    { submit: plain('Create', 24), ...encodeForm(form) },
  );
};

/** After a yes to a false positive: how to be asked no more. */
export const spareOffer = (run: string, channel: string) =>
  buttons({
    type: 'button',
    text: plain('Make a rule of it…', 75),
    accessibility_label: 'Make an allow list or a findings filter of this false positive',
    ...encodeClick({ kind: 'gate', run, act: 'spare', channel }),
  });
