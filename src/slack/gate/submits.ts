import type { ModalView } from '@slack/types';
import { pickedAt, verdictAt } from '../../../blocks/gate-choose';
import { harmlessAt } from '../../../blocks/gate-modals';
import { spareOffer } from '../../../blocks/gate-spare';
import { count } from '../../../blocks/gate-words';
import { encodeClick } from '../../../blocks/intent';
import { modal, reasonAt, wordsModal } from '../../../blocks/modals';
import { buttons, line, plain, rich, t } from '../../../blocks/parts';
import { abortAs, reopenAs, resumeAs, type ByHand } from '../../app/gate/by-hand';
import { decide, type GateVote } from '../../app/gate/decide';
import { gateVerdicts } from '../../domain/gate/decision';
import { ObjectRef } from '../../domain/gate/object';
import { GateRunId } from '../../domain/ids';
import type { GateDeskDeps } from './deps';
import { tried } from './identifier';
import { created, previewed } from './spare';
import type { Filled, GateTask } from './task';
import { no, refused } from './windows';

type Sent = Extract<GateTask, { what: 'form' }>;

/** Takes one submitted form, and answers in its window. */
export const submitted = async (
  deps: GateDeskDeps,
  sent: Sent,
  filled: Filled,
): Promise<ModalView> => {
  if (sent.act === 'identifier') return tried(deps, sent, filled);
  const id = GateRunId.safeParse(sent.run);
  if (!id.success) return no('This run is not known here.');
  const reason = filled[reasonAt.block] ?? '';
  switch (sent.act) {
    case 'approve':
    case 'deny':
    case 'delete':
      return decided(deps, sent, filled, {
        run: id.data,
        verdict: sent.act,
        scope: { kind: 'all' },
      });
    case 'choose':
      return chosen(deps, sent, id.data, filled);
    case 'abort':
      return byHand(deps, await abortAs(deps, id.data, reason, sent.click), aborting);
    case 'resume':
      return byHand(deps, await resumeAs(deps, id.data, reason, sent.click), '▶️ It goes on.');
    case 'reopen':
      return byHand(deps, await reopenAs(deps, id.data, reason, sent.click), reopened);
    case 'spare':
      return previewed(deps, id.data, sent, filled);
    case 'create':
      return created(deps, id.data, sent, filled);
    case 'run':
    case 'samples':
    case 'sample':
      return no('This form is from an older message. Use the newest card.');
  }
};

const aborting =
  '✖️ It is aborted: its objects return to the raw bucket. The card tells when they are there.';
const reopened = '🔔 People may decide again.';

const byHand = (deps: GateDeskDeps, done: ByHand, words: string): ModalView =>
  done.kind === 'refused' ? refused(deps, done) : wordsModal('Done', words);

const chosen = (
  deps: GateDeskDeps,
  sent: Sent,
  run: GateRunId,
  filled: Filled,
): Promise<ModalView> | ModalView => {
  const verdict = gateVerdicts.find((each) => each === filled[verdictAt.block]);
  const refs = Object.entries(filled)
    .filter(([block]) => block.startsWith(pickedAt.block))
    .flatMap(([, picked]) => picked.split(' '))
    .flatMap((ref) => ObjectRef.safeParse(ref).data ?? []);
  // Anything but an exact word decides nothing (D7).
  if (!verdict) return no('Say what is to become of them.');
  return decided(deps, sent, filled, { run, verdict, scope: { kind: 'some', refs } });
};

const says = {
  approve: '👍 Your yes',
  deny: '👎 Your no',
  delete: '🗑️ Your wish to delete',
} as const;

const decided = async (
  deps: GateDeskDeps,
  { seen = '', filter, click }: Sent,
  filled: Filled,
  { run, verdict, scope }: Pick<GateVote, 'run' | 'verdict' | 'scope'>,
): Promise<ModalView> => {
  const harmless = verdict === 'approve' && filled[harmlessAt.block] === harmlessAt.value;
  const vote: GateVote = {
    run,
    verdict,
    scope,
    seen,
    reason: filled[reasonAt.block] ?? '',
    ...(harmless && { falsePositive: true }),
  };
  const answer = await decide(deps, vote, click);
  if (answer.kind === 'refused') return refused(deps, answer);
  const of = scope.kind === 'all' ? 'all undecided objects' : count(scope.refs.length, 'object');
  const { channel } = click;
  const again = { kind: 'gate', run, act: 'choose', channel, ...(filter && { filter }) } as const;
  return modal('Decided', [
    rich(
      line(t(`${says[verdict]} for ${of} is written down (number ${answer.number}).`)),
      line(t('It is carried out where enough people said it. The thread names each object.')),
    ),
    ...(scope.kind === 'some'
      ? [
          buttons({
            type: 'button' as const,
            text: plain('Choose more…', 75),
            accessibility_label: 'Back to the held objects',
            ...encodeClick(again),
          }),
        ]
      : []),
    ...(harmless ? [spareOffer(run, channel)] : []),
  ]);
};
