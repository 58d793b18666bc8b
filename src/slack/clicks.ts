import { refusalText, type Answer } from '../../blocks/answers';
import type { Click as Press } from '../../blocks/intent';
import { denyModal, loadingModal } from '../../blocks/modals';
import type { ModalView } from '@slack/types';
import type { Click } from '../app/authority';
import { decide, mayVote } from '../app/decide';
import type { DoorDeps } from '../app/ports';
import { mayAsk } from '../app/request';
import { mayTakeBack } from '../app/undo';
import { never } from '../domain/errors';
import type { Role } from '../domain/person';
import { underWay } from './answers';

/** What a listener can do besides answering: open a modal while the trigger lives. */
export interface Door {
  deps: DoorDeps;
  openModal: (view: ModalView) => Promise<string>;
}

/** Takes one decoded button. Answers with words for that person only, or with nothing when what they see says it all. */
export const press = async (
  { deps, openModal }: Door,
  intent: Press,
  click: Click,
): Promise<Answer | undefined> => {
  const refuse = ({ because, who }: { because: string; who?: Role }) =>
    refusalText(because, who, deps.policy);
  switch (intent.kind) {
    case 'remediation.preview': {
      const asked = await mayAsk(deps, intent, click);
      if (asked.kind === 'refused') return refuse(asked);
      if (asked.kind !== 'ask') return refusalText(underWay(asked.remediation));
      const viewId = await openModal(loadingModal('Plan'));
      await deps.store.ask(viewId, {
        task: 'preview',
        viewId,
        ask: askOf(intent),
        channel: click.channel,
        user: click.user,
      });
      return undefined;
    }
    case 'remediation.approve': {
      const decided = await decide(deps, { ...intent, verdict: 'approve' }, click);
      return decided.kind === 'refused' ? refuse(decided) : undefined;
    }
    case 'remediation.deny': {
      const may = await mayVote(deps, { ...intent, verdict: 'deny' }, click);
      if (may.kind === 'refused') return refuse(may);
      await openModal(denyModal({ ...intent, channel: click.channel }));
      return undefined;
    }
    case 'remediation.undo': {
      const may = await mayTakeBack(deps, intent.id, click);
      if (may.kind === 'refused') return refuse(may);
      const viewId = await openModal(loadingModal('Undo'));
      await deps.store.ask(viewId, {
        task: 'preview-undo',
        viewId,
        id: intent.id,
        channel: click.channel,
      });
      return undefined;
    }
    default:
      return never(intent);
  }
};

const askOf = ({ finding, playbook, target }: Extract<Press, { kind: 'remediation.preview' }>) => ({
  finding,
  playbook,
  target,
});
