import type { KnownBlock, ModalView } from '@slack/types';
import type { UndoPreview } from '../src/app/undo-look';
import type { Plan, Planned } from '../src/domain/plan';
import type { ApprovalRule } from '../src/domain/policy';
import { encodeForm, type Form } from './intent';
import { lasting } from './lasting';
import { bold, bullets, code, line, plain, rich, some, t } from './parts';
import { planPart } from './plan-part';

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

export const reasonInput = (label: string, hint: string): KnownBlock => ({
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
  },
});

export const loadingModal = (
  title: string,
  words = 'Looking at the target. Nothing is changed by this.',
): ModalView => modal(title, [rich(line(t(`⏳ ${words}`)))]);

/** Words in place of a plan: a refusal, a failure, nothing to do. */
export const wordsModal = (title: string, words: string): ModalView =>
  modal(title, [rich(line(t(words, 1000)))]);

/** What the policy says besides who decides: that no person has to, why, and when it may run. */
export interface RulingWords {
  automatic?: boolean;
  because?: string;
  opens?: string;
}

/** The plan before the request: what would change, who decides, and why it is asked for. */
export const planModal = (
  planned: Planned,
  rule: ApprovalRule,
  form: Extract<Form, { kind: 'remediation.request' }>,
  more: RulingWords = {},
): ModalView => {
  switch (planned.kind) {
    case 'compliant':
      return wordsModal('Nothing to change', `✅ ${planned.because}`);
    case 'refusal':
      return wordsModal('Not possible', `🚫 ${planned.because}`);
    case 'plan':
      return modal(
        'Plan',
        [
          ...planPart(planned.plan),
          rich(
            line(t(whoDecides(rule, planned.plan, more), 600)),
            ...(more.because ? [line(t(more.because, 300))] : []),
          ),
          reasonInput('Why should this be changed?', 'Approvers and the audit trail read it.'),
        ],
        {
          submit: plain(more.automatic ? 'Ask for it' : 'Ask for approval', 24),
          ...encodeForm(form),
        },
      );
  }
};

const whoDecides = (
  { approvals, from, separate, expiresAfter }: ApprovalRule,
  { target }: Plan,
  { automatic, opens }: RulingWords,
): string =>
  (opens ? `The change window opens at ${opens}: nothing changes before. ` : '') +
  (automatic
    ? `A rule of the policy lets this run without another person, unless something is odd about it; then it asks. `
    : '') +
  `${automatic ? 'Otherwise nothing' : 'Nothing'} changes on ${target.id} until ${approvals} ${from}${approvals === 1 ? ' says' : 's say'} yes` +
  `${separate ? '; your own yes does not count' : ''}. The request ends after ${lasting(expiresAfter / 1000)}.`;

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

/** What an undo would restore; if somebody changed the target since, the difference stands first (law 7). */
export const undoModal = (
  { restores, drift, remediation }: UndoPreview,
  form: Extract<Form, { kind: 'remediation.undo' }>,
): ModalView =>
  modal(
    'Undo',
    [
      rich(
        ...(drift.length > 0
          ? [
              line(
                bold(
                  '⚠️ Changed by others since. Their changes stay, unless they are the rules restored here:',
                ),
              ),
              ...bullets(some(drift, { lines: 20, letters: 3000 }, (each) => line(t(each)))),
            ]
          : [line(t('Nobody has changed the target since.'))]),
        line(bold('What will be taken back')),
        ...bullets(some(restores, { lines: 20, letters: 3000 }, (each) => line(t(each)))),
        ...bullets(
          some(
            remediation.proposal?.plan.effects ?? [],
            { lines: 40, letters: 3600 },
            ({ after, before }) => line(code(after, 300), t('→'), code(before, 160)),
          ),
        ),
      ),
      reasonInput('Why undo it?', 'The audit trail keeps it.'),
    ],
    { submit: plain('Undo now', 24), ...encodeForm(form) },
  );
