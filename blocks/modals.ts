import type { KnownBlock, ModalView } from '@slack/types';
import { encodeForm, type Form } from './intent';
import { clean, line, plain, rich, t } from './parts';

/** Where the reason stands in a submitted form. */
export const reasonAt = { block: 'reason', action: 'text', min: 3 } as const;

export const modal = (
  title: string,
  blocks: KnownBlock[],
  more: Partial<ModalView> = {},
): ModalView => ({
  type: 'modal',
  title: plain(title, 24),
  close: plain('Close', 24),
  blocks,
  ...more,
});

export const reasonInput = (label: string, hint: string, typed?: string): KnownBlock => ({
  type: 'input',
  block_id: reasonAt.block,
  label: plain(label, 2000),
  hint: plain(hint, 2000),
  element: {
    type: 'plain_text_input',
    action_id: reasonAt.action,
    multiline: true,
    min_length: reasonAt.min,
    max_length: 300,
    ...(typed && typed.length >= reasonAt.min && { initial_value: clean(typed) }),
  },
});

export const loadingModal = (
  title: string,
  words = 'Looking at the target. Nothing is changed by this.',
): ModalView => modal(title, [rich(line(t(`⏳ ${words}`)))]);

/** Words in place of a plan: a refusal, a failure, nothing to do. */
export const wordsModal = (title: string, words: string): ModalView =>
  modal(title, [rich(line(t(words, 1000)))]);

export const approveModal = (form: Extract<Form, { kind: 'remediation.approve' }>): ModalView =>
  modal(
    'Approve',
    [
      reasonInput(
        'Why is it right to do this?',
        'The policy asks for it; the audit trail keeps it.',
      ),
    ],
    {
      submit: plain('Approve', 24),
      ...encodeForm(form),
    },
  );

export const denyModal = (form: Extract<Form, { kind: 'remediation.deny' }>): ModalView =>
  modal('Deny', [reasonInput('Why not?', 'The requester and the audit trail read it.')], {
    submit: plain('Deny', 24),
    ...encodeForm(form),
  });
