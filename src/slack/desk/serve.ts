import { refusalText } from '../../../blocks/answers';
import { detailsModal } from '../../../blocks/details';
import { wordsModal } from '../../../blocks/modals';
import { admit, type Click } from '../../app/authority';
import { never } from '../../domain/errors';
import { CaseId, type FindingKey } from '../../domain/ids';
import { wordsFor, type Log } from '../boundary';
import { answerCommand } from './commands';
import type { DeskDeps } from './deps';
import { home } from './home';
import { listFindings, listGroup } from './listing';
import type { DeskTask } from './task';

/** Does what a person waits for, and tells them in words when it could not be done. */
export const serve = async (
  deps: DeskDeps,
  task: DeskTask,
  log: Log,
  reference: string,
): Promise<void> => {
  try {
    await attempt(deps, task);
  } catch (error) {
    const words = wordsFor(error, log, reference);
    if ('view' in task) await deps.screens.show(task.view, wordsModal('Not possible', words));
    else if ('reply' in task) await deps.replies.send(task.reply, refusalText(words));
  }
};

const attempt = async (deps: DeskDeps, task: DeskTask): Promise<void> => {
  switch (task.what) {
    case 'command':
      return deps.replies.send(
        task.reply,
        await answerCommand(deps, task.click, task.command, task.text),
      );
    case 'page': {
      const admitted = await admit(deps, task.click, false);
      const answer = admitted.ok
        ? await listFindings(deps, admitted.person, task.text, task.from)
        : refusalText(admitted.because);
      return deps.replies.send(task.reply, answer, true);
    }
    case 'group': {
      const admitted = await admit(deps, task.click, false);
      const answer = admitted.ok
        ? await listGroup(deps, task.group, Number(task.from))
        : refusalText(admitted.because);
      // From the group's card it is a new message for that person; from an earlier page it takes its place.
      return deps.replies.send(task.reply, answer, task.from !== '0');
    }
    case 'home':
      return deps.screens.home(task.user, await home(deps, task.user));
    case 'details':
      return details(deps, task.view, task.finding, task.click);
    case 'file':
      return deps.screens.show(
        task.view,
        wordsModal('File', await file(deps, task.finding, task.click)),
      );
    default:
      return never(task);
  }
};

const details = async (
  deps: DeskDeps,
  view: string,
  key: FindingKey,
  click: Click,
): Promise<void> => {
  const [admitted, record] = await Promise.all([
    admit(deps, click, false),
    deps.store.finding(key),
  ]);
  if (!admitted.ok)
    return deps.screens.show(view, wordsModal('Not possible', `✋ ${admitted.because}`));
  if (!record)
    return deps.screens.show(view, wordsModal('Not possible', 'This finding is not known here.'));
  const trail = await deps.store.trail(CaseId.parse(key));
  await deps.screens.show(view, detailsModal(record, trail, deps.policy, click.channel));
};

/** Everything that is known of the case, for those who want to read on elsewhere. Answers with words for who asked. */
const file = async (deps: DeskDeps, key: FindingKey, click: Click): Promise<string> => {
  const [admitted, record] = await Promise.all([
    admit(deps, click, false),
    deps.store.finding(key),
  ]);
  if (!admitted.ok) return `✋ ${admitted.because}`;
  if (!record) return 'This finding is not known here.';
  const of = CaseId.parse(key);
  const remediation = record.remediation && (await deps.store.remediation(record.remediation));
  const trail = await deps.store.trail(of);
  const content = JSON.stringify({ finding: record, remediation, trail }, null, 2);
  return (await deps.postFile(of, `finding-${key.slice(0, 8)}.json`, content))
    ? '📎 The file stands in the thread of the card.'
    : 'This finding has no card, so there is no thread for the file. Give it its own card first.';
};
