import type { ModalView, PlainTextOption } from '@slack/types';
import { exceptionDays } from '../src/domain/triage';
import { encodeForm, type Form } from './intent';
import { modal, reasonInput } from './modals';
import { line, plain, rich, t } from './parts';

export const assigneeAt = { block: 'assignee', action: 'user' } as const;
export const daysAt = { block: 'days', action: 'count' } as const;

export const assignModal = (form: Extract<Form, { kind: 'finding.assign' }>): ModalView =>
  modal(
    'Assign',
    [
      {
        type: 'input',
        block_id: assigneeAt.block,
        label: plain('Who sees to it?', 2000),
        hint: plain('Responders and approvers. The card shows it, and the thread keeps it.', 2000),
        element: { type: 'users_select', action_id: assigneeAt.action },
      },
    ],
    { submit: plain('Assign', 24), ...encodeForm(form) },
  );

/** What silence means is said before it is asked for. */
export const suppressModal = (form: Extract<Form, { kind: 'finding.suppress' }>): ModalView =>
  modal(
    'Suppress',
    [
      rich(
        line(
          t(
            'The finding is accepted for a time: it is set to SUPPRESSED in Security Hub with your reason as its note, and its card is quiet. Nothing in AWS is changed, so the problem stays.',
          ),
        ),
        line(
          t(
            'When the time is over it is open again by itself, here and in Security Hub. Responders can end it earlier.',
          ),
        ),
      ),
      {
        type: 'input',
        block_id: daysAt.block,
        label: plain('For how long?', 2000),
        element: {
          type: 'static_select',
          action_id: daysAt.action,
          options: options,
          initial_option: options[1]!,
        },
      },
      reasonInput('Why is it accepted?', 'Others, Security Hub and the audit trail read it.'),
    ],
    { submit: plain('Suppress', 24), ...encodeForm(form) },
  );

const options: PlainTextOption[] = Object.entries(exceptionDays).map(([value, words]) => ({
  text: plain(words, 75),
  value,
}));
