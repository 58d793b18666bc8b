import type { ModalView } from '@slack/types';
import { choiceModal, type Choice } from '../../blocks/locate-modals';
import { wordsModal } from '../../blocks/modals';
import { admit, type Click } from '../app/authority';
import type { Lists } from '../app/lists';
import type { Deps } from '../app/ports';
import { mayTakeBack } from '../app/undo';
import { accountLabel } from '../domain/policy';
import type { Remediation } from '../domain/remediation';
import type { Wanted } from '../domain/wanted';
import { refusalView, undoPreviewOf } from './previews';

type Needs = Deps & { lists: Pick<Lists, 'contained' | 'remediations'> };

/** The way back of the latest isolation of an instance, shown before anything is done. It needs no look into the accounts. */
export const releasing = async (deps: Needs, wanted: Wanted, click: Click): Promise<ModalView> => {
  const admitted = await admit(deps, click, false);
  if (!admitted.ok) return refusalView(deps, admitted);
  const all = await watched(deps);
  const meant = all.filter((each) => isMeant(each, wanted));
  const leaving = meant.find(({ status: { state } }) => state === 'undoing');
  if (leaving) return wordsModal('Nothing to release', `${leaving.target.id} is being released.`);
  const running = await runningFor(deps, wanted);
  if (running) return wordsModal('Not yet', notYet(running));
  const exact = meant.filter(({ target }) => target.id === wanted.instance);
  const mine = exact.length > 0 ? exact : meant;
  const [latest, ...earlier] = mine;
  if (!latest) return none(wanted, all);
  if (mine.some(({ target }) => target.id !== latest.target.id)) return several(deps, wanted, mine);
  const may = await mayTakeBack(deps, latest.id, click);
  if (may.kind === 'refused') return refusalView(deps, may);
  const notes = earlier.map(
    ({ id }) =>
      `An earlier isolation (${id}) changed it too: after this, release once more what that one did.`,
  );
  const { reason } = wanted;
  return undoPreviewOf(deps, { id: latest.id, channel: click.channel }, { notes, reason });
};

/** What is contained, or about to be no more; newest first. */
const watched = async ({ lists, store }: Needs): Promise<Remediation[]> => {
  const ids = await lists.contained();
  const found = await Promise.all(ids.map((id) => store.remediation(id)));
  return found
    .filter((each) => each !== undefined)
    .filter(({ status: { state } }) => ['done', 'held', 'undoing'].includes(state))
    .sort((a, b) => (a.requestedAt < b.requestedAt ? 1 : -1));
};

/** An isolation that is on its way: nothing of it can be released before it ends. */
const runningFor = async (
  { lists, offers }: Needs,
  wanted: Wanted,
): Promise<Remediation | undefined> => {
  const isolates = offers.filter(({ command }) => command === 'isolate').map(({ id }) => id);
  const first = await lists.remediations('open');
  const rest = first.next ? (await lists.remediations('open', first.next)).items : [];
  return [...first.items, ...rest].find(
    (each) =>
      isolates.includes(each.playbook) && each.status.state !== 'undoing' && isMeant(each, wanted),
  );
};

const notYet = ({ id, target, status: { state } }: Remediation): string =>
  ['preparing', 'awaiting approval', 'approved'].includes(state)
    ? `${target.id} is not isolated yet (${id}, ${state}). Whoever wants it left alone cancels or denies that on its card.`
    : `${target.id} is being isolated right now (${id}). Its card tells when that has ended; then it can be released.`;

const isMeant = ({ target }: Remediation, { instance, account, region }: Wanted): boolean =>
  target.id.startsWith(instance) &&
  (account === undefined || target.account === account) &&
  (region === undefined || target.region === region);

const none = ({ instance }: Wanted, all: readonly Remediation[]): ModalView => {
  const ids = [...new Set(all.map(({ target }) => target.id))];
  const which =
    ids.length === 0
      ? 'Nothing is isolated by Drawbridge now.'
      : `Isolated now: ${ids.slice(0, 10).join(', ')}${ids.length > 10 ? ` and ${ids.length - 10} more` : ''}.`;
  return wordsModal('Nothing to release', `Drawbridge has not isolated ${instance}. ${which}`);
};

const several = (
  { policy }: Pick<Deps, 'policy'>,
  { instance }: Wanted,
  mine: readonly Remediation[],
): ModalView => {
  const latest = new Map([...mine].reverse().map((each) => [each.target.id, each]));
  const choices = [...latest.values()].map(({ id, target }): Choice => ({
    words: `${target.id}, ${accountLabel(policy, target.account)}, ${target.region}`,
    click: { kind: 'remediation.undo', id },
    label: target.id,
  }));
  const words = `${choices.length} isolated instances begin with ${instance}. Which one?`;
  return choiceModal('Release', words, choices, []);
};
