import type { KnownBlock, ModalView } from '@slack/types';
import { heldIn, waitingIn, type GateRun } from '../src/domain/gate/run';
import { severities } from '../src/domain/gate/verdict';
import type { Gate } from '../src/domain/policy/gate';
import { option } from './gate-inputs';
import { count, keysOf, signOf, stateWords } from './gate-words';
import { encodeForm, type Form } from './intent';
import { modal, reasonInput } from './modals';
import { bold, bullets, clean, code, line, plain, rich, t } from './parts';

export type GateForm = Extract<Form, { kind: 'gate' }>;

/** Where “no sensitive data at all” is said in a submitted form. */
export const harmlessAt = { block: 'harmless', action: 'said', value: 'yes' } as const;

const harmless = option(
  'These are no sensitive data (false positive)',
  'Released without the mark SensitiveDataFound=true',
  harmlessAt.value,
);

export const harmlessInput: KnownBlock = {
  type: 'input',
  block_id: harmlessAt.block,
  optional: true,
  label: plain('Besides', 2000),
  element: { type: 'checkboxes', action_id: harmlessAt.action, options: [harmless] },
};

/** What a decision about all of them would be about. */
export interface AllView {
  run: GateRun;
  gate: Gate;
  /** Who said yes to all of them already. */
  yes: readonly string[];
}

const all = {
  approve: {
    title: 'Approve all',
    submit: 'Approve all',
    says: 'All that are held and undecided now are released under their own keys.',
    why: 'Why may they enter?',
  },
  deny: {
    title: 'Deny all',
    submit: 'Deny all',
    says: 'All that are held and undecided now are kept out: they move to quarantine.',
    why: 'Why must they stay out?',
  },
  delete: {
    title: 'Delete all',
    submit: 'Ask for deletion',
    says: 'All that are held and undecided now are deleted for good, once a second person wants it too.',
    why: 'Why must they be deleted?',
  },
} as const;

/** One decision for all that are held: how many, how bad, and how many people it takes. */
export const decideAllModal = (
  verdict: keyof typeof all,
  { run, gate, yes }: AllView,
  channel: string,
): ModalView => {
  const { title, submit, says, why } = all[verdict];
  const form: GateForm = { kind: 'gate', run: run.id, act: verdict, channel, ...seenIn(run) };
  const [held, waiting] = [heldIn(run.counts), waitingIn(run.counts)];
  return modal(
    title,
    [
      rich(
        line(code(run.id), ...keysOf(run)),
        line(t(says)),
        ...bullets(heldWords(run, gate, verdict === 'approve').map((each) => line(t(each)))),
        ...(waiting < held
          ? [line(t(`Of these ${count(held, 'object')}, ${waiting} still wait.`))]
          : []),
        ...(verdict === 'approve' && yes.length > 0
          ? [line(bold('Yes so far'), t(yes.join(', '), 300))]
          : []),
        ...(verdict === 'delete'
          ? [line(t('⚠️ Nothing brings them back. Until a second person agrees, they stay held.'))]
          : []),
      ),
      ...(verdict === 'approve' ? [harmlessInput] : []),
      reasonInput(why, 'The thread and the audit trail keep it.'),
    ],
    { submit: plain(submit, 24), ...encodeForm(form) },
  );
};

/** Decisions are for the verdicts that were shown (law 2). */
export const seenIn = ({ summary }: Pick<GateRun, 'summary'>): { seen?: string } =>
  summary ? { seen: summary.hash } : {};

const heldWords = ({ summary, counts }: GateRun, gate: Gate, withYeses: boolean): string[] => {
  const of = (n: number) => (withYeses ? `, ${count(n, 'yes', 'yeses')} each` : '');
  const kinds = [...severities].reverse().map((each) => ({
    n: summary?.severities[each] ?? 0,
    says: `${signOf(each)} ${each} severity`,
    yeses: gate.approvals[each],
  }));
  const others = [
    { n: counts.suppressed, says: '🔕 suppressed by rules of Macie' },
    { n: counts.unproven, says: '❔ not proven clean' },
  ].map((each) => ({ ...each, yeses: gate.approvals.otherwise }));
  return [...kinds, ...others]
    .filter(({ n }) => n > 0)
    .map(({ n, says, yeses }) => `${says}: ${count(n, 'object')}${of(yeses)}`);
};

export const abortModal = (run: GateRun, channel: string): ModalView =>
  modal(
    'Abort',
    [
      rich(
        line(code(run.id), ...keysOf(run), t(`· ${stateWords[run.status.state].says}`)),
        line(
          t(
            'The Macie job is cancelled, and what was taken returns to the raw bucket. Nothing is released by this run; the next run takes all of it again.',
          ),
        ),
      ),
      reasonInput('Why is it aborted?', 'The thread and the audit trail keep it.'),
    ],
    {
      submit: plain('Abort the run', 24),
      ...encodeForm({ kind: 'gate', run: run.id, act: 'abort', channel }),
    },
  );

export const resumeModal = (run: GateRun, act: 'resume' | 'reopen', channel: string): ModalView => {
  const held = run.status.state === 'held' ? [line(t(`🛑 ${run.status.because}`, 600))] : [];
  const says =
    act === 'resume'
      ? 'It goes on from where it stopped. See first that what stopped it is over.'
      : 'People get the whole time once more. What was decided stays decided.';
  return modal(
    act === 'resume' ? 'Resume' : 'Review again',
    [
      rich(line(code(run.id), ...keysOf(run)), ...held, line(t(says))),
      reasonInput('Why?', 'The thread and the audit trail keep it.'),
    ],
    {
      submit: plain(act === 'resume' ? 'Resume' : 'Review again', 24),
      ...encodeForm({ kind: 'gate', run: run.id, act, channel }),
    },
  );
};

/** The end of a button's name says which object it is: there keys differ. */
export const endOf = (key: string, most: number): string => {
  const whole = clean(key, 1024);
  const letters = [...whole];
  return whole.length <= most
    ? whole
    : `…${letters
        .slice(-(most - 1))
        .join('')
        .slice(-(most - 1))
        .toWellFormed()}`;
};
