import type { KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { UndoPreview } from '../src/app/undo-look';
import { contains, type Plan, type Planned } from '../src/domain/plan';
import type { Option } from '../src/domain/playbook';
import type { ApprovalRule } from '../src/domain/policy';
import { encodeForm, type Form } from './intent';
import { lasting } from './lasting';
import { modal, reasonInput, wordsModal } from './modals';
import { bold, bullets, code, line, plain, rich, some, t } from './parts';
import { planPart } from './plan-part';

/** Where the chosen options stand in a submitted form. */
export const optionsAt = { block: 'options', action: 'chosen' } as const;

const optionsInput = (options: readonly Option[]): KnownBlock[] => {
  const all = options.slice(0, 10).map(({ id, label, hint }): PlainTextOption => ({
    text: plain(label, 75),
    description: plain(hint, 75),
    value: id,
  }));
  const byDefault = all.filter((_, index) => options[index]?.default);
  return all.length === 0
    ? []
    : [
        {
          type: 'input',
          block_id: optionsAt.block,
          optional: true,
          label: plain('Besides', 2000),
          hint: plain('Who approves sees the plan with what you choose here.', 2000),
          element: {
            type: 'checkboxes',
            action_id: optionsAt.action,
            options: all,
            ...(byDefault.length > 0 && { initial_options: byDefault }),
          },
        },
      ];
};

/** What the policy says besides who decides: that no person has to, why, and when it may run. */
export interface RulingWords {
  automatic?: boolean;
  because?: string;
  opens?: string;
}

/** What a plan is shown with: its options, what the person said already, and what they should know of the search. */
export interface Beside extends RulingWords {
  options?: readonly Option[] | undefined;
  reason?: string | undefined;
  notes?: readonly string[];
}

/** The plan before the request: what would change, who decides, and why it is asked for. */
export const planModal = (
  planned: Planned,
  rule: ApprovalRule,
  form: Extract<Form, { kind: 'remediation.request' | 'case.request' }>,
  more: Beside = {},
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
            ...some(more.notes ?? [], { lines: 6, letters: 1200 }, (note) => line(t(`⚠️ ${note}`))),
          ),
          ...optionsInput(more.options ?? []),
          reasonInput(
            'Why should this be changed?',
            'Approvers and the audit trail read it.',
            more.reason,
          ),
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

/** What an undo would restore; if somebody changed the target since, the difference stands first (law 7). */
export const undoModal = (
  { restores, drift, remediation }: UndoPreview,
  form: Extract<Form, { kind: 'remediation.undo' }>,
  { notes = [], reason }: Pick<Beside, 'notes' | 'reason'> = {},
): ModalView => {
  const plan = remediation.proposal?.plan;
  const releases = plan !== undefined && contains(plan);
  return modal(
    releases ? 'Release' : 'Undo',
    [
      rich(
        ...(releases ? [line(bold(`Release ${plan.target.id}`, 150))] : []),
        ...notes.map((note) => line(t(`⚠️ ${note}`))),
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
          some(plan?.effects ?? [], { lines: 40, letters: 3600 }, ({ after, before }) =>
            line(code(after, 300), t('→'), code(before, 160)),
          ),
        ),
      ),
      reasonInput(
        releases ? 'Why is it released?' : 'Why undo it?',
        'The audit trail keeps it.',
        reason,
      ),
    ],
    { submit: plain(releases ? 'Release now' : 'Undo now', 24), ...encodeForm(form) },
  );
};
