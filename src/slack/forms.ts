import type { ModalView } from '@slack/types';
import type { Form } from '../../blocks/intent';
import { loadingModal, reasonAt, wordsModal } from '../../blocks/modals';
import { optionsAt } from '../../blocks/plan-modals';
import { assigneeAt, daysAt } from '../../blocks/triage-modals';
import { decide } from '../app/decide';
import type { DoorDeps } from '../app/ports';
import { request } from '../app/request';
import { requestCase } from '../app/request-case';
import { assign, suppress, type Triaged } from '../app/triage';
import { undo } from '../app/undo';
import { never } from '../domain/errors';
import { underWay } from './answers';

/** What was typed or chosen, by the id of its block. */
export type Filled = Readonly<Record<string, string>>;

/** Under which field something is missing, and what. */
export const missing = ({ kind }: Form, filled: Filled): Record<string, string> | undefined => {
  if (kind === 'finding.assign')
    return filled[assigneeAt.block]
      ? undefined
      : { [assigneeAt.block]: 'Choose somebody, please.' };
  const { block, min } = reasonAt;
  if (kind === 'gate' && filled[block] === undefined) return undefined;
  return (filled[block] ?? '').length < min
    ? { [block]: 'Some words, please: others read them.' }
    : undefined;
};

/** Where a submitted form stands, what names it, and how what was typed is kept from whoever reads the table. */
export interface Sent {
  id: string;
  view: string;
  seal: (text: string) => string;
}

/** Takes one submitted modal. Answers with words in the modal's place, or closes it when the card says the rest. */
export const submit = async (
  deps: DoorDeps,
  form: Form,
  by: { user: string; team: string },
  filled: Filled,
  { id, view, seal }: Sent,
): Promise<ModalView | undefined> => {
  const click = { ...by, channel: form.channel };
  const reason = filled[reasonAt.block] ?? '';
  const say = (answer: Triaged) =>
    answer.kind === 'done' ? undefined : wordsModal('Not possible', `✋ ${answer.because}`);
  switch (form.kind) {
    case 'remediation.request':
    case 'case.request': {
      const chosen = filled[optionsAt.block];
      const ask = chosen === undefined ? {} : { options: chosen.split(' ').filter(Boolean) };
      const asked =
        form.kind === 'case.request'
          ? await requestCase(deps, { ...form, ...ask }, click, reason)
          : await request(deps, { ...form, ...ask }, click, reason);
      if (asked.kind === 'refused') return wordsModal('Not possible', `✋ ${asked.because}`);
      return asked.kind === 'open already'
        ? wordsModal('Already asked', underWay(asked.remediation))
        : undefined;
    }
    case 'remediation.approve':
    case 'remediation.deny': {
      const verdict = form.kind === 'remediation.approve' ? 'approve' : 'deny';
      const decided = await decide(deps, { ...form, verdict, reason }, click);
      return decided.kind === 'refused'
        ? wordsModal('Not possible', `✋ ${decided.because}`)
        : undefined;
    }
    case 'remediation.undo': {
      const answer = await undo(deps, form.id, click, reason, form.seen);
      return answer.kind === 'refused'
        ? wordsModal('Not possible', `✋ ${answer.because}`)
        : undefined;
    }
    case 'finding.assign':
      return say(await assign(deps, form.finding, click, filled[assigneeAt.block] ?? ''));
    case 'finding.suppress': {
      const days = Number(filled[daysAt.block]);
      return say(await suppress(deps, form.finding, click, { reason, days }));
    }
    case 'gate': {
      const { kind: _, channel: __, text, ...wish } = form;
      const typed = seal(JSON.stringify({ ...filled, ...(text && { text }) }));
      const what = { what: 'form', view, ...wish, filled: typed, click } as const;
      await deps.store.ask(id, { task: 'gate-desk', ...what });
      return loadingModal('Gate', 'Working on it…');
    }
    default:
      return never(form);
  }
};
