import { answer, refusalText, type Answer } from '../../blocks/answers';
import type { Click as Press } from '../../blocks/intent';
import { approveModal, denyModal, loadingModal } from '../../blocks/modals';
import { line, rich, t } from '../../blocks/parts';
import { assignModal, suppressModal } from '../../blocks/triage-modals';
import type { ModalView } from '@slack/types';
import type { Click } from '../app/authority';
import { cancel } from '../app/cancel';
import { decide, mayVote } from '../app/decide';
import type { DoorDeps } from '../app/ports';
import { ownCard } from '../app/own-card';
import { mayAsk } from '../app/request';
import { acknowledge, lift, mayTouch } from '../app/triage';
import { mayTakeBack } from '../app/undo';
import { never } from '../domain/errors';
import type { Role } from '../domain/person';
import { underWay } from './answers';

/** What a listener can do besides answering: open a modal while the trigger lives. */
export interface Door {
  deps: DoorDeps;
  openModal: (view: ModalView) => Promise<string>;
  /** Names this press, where its answer can go later, and the window in which the button stands. */
  press: { id: string; reply?: string; window?: string };
}

/** Takes one decoded button. Answers with words for that person only, or with nothing when what they see says it all. */
export const press = async (
  { deps, openModal, press: { id, reply, window } }: Door,
  intent: Press,
  click: Click,
): Promise<Answer | undefined> => {
  const refuse = ({ because, who }: { because: string; who?: Role }) =>
    refusalText(because, who, deps.policy);
  const of = { ...click };
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
    case 'case.preview': {
      const { kind: _, ...place } = intent;
      const viewId = await openModal(loadingModal('Plan'));
      await deps.store.ask(viewId, {
        task: 'locate',
        viewId,
        click: of,
        wish: { by: 'place', ...place },
      });
      return undefined;
    }
    case 'remediation.approve': {
      const vote = { ...intent, verdict: 'approve' } as const;
      const may = await mayVote(deps, vote, click);
      if (may.kind === 'refused') return refuse(may);
      if (may.proposal.rule.reason) {
        await openModal(approveModal({ ...intent, channel: click.channel }));
        return undefined;
      }
      const decided = await decide(deps, vote, click);
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
    case 'remediation.cancel': {
      const cancelled = await cancel(deps, intent.id, click);
      return cancelled.kind === 'refused' ? refuse(cancelled) : undefined;
    }
    case 'finding.details': {
      const view = await openModal(loadingModal('Finding'));
      const { finding } = intent;
      await deps.store.ask(view, { task: 'desk', what: 'details', view, finding, click: of });
      return undefined;
    }
    case 'finding.acknowledge':
    case 'finding.lift': {
      const act = intent.kind === 'finding.lift' ? lift : acknowledge;
      const answer = await act(deps, intent.finding, click);
      return answer.kind === 'done' ? undefined : refuse(answer);
    }
    case 'finding.assign':
    case 'finding.suppress': {
      const { finding, kind } = intent;
      const what = kind === 'finding.assign' ? 'assign' : 'suppress';
      const may = await mayTouch(deps, what, finding, click);
      if (may.kind !== 'may') return refuse(may);
      const place = { finding, channel: click.channel };
      await openModal(
        kind === 'finding.assign'
          ? assignModal({ kind, ...place })
          : suppressModal({ kind, ...place }),
      );
      return undefined;
    }
    case 'finding.file': {
      const { finding, channel } = intent;
      const view = await openModal(loadingModal('File', 'Posting the file into the thread…'));
      const place = { ...of, channel };
      await deps.store.ask(view, { task: 'desk', what: 'file', view, finding, click: place });
      return undefined;
    }
    case 'finding.card': {
      const shown = await ownCard(deps, intent.finding, { ...of, channel: intent.channel });
      return shown.ok ? cardComes : refuse(shown);
    }
    case 'group.show': {
      const { group, from } = intent;
      await deps.store.ask(id, { task: 'desk', what: 'group', group, from, click: of, reply });
      return undefined;
    }
    case 'findings.page': {
      const { text, from } = intent;
      await deps.store.ask(id, { task: 'desk', what: 'page', text, from, click: of, reply });
      return undefined;
    }
    case 'gate': {
      const { kind: _, channel = '', ...wish } = intent;
      const view = window ?? (await openModal(loadingModal('Gate', 'Looking…')));
      const place = { ...of, channel: of.channel || channel };
      await deps.store.ask(id, { task: 'gate-desk', what: 'click', view, ...wish, click: place });
      return undefined;
    }
    default:
      return never(intent);
  }
};

const cardComes = answer('Its card comes.', rich(line(t('📌 Its card comes into the channel.'))));

const askOf = ({ finding, playbook, target }: Extract<Press, { kind: 'remediation.preview' }>) => ({
  finding,
  playbook,
  target,
});
