import type { ModalView } from '@slack/types';
import type { Form } from '../../blocks/intent';
import { wordsModal } from '../../blocks/modals';
import { decide } from '../app/decide';
import type { DoorDeps } from '../app/ports';
import { request } from '../app/request';
import { undo } from '../app/undo';
import { never } from '../domain/errors';
import { underWay } from './answers';

/** Takes one submitted modal. Answers with words in the modal's place, or closes it when the card says the rest. */
export const submit = async (
  deps: DoorDeps,
  form: Form,
  by: { user: string; team: string },
  reason: string,
): Promise<ModalView | undefined> => {
  const click = { ...by, channel: form.channel };
  switch (form.kind) {
    case 'remediation.request': {
      const asked = await request(deps, form, click, reason);
      if (asked.kind === 'refused') return wordsModal('Not possible', `✋ ${asked.because}`);
      return asked.kind === 'open already'
        ? wordsModal('Already asked', underWay(asked.remediation))
        : undefined;
    }
    case 'remediation.deny': {
      const decided = await decide(deps, { ...form, verdict: 'deny', reason }, click);
      return decided.kind === 'refused'
        ? wordsModal('Not possible', `✋ ${decided.because}`)
        : undefined;
    }
    case 'remediation.undo': {
      const answer = await undo(deps, form.id, click, reason);
      return answer.kind === 'refused'
        ? wordsModal('Not possible', `✋ ${answer.because}`)
        : undefined;
    }
    default:
      return never(form);
  }
};
